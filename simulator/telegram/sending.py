"""What a bot sends and changes: https://core.telegram.org/bots/api#available-methods."""

from typing import Any

from simulator.messages import Channel, Direction, Message
from simulator.provider import World
from simulator.telegram.chats import Chats
from simulator.telegram.config import TelegramConfig
from simulator.telegram.counters import Counters
from simulator.telegram.errors import bad_request
from simulator.telegram.formatting import read_formatted
from simulator.telegram.limits import Limits
from simulator.telegram.markup import Markup, read_markup
from simulator.telegram.parameters import Parameters
from simulator.telegram.shapes import PROVIDER, Json, Shapes, message_key
from simulator.telegram.updates import Status

_LONGEST_TEXT = 4096
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


class Sending:
    """One bot's messages."""

    def __init__(self, world: World, config: TelegramConfig, shapes: Shapes, chats: Chats, counters: Counters) -> None:
        self._world = world
        self._config = config
        self._shapes = shapes
        self._chats = chats
        self._counters = counters
        self._limits = Limits(config)

    def send_message(self, parameters: Parameters) -> Message:
        """The message is in the ledger, and on the handset, when this returns. TelegramError if it is refused."""
        number = self._chats.number(parameters)
        text, entities = self._text(parameters)
        markup = read_markup(parameters.parsed("reply_markup", dict))
        content = self._reply(parameters, number) | ({"entities": entities} if entities else {})
        self._limits.spend(number, self._world.clock())
        return self._keep(number, text, content, markup)

    def edit_reply_markup(self, parameters: Parameters) -> Json:
        """Other inline buttons under a message of the bot's, or none."""
        number = self._chats.number(parameters)
        message = self._chats.message(number, parameters.whole("message_id", 0))
        if message is None:
            raise bad_request("message to edit not found")
        if message.direction is not Direction.TO_PHONE:
            raise bad_request("message can't be edited")
        markup = read_markup(parameters.parsed("reply_markup", dict))
        if markup.kind not in (None, "inline"):
            raise bad_request("inline keyboard expected")
        keyboard = markup.json.get("inline_keyboard") or []
        if keyboard == (message.details.get("inline_keyboard") or []):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        self._world.ledger.amend(message, inline_keyboard=keyboard, buttons=markup.rows)
        return self._shapes.message(message)

    def send_chat_action(self, parameters: Parameters) -> bool:
        number = self._chats.number(parameters)
        action = parameters.text("action")
        if action not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        self._world.ledger.note("chat_action", provider=PROVIDER, number=number, action=action)
        return True

    def _text(self, parameters: Parameters) -> tuple[str, list[Json]]:
        given = parameters.text("text")
        text, entities = read_formatted(given, parameters.text("parse_mode"))
        explicit = parameters.parsed("entities", list)
        if explicit and not entities:
            entities = explicit
        text = text.rstrip() if entities else text.strip()
        if not text:
            raise bad_request("message text is empty")
        if len(text) > _LONGEST_TEXT:
            raise bad_request("message is too long")
        return text, entities

    def _reply(self, parameters: Parameters, number: str) -> Json:
        wanted = parameters.parsed("reply_parameters", dict) or {}
        if "message_id" not in wanted:
            return {}
        original = self._chats.message(number, int(wanted["message_id"]))
        if original is not None:
            return {"reply_to_message": self._shapes.message(original)}
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")

    def _keep(self, number: str, text: str, content: Json, markup: Markup) -> Message:
        now, message_id = self._world.clock(), self._counters.message_id()
        message = Message(
            id=message_key(message_id),
            provider=PROVIDER,
            channel=Channel.TELEGRAM,
            direction=Direction.TO_PHONE,
            number=number,
            office=self._config.first_name,
            text=text,
            status=Status.SENT.value,
            created_at=now,
            updated_at=now,
            details={"message_id": message_id, "content": content, **_keyboard(markup)},
        )
        self._world.ledger.add(message)
        self._world.ledger.set_status(message, Status.SENT, reached=True, sent=True)
        return message


def _keyboard(markup: Markup) -> dict[str, Any]:
    """Inline buttons stay with the message; a keyboard takes the place of the handset's own until another does."""
    if markup.kind == "inline":
        return {"inline_keyboard": markup.json["inline_keyboard"], "buttons": markup.rows}
    if markup.kind == "keyboard":
        return {"keyboard": "one_time" if markup.one_time else "stays", "buttons": markup.rows}
    return {"keyboard": "removed"} if markup.kind == "remove" else {}
