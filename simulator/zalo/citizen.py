"""What a citizen does on Zalo, and how the customer hears of it.

Everything done is a message from the phone, so that it is in the log, is shown on the handset and is told again after
a restart.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import has_request_context, request

from simulator.fields import BadField, read_media, read_text
from simulator.messages import Channel, Direction, Media, Message
from simulator.provider import World
from simulator.zalo.config import ZaloConfig
from simulator.zalo.delivery import Delivery
from simulator.zalo.events import Body, Event, Events, attachment, kind_of
from simulator.zalo.fate import telling_of_doing
from simulator.zalo.people import People, Person
from simulator.zalo.resource import Status, make_message
from simulator.zalo.webhooks import Webhooks

_SHARED = {"user_dob": "", "gender": "", "city": "Thành phố Hà Nội", "ward": "Phường Láng", "address": ""}


class Citizen:
    """The citizens' side of one OA."""

    def __init__(
        self, world: World, config: ZaloConfig, people: People, events: Events, webhooks: Webhooks, delivery: Delivery
    ) -> None:
        self._world = world
        self._config = config
        self._people = people
        self._events = events
        self._webhooks = webhooks
        self._delivery = delivery

    def say(self, number: str, text: str, media: Sequence[Media], own_url: str) -> Message:
        """Words, or pictures, voices, films and files: each is a message of its own, the words under the first. The
        last one is returned."""
        if not media:
            return self._say("user_send_text", self._new(number, text, {"kind": "text"}), [])
        message = self._send_file(number, text, media[0], own_url)
        for one in media[1:]:
            message = self._send_file(number, "", one, own_url)
        return message

    def sticker(self, number: str, fields: Mapping[str, Any]) -> Message:
        """{sticker?}: the sticker's id."""
        sticker_id = read_text(dict(fields), "sticker", 40, default="23311")
        message = self._new(number, "", {"kind": "sticker"}, read_media({"media": ["image/png"]}))
        own_url = request.host_url.rstrip("/") if has_request_context() else ""
        url = f"{own_url}/zalo/media/{message.id}/{message.media[0].id}"
        return self._say("user_send_sticker", message, [{"payload": {"id": sticker_id, "url": url}, "type": "sticker"}])

    def press(self, number: str, fields: Mapping[str, Any]) -> Message:
        """{message, button}: a message's id and the words of its button. A query comes to the customer as text; what
        opens a page, a call or a text message it never hears of: then the message itself comes back."""
        button, under = self._button(number, fields)
        if button["does"] == "contact":
            return self.share(number, {})
        if button["does"] != "callback":
            return under
        kind = "press" if button["type"] == "oa.query.show" else "press_hidden"
        return self._say("user_send_text", self._new(number, button["value"], {"kind": kind}), [])

    def follow(self, number: str, fields: Mapping[str, Any]) -> Message:
        """{source?}: where the person found the OA."""
        source = read_text(dict(fields), "source", 40, default="oa_profile")
        message = self._new(number, "Đã quan tâm Official Account", {"kind": "follow"})
        person = self._people.interact(number, follows=True)
        return self._do(message, "follow", self._events.followed("follow", person, source, message.created_at))

    def unfollow(self, number: str) -> Message:
        message = self._new(number, "Đã bỏ quan tâm Official Account", {"kind": "unfollow"})
        person = self._people.change(number, follows=False)
        body = self._events.followed("unfollow", person, "oa_profile", message.created_at)
        return self._do(message, "unfollow", body)

    def share(self, number: str, fields: Mapping[str, Any]) -> Message:
        """{name?, phone?, user_dob?, gender?, city?, ward?, address?}: the form that the OA has asked for is sent.
        The phone is the person's own unless another was typed into the form."""
        self._delivery.catch_up(number)
        person = self._person(number)
        if not self._asked_for_info(number):
            raise BadField("Official Account chưa xin thông tin của người này.")
        given = dict(fields)
        info = {name: read_text(given, name, 200, default=usual) for name, usual in _SHARED.items()}
        info["name"] = read_text(given, "name", 60, default=person.name or "Người dùng Zalo")
        info["phone"] = read_text(given, "phone", 20, default=person.phone)
        message = self._new(number, f"{info['name']}, {info['phone']}", {"kind": "contact"})
        self._people.change(number, shared=info)
        return self._do(message, "user_submit_info", self._events.submitted(person, info, message.created_at))

    def see(self, number: str) -> Message:
        """Open the conversation and read what is new."""
        self._person(number)
        new = self._delivery.see(number)
        if not new:
            raise BadField("Không có tin mới.")
        return new[-1]

    def resume(self, message: Message) -> None:
        """Tell the customer, after what this person did earlier."""
        told = message.details["event"]
        event = Event(told["name"], told["body"], message.number, message.id)
        way = telling_of_doing(self._world.faults, message.number)
        self._webhooks.tell(event, way, lambda taken: self._taken(message, taken))

    def _send_file(self, number: str, text: str, file: Media, own_url: str) -> Message:
        kind = kind_of(file)
        message = self._new(number, text, {"kind": kind}, [file])
        attached = attachment(file, f"{own_url}/zalo/media/{message.id}/{file.id}")
        return self._say(f"user_send_{kind}", message, [attached])

    def _say(self, name: str, message: Message, attached: Sequence[Body]) -> Message:
        """Something said opens the window for consultation messages, follower or not."""
        person = self._people.interact(message.number)
        return self._do(message, name, self._events.said(name, person, message, attached))

    def _do(self, message: Message, name: str, body: Body) -> Message:
        message.details["event"] = {"name": name, "body": body}
        self._world.ledger.add(message)
        self._delivery.catch_up(message.number)
        self.resume(message)
        return message

    def _new(self, number: str, text: str, details: dict[str, Any], media: Sequence[Media] = ()) -> Message:
        self._person(number)
        now = self._world.clock()
        return make_message(Direction.FROM_PHONE, number, self._config.oa_name, text, now, details, media)

    def _person(self, number: str) -> Person:
        person = self._people.person(number)
        if not person.has_zalo:
            raise BadField("Số này không dùng Zalo.")
        phone = self._world.ledger.phone(Channel.ZALO, number)
        if phone and not phone.on:
            raise BadField("Máy đang tắt.")
        return person

    def _button(self, number: str, fields: Mapping[str, Any]) -> tuple[dict[str, Any], Message]:
        message = self._world.ledger.message(read_text(dict(fields), "message", 40))
        if message is None or message.number != number or message.channel is not Channel.ZALO or not message.reached:
            raise BadField("Máy này không có tin ấy.")
        title = read_text(dict(fields), "button", 100)
        buttons = [button for row in message.details.get("buttons", []) for button in row]
        button = next((button for button in buttons if button["title"] == title), None)
        if button is None:
            raise BadField("Tin này không có nút ấy.")
        return button, message

    def _asked_for_info(self, number: str) -> bool:
        conversation = self._world.ledger.conversation(Channel.ZALO, number)
        return any(one.details.get("kind") == "contact_request" and one.reached for one in conversation)

    def _taken(self, message: Message, taken: bool) -> None:
        self._world.ledger.set_status(message, Status.TAKEN if taken else Status.NOT_TAKEN)
