"""How what citizens write reaches us: by Telegram's webhook where a secret is set for it, else by asking.

Source: https://core.telegram.org/bots/api#setwebhook.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram.error import BadRequest, TelegramError

from core.settings import settings
from outreach.channels.provider import Finding
from outreach.channels.telegram.errors import meaning
from outreach.channels.telegram.house import line
from outreach.channels.telegram.line import LoaBot
from outreach.channels.telegram.settings import telegram_settings

WEBHOOK = "/webhooks/telegram"
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The updates that say something to us."""
_MOST_CONNECTIONS = 100


def webhook_url() -> str:
    """The public door's address as Telegram is told it."""
    return settings().public_base + WEBHOOK


def connect() -> Finding:
    """Tell Telegram how to hand on what comes in, as the settings say; nothing that waits there is lost."""
    if telegram_settings().by_webhook:
        return _said(_set_webhook, f"Telegram: từ nay tin về địa chỉ {webhook_url()}.")
    return _said(_delete_webhook, "Telegram: từ nay tiến trình telegram-poll hỏi lấy tin về.")


async def _set_webhook(bot: LoaBot) -> bool:
    return await bot.set_webhook(
        webhook_url(),
        secret_token=telegram_settings().webhook_secret.get_secret_value(),
        allowed_updates=KINDS,
        max_connections=min(_MOST_CONNECTIONS, max(1, settings().public_threads // 2)),
        drop_pending_updates=False,
    )


async def _delete_webhook(bot: LoaBot) -> bool:
    return await bot.delete_webhook(drop_pending_updates=False)


def _said(work: Callable[[LoaBot], Awaitable[bool]], done: str) -> Finding:
    try:
        line().call(work)
    except BadRequest as refusal:  # it speaks of the address that was given
        return Finding(False, f"Telegram không nhận địa chỉ {webhook_url()}: {refusal.message}.")
    except (TelegramError, TimeoutError) as error:
        return Finding(False, said_of(error))
    return Finding(True, done)


def said_of(error: TelegramError | TimeoutError) -> str:
    """A failed call, for the operator."""
    code = getattr(meaning(error), "code", "") if isinstance(error, TelegramError) else ""
    if code == "401":
        return "Telegram: mã của bot bị từ chối (LOA_TELEGRAM_TOKEN)."
    return f"Telegram: nhà cung cấp báo lỗi {code}." if code else "Telegram: không kết nối được."
