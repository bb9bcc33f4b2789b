"""What an operator sets for Twilio, read from LOA_TWILIO_… in the environment or `.env`, checked once at start."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import SettingsConfigDict

from outreach.channels.assessment import RecordedAssessment
from outreach.channels.channel_settings import ChannelSettings
from outreach.channels.provider import Unit


class TwilioSettings(ChannelSettings):
    """One account. Money is whole đồng."""

    model_config = SettingsConfigDict(env_prefix="LOA_TWILIO_", populate_by_name=True)

    account_sid: str = ""
    auth_token: SecretStr = SecretStr("")
    """Signs webhooks too."""
    sender: str = Field(default="", validation_alias="LOA_TWILIO_FROM")
    """A number, a registered name, or a messaging service's SID."""
    base_url: str = "https://api.twilio.com"
    """Where Twilio's API is, or a stand-in."""
    assessment: RecordedAssessment = None
    """Twilio is abroad: the paper that allows personal data to go there (Law 91/2025)."""

    per_second: float = Field(default=10.0, gt=0)
    """What the account may send; the wave leaves a share of it to replies."""
    counts: Unit = Unit.SEGMENTS
    """Whether `per_second` and `daily_quota` are messages or segments. Twilio's own limits are segments
    (https://www.twilio.com/docs/glossary/what-is-mps)."""
    daily_quota: int | None = Field(default=None, ge=0)
    price_dong: int = Field(default=800, ge=0)
    """A segment's price, for previews and ceilings."""

    @field_validator("base_url")
    @classmethod
    def _has_no_slash_at_its_end(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def configured(self) -> bool:
        return bool(self.account_sid)

    def problems_in_production(self) -> list[str]:
        problems = []
        if self.assessment is None:
            problems.append("LOA_TWILIO_ASSESSMENT records no assessment that allows Twilio")
        if not self.auth_token.get_secret_value():
            problems.append("LOA_TWILIO_AUTH_TOKEN is empty")
        if not self.base_url.startswith("https://"):
            problems.append("LOA_TWILIO_BASE_URL is not https")
        return problems


@lru_cache
def twilio_settings() -> TwilioSettings:
    """The settings, read once per process. Raises pydantic's ValidationError naming each wrong variable."""
    return TwilioSettings()
