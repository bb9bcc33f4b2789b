"""The objects of the Bot API as JSON: https://core.telegram.org/bots/api#available-types."""

import base64
from datetime import datetime
from typing import Any

from simulator.messages import Channel, Direction, Message, Phone
from simulator.provider import World
from simulator.telegram.config import TelegramConfig

PROVIDER = "telegram"
_FILE_MARK = "AgACAgUAAx"

type Json = dict[str, Any]


def timestamp(moment: datetime) -> int:
    return int(moment.timestamp())


def message_key(message_id: int) -> str:
    """A Telegram message's id in the ledger."""
    return f"tg{message_id}"


def file_id_of(message_key: str, media_id: str) -> str:
    """What a client asks for a file by: without meaning to it."""
    return _FILE_MARK + base64.urlsafe_b64encode(f"{message_key}/{media_id}".encode()).decode().rstrip("=")


def read_file_id(file_id: str) -> tuple[str, str] | None:
    """The message's key and the file's id in the ledger; None for what never was a file's id."""
    coded = file_id.removeprefix(_FILE_MARK)
    try:
        key, _, media_id = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode().partition("/")
    except ValueError:
        return None
    return key, media_id


class Shapes:
    """Makes the objects of one bot's chats."""

    def __init__(self, world: World, config: TelegramConfig) -> None:
        self._ledger = world.ledger
        self._config = config

    def bot(self) -> Json:
        return {
            "id": self._config.bot_id,
            "is_bot": True,
            "first_name": self._config.first_name,
            "username": self._config.username,
        }

    def user(self, number: str) -> Json:
        return {"id": int(number), "is_bot": False, "first_name": self.name(number), "language_code": "vi"}

    def chat(self, number: str) -> Json:
        return {"id": int(number), "first_name": self.name(number), "type": "private"}

    def name(self, number: str) -> str:
        phone = self.phone(number)
        return (phone.name if phone else "") or "Người dân"

    def phone(self, number: str) -> Phone | None:
        return self._ledger.phone(Channel.TELEGRAM, number)

    def message(self, message: Message) -> Json:
        """A message of either side. What it is besides its text stands in `details["content"]`."""
        ours = message.direction is Direction.TO_PHONE
        shape: Json = {
            "message_id": message.details["message_id"],
            "from": self.bot() if ours else self.user(message.number),
            "chat": self.chat(message.number),
            "date": timestamp(message.created_at),
            **message.details.get("content", {}),
        }
        if message.text and not message.media and "contact" not in shape and "sticker" not in shape:
            shape["text"] = message.text
        if message.details.get("inline_keyboard"):
            shape["reply_markup"] = {"inline_keyboard": message.details["inline_keyboard"]}
        return shape
