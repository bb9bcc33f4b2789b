"""The adapter of one bot: messages to private chats.

A call is never repeated: Telegram takes the same message as often as it comes, and cannot be asked whether it has one.
So a message whose answer was lost stays unknown, for a human to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from telegram.error import TelegramError

from core.encryption import blind_index
from core.logs import logger
from language.text import nfc
from outreach.channels.adapter import (
    Accepted,
    CannotTell,
    ErrorClass,
    LookUp,
    NotSent,
    Outcome,
    Outgoing,
    Rejected,
    Unknown,
)
from outreach.channels.fuse import Fuse, FuseBlown
from outreach.channels.fused_httpx import guarded_by
from outreach.channels.telegram.errors import meaning
from outreach.channels.telegram.keyboards import keyboard
from outreach.channels.telegram.line import Line, LoaBot
from roster.contact import ContactKind

_log = logger(__name__)
_NAME = "telegram_message"


class TelegramChats:
    """An adapter (`outreach.channels.adapter.ChannelAdapter`) for one bot.

    shut: told the address of a chat to which nothing can be sent any more.
    """

    def __init__(self, line: Line, shut: Callable[[str], None]) -> None:
        self._line = line
        self._shut = shut

    def send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        if message.address_kind is not ContactKind.TELEGRAM or not message.address.isdecimal():
            return Rejected("no_private_chat", ErrorClass.OUR_BUG)
        outcome = self._send(message, fuse)
        if isinstance(outcome, Rejected) and outcome.error_class is ErrorClass.UNREACHABLE:
            self._note_shut(message)
        return outcome

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        return CannotTell(forever=True)

    def _send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        try:
            return Accepted(self._line.call(partial(_send_to_chat, message, fuse), waits=fuse.seconds))
        except FuseBlown:
            return NotSent("fuse_blown")
        except TelegramError as error:
            return meaning(error)
        except TimeoutError:
            return Unknown("read_timeout")
        except Exception as error:  # whatever the answer held, the message may have been taken
            _log.warning("telegram_answer_unreadable", message=message.message_id, error=type(error).__name__)
            return Unknown("unreadable_answer")

    def _note_shut(self, message: Outgoing) -> None:
        try:
            self._shut(message.address)
        except Exception as error:  # the outcome stands without the note
            _log.error("telegram_chat_not_noted", message=message.message_id, error=type(error).__name__)


def name_of(chat_id: int, message_id: int) -> str:
    """A message's id for us: Telegram promises its numbers to be unique within a chat only.

    A private chat has its person's own number, an address, which stands nowhere readable: it goes in under our key.
    """
    return f"{blind_index(_NAME, str(chat_id)).hex()}:{message_id}"


async def _send_to_chat(message: Outgoing, fuse: Fuse, bot: LoaBot) -> str:
    """The message's name, once Telegram has it."""
    with guarded_by(fuse):
        fuse.check()
        sent = await bot.send_message(int(message.address), nfc(message.body), reply_markup=keyboard(message.choices))
    return name_of(sent.chat.id, sent.message_id)
