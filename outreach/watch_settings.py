"""What makes a campaign pause by itself, read from LOA_WATCH_… in the environment or `.env`."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.settings import ROOT


class WatchSettings(BaseSettings):
    """Shares are of 1. Nothing pauses a campaign before the least numbers are reached: five of ten say little."""

    model_config = SettingsConfigDict(env_prefix="LOA_WATCH_", env_file=ROOT / ".env", extra="ignore")

    outcomes: int = Field(default=200, ge=10)
    """How many of the last outcomes are looked at."""
    least_outcomes: int = Field(default=50, ge=1)
    error_share: float = Field(default=0.3, gt=0, le=1)
    """A roster's own dead numbers are a tenth or two: this is clearly more."""
    window_hours: float = Field(default=2.0, gt=0)
    """For `stop` and scam questions: those among the people written to in this time."""
    stop_share: float = Field(default=0.03, gt=0, le=1)
    least_stops: int = Field(default=10, ge=1)
    worry_share: float = Field(default=0.02, gt=0, le=1)
    least_worries: int = Field(default=10, ge=1)

    @property
    def window(self) -> timedelta:
        return timedelta(hours=self.window_hours)


@lru_cache
def watch_settings() -> WatchSettings:
    """The settings, read once per process. Raises pydantic's ValidationError."""
    return WatchSettings()
