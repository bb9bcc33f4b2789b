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
    """Pace, hours and patience. Durations are seconds where the name says so."""

    model_config = SettingsConfigDict(env_prefix="LOA_", env_file=ROOT / ".env", extra="ignore")

    sending_opens: time = time(7, 30)
    sending_closes: time = time(20, 30)

    reply_share: float = Field(default=0.2, ge=0, lt=1)
    """What a wave leaves of every account's pace to replies; pace, quota and price are each provider's own settings."""
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
    """How long an account rests that its provider has shut; the longest rest where a provider is away."""
    fail_over_after_seconds: float = Field(default=120.0, ge=0)
    """A provider away for so long loses what it has not begun to another account of the channel; one that has shut the
    account loses it at once."""
    foreign_receipt_days: float = Field(default=14.0, ge=1)
    """A receipt whose message nobody has found for so long is of somebody else's message, and is not kept any more."""
    failed_job_days: float = Field(default=14.0, ge=1)
    """So long a job that has failed is kept, for somebody to see that it did."""
    heartbeat_seconds: float = Field(default=10.0, gt=0)
    """How often a worker gives a sign of life."""
    stalled_after_seconds: float = Field(default=30.0, gt=0)
    """The jobs of a worker that has given no sign of life for so long are done by others."""
    look_for_jobs_seconds: float = Field(default=5.0, gt=0)
    """How often a worker looks for jobs of which nobody tells it: those of workers that have died."""
    ticks_faster: float = Field(default=1.0, gt=0)
    """How much faster than usual the scheduler's ticks follow each other: for the crash test, which has no time."""

    open_tasks_limit: int = Field(default=200, ge=1)
    """So many open matters officers can have before waves slow down."""
    unanswered_limit: int = Field(default=300, ge=1)
    """So many unanswered words the bot can have before waves slow down."""

    reminder_after_hours: float = Field(default=24.0, gt=0)

    most_people_a_phone: int = Field(default=6, ge=1, le=10)
    """One message is for so many people of a household at most; a phone noted for more is nobody's in particular."""
    most_a_day: int = Field(default=1, ge=1)
    """So many different things a phone is written to unasked about on one day of Vietnam's."""
    most_in_24_hours: int = Field(default=3, ge=1)
    """So many unasked messages a phone gets within 24 hours, one and the same thing over another channel included."""

    @model_validator(mode="after")
    def _settling_outlasts_an_attempt(self) -> Self:
        longest = self.fuse_seconds + self.connect_timeout_seconds + self.read_timeout_seconds
        if self.settling_seconds <= longest:
            raise ValueError(f"settling_seconds must exceed fuse and time-outs together ({longest:g})")
        return self

    @model_validator(mode="after")
    def _a_heartbeat_may_be_missed(self) -> Self:
        if self.stalled_after_seconds < 2 * self.heartbeat_seconds:
            raise ValueError("stalled_after_seconds must be at least twice heartbeat_seconds")
        return self

    @property
    def hours(self) -> Hours:
        """The permitted hours; ValueError where they leave the law's."""
        return Hours(self.sending_opens, self.sending_closes)

    @property
    def reminder_after(self) -> timedelta:
        return timedelta(hours=self.reminder_after_hours)


@lru_cache
def delivery_settings() -> DeliverySettings:
    """The settings, read once per process. Raises pydantic's ValidationError."""
    return DeliverySettings()
