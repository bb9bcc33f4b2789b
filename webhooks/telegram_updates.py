"""What an update of Telegram's means for us. Pure, but for our key: names under which words are kept show no address.

Source: https://core.telegram.org/bots/api#update, read by python-telegram-bot. Only private chats speak to us: what is
said in groups and channels is acknowledged and forgotten, and so is what the app itself reports there.

Only the parts that we read are given to the library: it fails on a whole update for a part that is newer than it, and a
citizen's word must not be lost for a poll that it replies to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Document, Message, PhotoSize, Update
from telegram.constants import ChatMemberStatus, ChatType

from conversations.events import Event
from conversations.inbound import Word
from conversations.thread import Channel
from core.encryption import blind_index
from language.phones import normalise_phone
from outreach.channels.fetching import LARGEST_MEDIA
from outreach.channels.telegram.chats import name_of
from webhooks.problems import BadWord

_TALK = ("message_id", "date", "chat", "from")
_MESSAGE = (
    *_TALK, "text", "caption", "contact", "photo", "voice", "audio", "video", "video_note", "animation", "document",
    "sticker", "dice", "location", "venue",
)  # fmt: skip
_QUERY = ("id", "from", "chat_instance", "data")
_MEMBER = ("chat", "from", "date", "old_chat_member", "new_chat_member")
_OTHER_CONTENT = frozenset(
    {"poll", "checklist", "story", "game", "invoice", "paid_media", "live_photo", "gift", "unique_gift"}
)
"""What somebody can send besides, of which we only say that we cannot open it."""
_START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<code>\S.*))?\s*", re.DOTALL)
"""The app's button; a deep link's code stands behind it. Other commands are words like any."""
_FAMILIES = {"image": Event.PICTURE, "audio": Event.VOICE, "video": Event.VIDEO}
_MEMBERSHIPS: dict[str, Event] = {
    ChatMemberStatus.BANNED: Event.UNFOLLOW,
    ChatMemberStatus.LEFT: Event.UNFOLLOW,
    ChatMemberStatus.MEMBER: Event.RETURNED,
}
"""In a private chat these are said when the person blocks the bot and lets it in again."""


@dataclass(frozen=True)
class Said:
    """Somebody wrote, pressed, shared, left or came back. `query_id`: a press whose handset waits for a nod."""

    word: Word
    query_id: str | None = None


@dataclass(frozen=True)
class Nothing:
    """Not for us."""


def read_update(body: Mapping[str, Any]) -> Said | Nothing:
    """What `body`, an update that certainly is Telegram's, means. Raises BadWord."""
    number = body.get("update_id")
    if isinstance(number, bool) or not isinstance(number, int):
        raise BadWord("update_id", "thiếu trường này")
    update = _by_the_library({"update_id": number, **_parts(body)})
    if update.message is not None:
        return _said(update.message, other=not _OTHER_CONTENT.isdisjoint(body["message"]))
    if update.edited_message is not None:
        return _edited(update.edited_message, number)
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    return _membership(update.my_chat_member, number) if update.my_chat_member is not None else Nothing()


def _parts(body: Mapping[str, Any]) -> dict[str, Any]:
    """What of `body` we read."""
    parts = {
        field: _only(body[field], field, names)
        for field, names in (("message", _MESSAGE), ("edited_message", _MESSAGE), ("my_chat_member", _MEMBER))
        if field in body
    }
    if "callback_query" in body:
        query = parts["callback_query"] = _only(body["callback_query"], "callback_query", _QUERY)
        if "message" in body["callback_query"]:
            query["message"] = _only(body["callback_query"]["message"], "message", _TALK)
    return parts


def _only(value: Any, field: str, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise BadWord(field, "phải là một đối tượng")
    return {name: value[name] for name in names if name in value}


def _by_the_library(parts: dict[str, Any]) -> Update:
    try:
        return Update.de_json(parts)
    except Exception:  # the library checks no shapes: it stumbles over what is none, in ways that it does not name
        raise BadWord("update", "không đúng dạng của Telegram") from None


def _said(message: Message, *, other: bool) -> Said | Nothing:
    chat = _private(message.chat)
    if chat is None:
        return Nothing()
    if message.contact is not None:
        return Said(_contact(message, chat))
    if message.text is not None:
        return Said(_text(message, chat, message.text))
    content = _content(message) or ((Event.FILE, None) if other else None)
    if content is None:
        return Nothing()
    event, file_id = content
    return Said(_word(message, chat, message.caption or "", event=event, media=file_id))


def _text(message: Message, chat: Chat, text: str) -> Word:
    start = _START.fullmatch(text)
    if start is None:
        return _word(message, chat, text)
    code = start["code"]
    return _word(message, chat, code.strip()) if code else _word(message, chat, "", event=Event.FOLLOW)


def _contact(message: Message, chat: Chat) -> Word:
    """The sender's own card proves the phone; somebody else's card is a thing we cannot use, and is not kept."""
    card, sender = message.contact, message.from_user
    assert card is not None
    if sender is None or card.user_id != sender.id:
        return _word(message, chat, "", event=Event.FILE)
    phone = normalise_phone(card.phone_number or "", lenient=True)
    return _word(message, chat, "", event=Event.CONTACT, shared_phone=phone)


def _content(message: Message) -> tuple[Event, str | None] | None:
    """What came instead of words, and the file to fetch; None for what the app reports (a pinned message, a timer)."""
    if message.photo:
        return Event.PICTURE, _largest(message.photo).file_id
    if recorded := message.voice or message.audio:
        return Event.VOICE, recorded.file_id
    if moving := message.video or message.video_note or message.animation:
        return Event.VIDEO, moving.file_id
    if message.document is not None:
        return _family(message.document), message.document.file_id
    if message.sticker is not None or message.dice is not None:
        return Event.STICKER, None
    if message.location is not None or message.venue is not None:
        return Event.LOCATION, None
    return None


def _largest(sizes: tuple[PhotoSize, ...]) -> PhotoSize:
    """The largest that may be fetched."""
    small_enough = [one for one in sizes if (one.file_size or 0) <= LARGEST_MEDIA]
    return max(small_enough or sizes, key=lambda one: one.width * one.height)


def _family(document: Document) -> Event:
    """A picture sent as a file, to stay sharp, is a picture."""
    return _FAMILIES.get((document.mime_type or "").partition("/")[0], Event.FILE)


def _edited(message: Message, number: int) -> Said | Nothing:
    """Changed words are kept; a place that moves, or changed buttons, say nothing."""
    chat, words = _private(message.chat), message.text or message.caption
    if chat is None or not words:
        return Nothing()
    name = f"{name_of(chat.id, message.message_id)}:{number}"
    return Said(Word(Channel.TELEGRAM, str(chat.id), name, words, event=Event.EDITED))


def _pressed(query: CallbackQuery) -> Said | Nothing:
    """The message with the button may be too old to be shown, or deleted: it still names its chat."""
    if query.message is None or query.data is None:
        return Nothing()
    chat = _private(query.message.chat)
    if chat is None:
        return Nothing()
    name = blind_index("telegram_press", query.id).hex()  # Telegram's id of a press begins with the person's number
    return Said(Word(Channel.TELEGRAM, str(chat.id), name, "", payload=query.data), query.id)


def _membership(change: ChatMemberUpdated, number: int) -> Said | Nothing:
    chat, event = _private(change.chat), _MEMBERSHIPS.get(change.new_chat_member.status)
    if chat is None or event is None:
        return Nothing()
    return Said(Word(Channel.TELEGRAM, str(chat.id), f"member:{number}", "", event=event))


def _word(message: Message, chat: Chat, text: str, **fields: Any) -> Word:
    return Word(Channel.TELEGRAM, str(chat.id), name_of(chat.id, message.message_id), text, **fields)


def _private(chat: Chat | None) -> Chat | None:
    """`chat` if it is a person's. Raises BadWord where there is none at all: the library lets that pass."""
    if chat is None:
        raise BadWord("chat", "thiếu trường này")
    return chat if chat.type == ChatType.PRIVATE else None
