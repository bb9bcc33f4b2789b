"""Whom a bot may write to: https://core.telegram.org/bots/faq#how-do-i-get-started."""

from simulator.messages import Channel, Direction, Message
from simulator.provider import World
from simulator.telegram.errors import bad_request, blocked
from simulator.telegram.parameters import Parameters
from simulator.telegram.shapes import message_key

BLOCKED = "*"


class Chats:
    """The private chats of one bot. A bot knows only those who have spoken to it."""

    def __init__(self, world: World) -> None:
        self._ledger = world.ledger

    def number(self, parameters: Parameters) -> str:
        """The person behind `chat_id`. TelegramError for a stranger, and for one who has blocked the bot."""
        text = parameters.text("chat_id").strip()
        if not text:
            raise bad_request("chat_id is empty")
        if not text.isdecimal() or not self.is_known(text):
            raise bad_request("chat not found")
        if self.is_blocked(text):
            raise blocked()
        return text

    def is_known(self, number: str) -> bool:
        conversation = self._ledger.conversation(Channel.TELEGRAM, number)
        return any(message.direction is Direction.FROM_PHONE for message in conversation)

    def is_blocked(self, number: str) -> bool:
        phone = self._ledger.phone(Channel.TELEGRAM, number)
        return phone is not None and BLOCKED in phone.refuses

    def message(self, number: str, message_id: int) -> Message | None:
        """A message of this chat, of either side."""
        found = self._ledger.message(message_key(message_id))
        return found if found and found.number == number else None
