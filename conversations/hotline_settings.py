"""What an operator sets for the telephone, read from LOA_EXCHANGE_… in the environment or `.env`.

Each exchange has its own contract for what it tells of a call, so names and places of its fields are settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import SettingsConfigDict

from language.phones import normalise_phone
from outreach.channels.channel_settings import ChannelSettings

SHORTEST_SECRET = 16


class ExchangeSettings(ChannelSettings):
    """The exchange of the offices' hotlines. Durations are what the name says."""

    model_config = SettingsConfigDict(env_prefix="LOA_EXCHANGE_")

    secret: SecretStr = SecretStr("")
    """Shared with the exchange; empty refuses every call."""
    timestamp_header: str = "X-Timestamp"
    signature_header: str = "X-Signature"
    names: Mapping[str, str] = {}
    """The exchange's names of our fields call_id, caller, hotline, kind, at, as JSON, where they differ."""
    replay_seconds: float = Field(default=300.0, gt=0)
    """A call signed longer ago, or so far ahead, is refused."""
    hotlines: Mapping[str, str] = {}
    """Each hotline's number → the code of the commune whose officers answer it, as JSON. A call to another number, by
    somebody whom no roster knows, is seen by those alone who see the whole city."""
    call_back_hours: float = Field(default=4.0, gt=0)
    """Within so many hours somebody who called is to be called back."""

    @field_validator("hotlines")
    @classmethod
    def _numbers_as_we_store_them(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        numbers = {normalise_phone(number): commune for number, commune in value.items()}
        if None in numbers:
            raise ValueError("each hotline must be a Vietnamese phone number")
        return {number: commune for number, commune in numbers.items() if number}

    @property
    def configured(self) -> bool:
        return bool(self.secret.get_secret_value())

    def problems_in_production(self) -> list[str]:
        short = len(self.secret.get_secret_value()) < SHORTEST_SECRET
        return [f"LOA_EXCHANGE_SECRET has fewer than {SHORTEST_SECRET} characters"] if short else []

    @property
    def call_back_within(self) -> timedelta:
        return timedelta(hours=self.call_back_hours)


@lru_cache
def exchange_settings() -> ExchangeSettings:
    """The settings, read once per process. Raises pydantic's ValidationError naming each wrong variable."""
    return ExchangeSettings()
