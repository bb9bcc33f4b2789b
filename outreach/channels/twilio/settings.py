"""What an operator sets about the Twilio account's pace and price, read from LOA_TWILIO_… in the environment or `.env`.

Who the account is stands in `core.settings`: the public door needs it too, to check signatures.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.settings import ROOT
from outreach.channels.provider import Unit


class TwilioSettings(BaseSettings):
    """One account. Money is whole đồng."""

    model_config = SettingsConfigDict(env_prefix="LOA_TWILIO_", env_file=ROOT / ".env", extra="ignore")

    per_second: float = Field(default=10.0, gt=0)
    """What the account may send; the wave leaves a share of it to replies."""
    counts: Unit = Unit.SEGMENTS
    """Whether `per_second` and `daily_quota` are messages or segments. Twilio's own limits are segments
    (https://www.twilio.com/docs/glossary/what-is-mps)."""
    daily_quota: int | None = Field(default=None, ge=0)
    price_dong: int = Field(default=800, ge=0)
    """A segment's price, for previews and ceilings."""


@lru_cache
def twilio_settings() -> TwilioSettings:
    """The settings, read once per process. Raises pydantic's ValidationError naming each wrong variable."""
    return TwilioSettings()
