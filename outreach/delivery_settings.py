"""What an operator can set about sending, read from the environment or `.env` like `core.settings`."""

from __future__ import annotations

from datetime import time, timedelta
from functools import lru_cache
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.settings import ROOT
from outreach.calendar import Hours


class DeliverySettings(BaseSettings):
    """Pace, hours, prices and patience. Durations are seconds where the name says so; money is whole đồng."""

    model_config = SettingsConfigDict(env_prefix="LOA_", env_file=ROOT / ".env", extra="ignore")

    sending_opens: time = time(7, 30)
    sending_closes: time = time(20, 30)

    sms_per_second: float = Field(default=10.0, gt=0)
    """What the provider account may send; the wave leaves `reply_share` of it to replies."""
    sms_daily_quota: int | None = Field(default=None, ge=0)
    sms_price_dong: int = Field(default=800, ge=0)
    """A segment's price, for previews."""
    reply_share: float = Field(default=0.2, ge=0, lt=1)
    sending_threads: int = Field(default=8, ge=1, le=64)

    connect_timeout_seconds: float = Field(default=5.0, gt=0)
    read_timeout_seconds: float = Field(default=10.0, gt=0)
    fuse_seconds: float = Field(default=20.0, gt=0)
    """An attempt that has not left this long after it was committed is not made any more."""
    settling_seconds: float = Field(default=120.0, gt=0)
    """So long after an attempt began, what the provider took shows in its list."""
    silent_worker_seconds: float = Field(default=900.0, gt=0)
    """After this a worker that neither answers nor dies makes its rows `unknown`, for a human to see."""
    retry_pause_seconds: float = Field(default=30.0, ge=0)
    """The pause after a first failed attempt; it doubles with each further one."""
    most_attempts: int = Field(default=5, ge=1)
    account_pause_seconds: float = Field(default=600.0, ge=0)

    reminder_after_hours: float = Field(default=24.0, gt=0)

    @model_validator(mode="after")
    def _settling_outlasts_an_attempt(self) -> Self:
        longest = self.fuse_seconds + self.connect_timeout_seconds + self.read_timeout_seconds
        if self.settling_seconds <= longest:
            raise ValueError(f"settling_seconds must exceed fuse and time-outs together ({longest:g})")
        return self

    @property
    def hours(self) -> Hours:
        """The permitted hours; ValueError where they leave the law's."""
        return Hours(self.sending_opens, self.sending_closes)

    @property
    def wave_per_second(self) -> float:
        """What is left to waves of the account's rate."""
        return self.sms_per_second * (1 - self.reply_share)

    @property
    def reminder_after(self) -> timedelta:
        return timedelta(hours=self.reminder_after_hours)


@lru_cache
def delivery_settings() -> DeliverySettings:
    """The settings, read once per process. Raises pydantic's ValidationError."""
    return DeliverySettings()
