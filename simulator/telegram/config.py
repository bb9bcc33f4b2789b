"""What a Telegram stand-in is told at its start: the bot and its limits."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.variables import Variables


@dataclass(frozen=True, slots=True)
class TelegramConfig:
    """One bot.

    `token`: digits (the bot's user id), a colon, 35 letters. `webhook_url`: set as if by `setWebhook` with
    `webhook_secret`, as long as no `setWebhook` or `deleteWebhook` has come.
    `per_second`: messages the bot may send in a second altogether; `per_chat`: to one person (0: no limit);
    `chat_burst`: how many to one person may come at once. Telegram names 30 and 1, and says nothing exact of bursts.
    `webhook_attempts`: how often an update is tried before the rest waits for the next one; `webhook_timeout` and
    the longest of the growing waits between them, `webhook_longest_wait`, are seconds **(open)**.
    `keeps_updates`: hours until an update nobody took is forgotten.
    `query_lifetime`: seconds in which a pressed button can be answered **(open)**.
    `contact_plus`: whether a shared number begins with "+"; Telegram's apps differ.
    """

    token: str = "5550100200:AA-stand-in-telegram-bot-token-0000"
    first_name: str = "Loa Phường"
    username: str = "loa_phuong_bot"
    webhook_url: str | None = None
    webhook_secret: str = ""
    per_second: float = 30.0
    per_chat: float = 1.0
    chat_burst: int = 1
    webhook_attempts: int = 50
    webhook_timeout: float = 30.0
    webhook_longest_wait: float = 60.0
    keeps_updates: float = 24.0
    query_lifetime: float = 900.0
    contact_plus: bool = False

    @property
    def bot_id(self) -> int:
        return int(self.token.split(":")[0])


def read_telegram(environment: Mapping[str, str]) -> TelegramConfig:
    """From SIMULATOR_TELEGRAM_* variables; what is not set keeps its default."""
    read, default = Variables(environment, "SIMULATOR_TELEGRAM_"), TelegramConfig()
    return TelegramConfig(
        token=read.text("TOKEN", default.token),
        first_name=read.text("FIRST_NAME", default.first_name),
        username=read.text("USERNAME", default.username),
        webhook_url=read.optional("WEBHOOK_URL", default.webhook_url),
        webhook_secret=read.text("WEBHOOK_SECRET", default.webhook_secret),
        per_second=read.number("PER_SECOND", default.per_second),
        per_chat=read.number("PER_CHAT", default.per_chat),
        chat_burst=read.whole("CHAT_BURST", default.chat_burst),
        webhook_attempts=read.whole("WEBHOOK_ATTEMPTS", default.webhook_attempts),
        webhook_timeout=read.number("WEBHOOK_TIMEOUT", default.webhook_timeout),
        webhook_longest_wait=read.number("WEBHOOK_LONGEST_WAIT", default.webhook_longest_wait),
        keeps_updates=read.number("KEEPS_UPDATES", default.keeps_updates),
        query_lifetime=read.number("QUERY_LIFETIME", default.query_lifetime),
        contact_plus=read.flag("CONTACT_PLUS", default.contact_plus),
    )
