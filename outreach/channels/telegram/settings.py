"""What an operator sets for Telegram, read from LOA_TELEGRAM_… in the environment or `.env`, checked once at start."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import SettingsConfigDict

from outreach.channels.assessment import RecordedAssessment
from outreach.channels.channel_settings import ChannelSettings

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{30,64}")
_BOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""Source: https://core.telegram.org/bots/api#setwebhook, `secret_token`."""
SHORTEST_SECRET = 16


class TelegramSettings(ChannelSettings):
    """One bot. With a webhook secret Telegram brings what comes in; without one the process `telegram-poll` asks."""

    model_config = SettingsConfigDict(env_prefix="LOA_TELEGRAM_")

    token: SecretStr = SecretStr("")
    bot_name: str = ""
    """The bot's user name, with or without the "@": what a deep link names."""
    webhook_secret: SecretStr = SecretStr("")
    base_url: str = "https://api.telegram.org"
    """Where the Bot API is: a stand-in's or an own Bot API server's address."""
    assessment: RecordedAssessment = None
    """Telegram was ordered to be blocked in 2025: the paper that allows its use all the same."""

    per_second: float = Field(default=30.0, gt=0)
    """Messages that the bot may send altogether; the wave leaves a share of it to replies."""
    chat_seconds: float = Field(default=1.1, gt=0)
    """Between two messages to one chat: Telegram's one second, and what the network may take from it."""
    poll_seconds: float = Field(default=25.0, ge=0, le=50)
    """How long a question for what has come in waits at Telegram."""

    @property
    def configured(self) -> bool:
        return bool(self.token.get_secret_value())

    @property
    def by_webhook(self) -> bool:
        """Whether Telegram brings what comes in."""
        return bool(self.webhook_secret.get_secret_value())

    @field_validator("token")
    @classmethod
    def _is_a_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("a token is the bot's number, a colon and 35 letters, as BotFather gave it")
        return value

    @field_validator("bot_name")
    @classmethod
    def _is_a_name(cls, value: str) -> str:
        name = value.removeprefix("@")
        if name and not _BOT_NAME.fullmatch(name):
            raise ValueError("a bot's user name has 4 to 32 letters, digits and underscores")
        return name

    @field_validator("webhook_secret")
    @classmethod
    def _is_a_secret(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("Telegram takes letters, digits, - and _, at most 256")
        return value

    @field_validator("base_url")
    @classmethod
    def _has_no_slash_at_its_end(cls, value: str) -> str:
        return value.rstrip("/")

    def problems_in_production(self) -> list[str]:
        problems: list[str] = []
        if self.assessment is None:
            problems.append("LOA_TELEGRAM_ASSESSMENT records no assessment that allows Telegram")
        if not self.base_url.startswith("https://"):
            problems.append("LOA_TELEGRAM_BASE_URL is not https")
        if self.by_webhook and len(self.webhook_secret.get_secret_value()) < SHORTEST_SECRET:
            problems.append(f"LOA_TELEGRAM_WEBHOOK_SECRET has fewer than {SHORTEST_SECRET} letters")
        return problems


@lru_cache
def telegram_settings() -> TelegramSettings:
    """The settings, read once per process. Raises pydantic's ValidationError naming each wrong variable."""
    return TelegramSettings()
