"""Trying the bot, for `loa channels check`: what works, and what is missing and where to put it right."""

from __future__ import annotations

from collections.abc import Iterator

from telegram import User, WebhookInfo
from telegram.error import TelegramError

from core.clock import VIETNAM
from core.settings import settings
from outreach.channels.assessment import assessment_finding
from outreach.channels.provider import Finding
from outreach.channels.telegram.house import line
from outreach.channels.telegram.line import LoaBot
from outreach.channels.telegram.receiving import said_of, webhook_url
from outreach.channels.telegram.settings import telegram_settings

CONNECT = "loa channels telegram-connect"
_MANY = 50
"""So many messages wait only where nobody takes them."""


def check() -> list[Finding]:
    """Everything about the bot, in the order in which one sets it up."""
    permission = assessment_finding("Telegram", "LOA_TELEGRAM_ASSESSMENT", telegram_settings().assessment)
    return [permission, *_account()]


def _account() -> Iterator[Finding]:
    try:
        me, webhook = line().call(_ask, waits=line().longest)
    except (TelegramError, TimeoutError) as error:
        yield Finding(False, said_of(error))
        return
    yield from _identity(me)
    yield from _way_in(webhook)
    yield from _waiting(webhook)


async def _ask(bot: LoaBot) -> tuple[User, WebhookInfo]:
    return await bot.get_me(), await bot.get_webhook_info()


def _identity(me: User) -> Iterator[Finding]:
    yield Finding(True, f"Telegram: mã của bot dùng được (@{me.username}).")
    named = telegram_settings().bot_name
    if not named:
        yield Finding(False, "Telegram: chưa đặt tên bot để in đường dẫn lên phiếu (LOA_TELEGRAM_BOT_NAME).")
    elif named.lower() != (me.username or "").lower():
        yield Finding(
            False, f"Telegram: tên bot đang đặt là @{named}, còn mã là của @{me.username} (LOA_TELEGRAM_BOT_NAME)."
        )


def _way_in(webhook: WebhookInfo) -> Iterator[Finding]:
    if not telegram_settings().by_webhook:
        yield (
            Finding(False, f"Telegram: tin đang về địa chỉ {webhook.url}, nên không hỏi lấy được. Xin chạy: {CONNECT}")
            if webhook.url
            else Finding(True, "Telegram: tin về được hỏi lấy bằng tiến trình telegram-poll.")
        )
        return
    if not settings().public_url:
        yield Finding(False, "Telegram: chưa đặt địa chỉ công khai để nhận tin về (LOA_PUBLIC_URL).")
    if webhook.url == webhook_url():
        yield Finding(True, f"Telegram: tin về đúng địa chỉ {webhook.url}.")
    elif webhook.url:
        yield Finding(False, f"Telegram: tin đang về địa chỉ khác, {webhook.url}. Xin chạy: {CONNECT}")
    else:
        yield Finding(False, f"Telegram: chưa khai địa chỉ nhận tin về. Xin chạy: {CONNECT}")


def _waiting(webhook: WebhookInfo) -> Iterator[Finding]:
    count = webhook.pending_update_count
    if count:
        yield Finding(count < _MANY, f"Telegram: {count} tin của người dân đang chờ ở Telegram.")
    if webhook.last_error_message:
        at = webhook.last_error_date
        when = f" lúc {at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}" if at else ""
        yield Finding(not count, f"Telegram: lần gửi tin về gần nhất bị lỗi{when}: {webhook.last_error_message}.")
