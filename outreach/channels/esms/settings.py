"""What an operator sets for eSMS, read from LOA_ESMS_… in the environment or `.env`, checked once at start."""

from __future__ import annotations

from functools import lru_cache
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from outreach.channels.brandname import LONGEST_BRANDNAME, SHORTEST_SECRET_PATH
from outreach.channels.channel_settings import ChannelSettings


class EsmsSettings(ChannelSettings):
    """One account and the brandname it sends under. Money is whole đồng."""

    model_config = SettingsConfigDict(env_prefix="LOA_ESMS_")

    api_key: SecretStr = SecretStr("")
    secret_key: SecretStr = SecretStr("")
    brandname: str = Field(default="", max_length=LONGEST_BRANDNAME)
    base_url: str = "https://rest.esms.vn"
    callback_secret: SecretStr = SecretStr("")
    """The part of the callback's path that nobody else knows: eSMS signs nothing. Letters, digits, "-" and "_"."""
    per_second: float = Field(default=10.0, gt=0)
    """What the account may send; the wave leaves a share of it to replies."""
    daily_quota: int | None = Field(default=None, ge=0)
    price_dong: int = Field(default=850, ge=0)
    """One part of a message, for previews."""
    key_hours: float = Field(default=24.0, gt=1)
    """So long eSMS knows a RequestId again."""
    sandbox: bool = False
    """eSMS takes the messages and sends none."""

    @property
    def configured(self) -> bool:
        return bool(self.api_key.get_secret_value())

    @model_validator(mode="after")
    def _the_secret_fits_into_a_path(self) -> Self:
        secret = self.callback_secret.get_secret_value()
        if not all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in secret):
            raise ValueError("callback_secret may hold letters, digits, - and _ only")
        return self

    def problems_in_production(self) -> list[str]:
        problems = []
        if not self.base_url.startswith("https://"):
            problems.append("LOA_ESMS_BASE_URL is not https")
        if not self.secret_key.get_secret_value():
            problems.append("LOA_ESMS_SECRET_KEY is empty")
        if not self.brandname:
            problems.append("LOA_ESMS_BRANDNAME is empty")
        if len(self.callback_secret.get_secret_value()) < SHORTEST_SECRET_PATH:
            problems.append(f"LOA_ESMS_CALLBACK_SECRET has fewer than {SHORTEST_SECRET_PATH} characters")
        if self.sandbox:
            problems.append("LOA_ESMS_SANDBOX sends nothing")
        return problems


@lru_cache
def esms_settings() -> EsmsSettings:
    """The settings, read once per process. Raises pydantic's ValidationError naming each wrong variable."""
    return EsmsSettings()
