"""What an operator sets for SpeedSMS, read from LOA_SPEEDSMS_… in the environment or `.env`, checked once at start."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from outreach.channels.brandname import LONGEST_BRANDNAME, SHORTEST_SECRET_PATH
from outreach.channels.channel_settings import ChannelSettings


class SmsType(IntEnum):
    """Under what a message is sent. Source: https://speedsms.vn/sms-api-service/."""

    ANY_NUMBER = 2
    BRANDNAME = 3
    OWN_NUMBER = 7
    TWO_WAY_NUMBER = 8


class SpeedSmsSettings(ChannelSettings):
    """One account. Money is whole đồng."""

    model_config = SettingsConfigDict(env_prefix="LOA_SPEEDSMS_")

    token: SecretStr = SecretStr("")
    sms_type: SmsType = SmsType.BRANDNAME
    sender: str = Field(default="", max_length=LONGEST_BRANDNAME)
    """The brandname; for the other kinds what SpeedSMS has agreed on."""
    base_url: str = "https://api.speedsms.vn"
    webhook_secret: SecretStr = SecretStr("")
    """The part of the webhook's path that nobody else knows: SpeedSMS signs nothing. Letters, digits, "-" and "_"."""
    per_minute: int = Field(default=60, gt=0)
    """Requests that the account may make; the wave leaves a share of them to replies."""
    daily_quota: int | None = Field(default=None, ge=0)
    price_dong: int = Field(default=850, ge=0)
    """One part of a message, for previews."""

    @property
    def configured(self) -> bool:
        return bool(self.token.get_secret_value())

    @property
    def hears(self) -> bool:
        """Whether people can answer what this account sends."""
        return self.sms_type in (SmsType.OWN_NUMBER, SmsType.TWO_WAY_NUMBER)

    @model_validator(mode="after")
    def _the_secret_fits_into_a_path(self) -> Self:
        secret = self.webhook_secret.get_secret_value()
        if not all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in secret):
            raise ValueError("webhook_secret may hold letters, digits, - and _ only")
        return self

    def problems_in_production(self) -> list[str]:
        problems = []
        if not self.base_url.startswith("https://"):
            problems.append("LOA_SPEEDSMS_BASE_URL is not https")
        if self.sms_type is SmsType.BRANDNAME and not self.sender:
            problems.append("LOA_SPEEDSMS_SENDER is empty")
        if len(self.webhook_secret.get_secret_value()) < SHORTEST_SECRET_PATH:
            problems.append(f"LOA_SPEEDSMS_WEBHOOK_SECRET has fewer than {SHORTEST_SECRET_PATH} characters")
        return problems


@lru_cache
def speedsms_settings() -> SpeedSmsSettings:
    """The settings, read once per process. Raises pydantic's ValidationError naming each wrong variable."""
    return SpeedSmsSettings()
