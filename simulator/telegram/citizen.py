"""The citizen's side: writing, pressing, sharing, sending pictures, changing one's words, blocking."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.fields import BadField, read_text
from simulator.gestures import Gesture
from simulator.messages import Direction, Media, Message
from simulator.provider import World
from simulator.telegram.chats import BLOCKED, Chats
from simulator.telegram.config import TelegramConfig
from simulator.telegram.contents import describe, describe_sticker, kind_of, sticker
from simulator.telegram.formatting import found_in
from simulator.telegram.queries import Queries
from simulator.telegram.recording import Recorder
from simulator.telegram.shapes import PROVIDER, Json, Shapes, timestamp
from simulator.vietnam import read_phone, without_plus

_START_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_TEXT = 4096


class Citizen:
    """Everyone who has one bot in the app."""

    def __init__(
        self,
        world: World,
        config: TelegramConfig,
        shapes: Shapes,
        chats: Chats,
        recorder: Recorder,
        queries: Queries,
    ) -> None:
        self._world = world
        self._config = config
        self._shapes = shapes
        self._chats = chats
        self._recorder = recorder
        self._queries = queries
        self._acts: dict[Gesture, Callable[[str, dict[str, Any]], Message]] = {
            Gesture.PRESS: self._press,
            Gesture.SHARE_CONTACT: self._share_contact,
            Gesture.STICKER: self._sticker,
            Gesture.EDIT: self._edit,
            Gesture.START: self._start,
            Gesture.BLOCK: self._block,
            Gesture.UNBLOCK: self._unblock,
        }

    @property
    def gestures(self) -> tuple[Gesture, ...]:
        return tuple(self._acts)

    def say(self, number: str, text: str, media: Sequence[Media]) -> Message:
        """Write, or send files: each is a message of its own, the words under the first. The last one is returned."""
        self._check_open(number)
        if not media:
            return self._write(number, text)
        album = {"media_group_id": str(uuid.uuid4().int % 10**17)} if len(media) > 1 else {}
        message = self._send_file(number, media[0], text.strip(), album)
        for item in media[1:]:
            message = self._send_file(number, item, "", album)
        return message

    def act(self, number: str, gesture: Gesture, fields: Mapping[str, Any]) -> Message:
        """Fields: PRESS {message, button (its words)} · SHARE_CONTACT {phone?, name?, user_id?}: one's own without
        `phone` · STICKER {emoji?} · EDIT {message, text} · START {code?} · BLOCK · UNBLOCK."""
        return self._acts[gesture](number, dict(fields))

    def _write(self, number: str, text: str) -> Message:
        words = text.strip()
        entities = found_in(words)
        return self._recorder.message(number, "text", words, lambda _: {"entities": entities} if entities else {})

    def _send_file(self, number: str, media: Media, caption: str, album: Json) -> Message:
        more = album | ({"caption": caption} if caption else {})
        return self._recorder.message(number, kind_of(media), caption, lambda key: describe(key, media) | more, [media])

    def _start(self, number: str, fields: dict[str, Any]) -> Message:
        code = read_text(fields, "code", 64, default="")
        if code and not _START_CODE.fullmatch(code):
            raise BadField("Mã trong đường dẫn chỉ gồm chữ, số, gạch nối và gạch dưới.")
        if self._chats.is_blocked(number):
            self._unblock(number, {})
        return self._write(number, f"/start {code}")

    def _press(self, number: str, fields: dict[str, Any]) -> Message:
        self._check_open(number)
        message, title = self._message(number, fields), read_text(fields, "button", 4096)
        buttons = [button for row in message.details.get("buttons", []) for button in row]
        button = next((button for button in buttons if button["title"] == title), None)
        if button is None:
            raise BadField("Tin này không có nút đó.")
        if button["does"] == "url":
            raise BadField("Nút này mở một trang web, không gửi gì đi.")
        if button["does"] == "callback":
            return self._press_inline(message, button)
        self._check_keyboard(message)
        if button["does"] == "contact":
            return self._share_contact(number, {}, {"reply_to_message": self._shapes.message(message)})
        return self._write(number, button["value"])

    def _press_inline(self, message: Message, button: Json) -> Message:
        query_id = str(uuid.uuid4().int % 10**18)
        query = {
            "id": query_id,
            "from": self._shapes.user(message.number),
            "message": self._shapes.message(message),
            "chat_instance": str(-int(message.number)),
            "data": button["value"],
        }
        press = self._recorder.happening(
            message.number, "press", "callback_query", query, button["title"], query_id=query_id
        )
        self._queries.add(press)
        return press

    def _check_keyboard(self, message: Message) -> None:
        """Only the keyboard that came last is on the handset, and a one-time one until something was sent."""
        conversation = self._world.ledger.conversation(message.channel, message.number)
        after = conversation[conversation.index(message) + 1 :]
        replaced = any("keyboard" in later.details for later in after)
        used = any(later.direction is Direction.FROM_PHONE and "message_id" in later.details for later in after)
        if replaced or (used and message.details["keyboard"] == "one_time"):
            raise BadField("Bàn phím này không còn trên máy.")

    def _share_contact(self, number: str, fields: dict[str, Any], more: Json | None = None) -> Message:
        self._check_open(number)
        typed, name = read_text(fields, "phone", 40, default=""), read_text(fields, "name", 60, default="")
        contact = self._stranger(typed, name, fields) if typed else self._own_contact(number)
        text = f"{contact['first_name']}, {contact['phone_number']}"
        return self._recorder.message(number, "contact", text, lambda _: {"contact": contact, **(more or {})})

    def _own_contact(self, number: str) -> Json:
        phone = self._shapes.phone(number)
        if phone is None or not phone.tel:
            raise BadField("Máy này chưa có số điện thoại; thêm số khi thêm máy.")
        own = {"first_name": self._shapes.name(number), "user_id": int(number)}
        return {"phone_number": self._as_shared(phone.tel), **own}

    def _stranger(self, typed: str, name: str, fields: dict[str, Any]) -> Json:
        """Somebody else out of the address book; with a user id if they too are on Telegram."""
        tel = read_phone(typed)
        if tel is None:
            raise BadField("Số điện thoại này không đúng. Ví dụ đúng: 0912 345 678.")
        user_id = fields.get("user_id")
        known = {"user_id": user_id} if isinstance(user_id, int) else {}
        return {"phone_number": self._as_shared(tel), "first_name": name or "Người quen", **known}

    def _as_shared(self, tel: str) -> str:
        return tel if self._config.contact_plus else without_plus(tel)

    def _sticker(self, number: str, fields: dict[str, Any]) -> Message:
        self._check_open(number)
        emoji, media = read_text(fields, "emoji", 8, default="👍"), sticker()
        return self._recorder.message(
            number, "sticker", emoji, lambda key: describe_sticker(key, media, emoji), [media]
        )

    def _edit(self, number: str, fields: dict[str, Any]) -> Message:
        self._check_open(number)
        message, text = self._message(number, fields), read_text(fields, "text", _LONGEST_TEXT).strip()
        if message.direction is not Direction.FROM_PHONE or message.details.get("kind") != "text" or not text:
            raise BadField("Chỉ sửa được lời mình đã viết.")
        entities = found_in(text)
        self._world.ledger.amend(message, text=text, content={"entities": entities} if entities else {})
        edited = self._shapes.message(message) | {"edit_date": timestamp(self._world.clock())}
        return self._recorder.happening(number, "edit", "edited_message", edited, text)

    def _block(self, number: str, fields: dict[str, Any]) -> Message:
        self._check_open(number)
        if not self._chats.is_known(number):
            raise BadField("Máy này chưa nói chuyện với tài khoản.")
        return self._change_membership(number, Gesture.BLOCK, "member", "kicked")

    def _unblock(self, number: str, fields: dict[str, Any]) -> Message:
        if not self._chats.is_blocked(number):
            raise BadField("Máy này không chặn tài khoản.")
        return self._change_membership(number, Gesture.UNBLOCK, "kicked", "member")

    def _change_membership(self, number: str, gesture: Gesture, before: str, after: str) -> Message:
        change = {
            "chat": self._shapes.chat(number),
            "from": self._shapes.user(number),
            "date": timestamp(self._world.clock()),
            "old_chat_member": self._member(before),
            "new_chat_member": self._member(after),
        }
        phone = self._shapes.phone(number)
        assert phone is not None
        self._world.ledger.set_refuses(phone.channel, number, BLOCKED, gesture is Gesture.BLOCK)
        return self._recorder.happening(number, gesture.value, "my_chat_member", change)

    def _member(self, status: str) -> Json:
        return {"user": self._shapes.bot(), "status": status, **({"until_date": 0} if status == "kicked" else {})}

    def _message(self, number: str, fields: dict[str, Any]) -> Message:
        found = self._world.ledger.message(read_text(fields, "message", 60))
        if found is None or found.provider != PROVIDER or found.number != number:
            raise BadField("Không thấy tin này trên máy.")
        return found

    def _check_open(self, number: str) -> None:
        if self._chats.is_blocked(number):
            raise BadField("Máy này đang chặn tài khoản; hãy mở chặn trước.")
