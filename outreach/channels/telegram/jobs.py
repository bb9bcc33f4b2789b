"""What workers do for the bot besides sending: telling the handset that its button was pressed.

Until then the button shows a turning wheel. It says nothing of the answer, which comes as a message; so it is tried
once, and what Telegram does not take any more (it was too long ago) is let be.
"""

from __future__ import annotations

from telegram.error import TelegramError

from core.encryption import decrypt
from core.jobs import jobs
from core.logs import logger
from outreach.channels.telegram.house import line

ANSWER_QUERY, QUEUE = "outreach.telegram.answer_query", "replies"

_log = logger(__name__)


@jobs.task(name=ANSWER_QUERY, queue=QUEUE)
def answer_query(press: str) -> None:
    """Answer a press. `press`: its id, encrypted, for it begins with the person's number."""
    query_id = decrypt(press.encode())
    try:
        line().call(lambda bot: bot.answer_callback_query(query_id))
    except (TelegramError, TimeoutError) as error:
        _log.info("telegram_press_not_answered", error=type(error).__name__)
