"""What an operator can set about signing in, read from the environment or `.env` like `core.settings`."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from console.staff_roles import StaffRole
from core.settings import ROOT


class SignInSettings(BaseSettings):
    """Second factors, sessions and the lock-out. Offices share computers: nothing here is meant to be generous."""

    model_config = SettingsConfigDict(env_prefix="LOA_SIGN_IN_", env_file=ROOT / ".env", extra="ignore")

    second_factor_roles: str = "administrator,approver,manager"
    """Roles, separated by commas, that must set up a second factor at their first sign-in; for others it is a choice.
    Empty: a choice for everybody."""
    idle_minutes: int = Field(default=30, ge=1)
    """Unused so long, a session ends."""
    session_hours: float = Field(default=10.0, gt=0, le=24)
    """A working day: after it everybody signs in again, busy or not."""
    wrong_per_account: int = Field(default=5, ge=1)
    """So many wrong passwords or codes shut an account for a while, wherever they came from."""
    wrong_per_address: int = Field(default=60, ge=1)
    """The same for a network address: a whole office may share one."""
    shut_minutes: int = Field(default=15, ge=1)
    """How long wrong attempts count."""
    recovery_codes: int = Field(default=10, ge=4, le=20)

    @field_validator("second_factor_roles")
    @classmethod
    def _are_roles(cls, value: str) -> str:
        _roles_in(value)
        return value

    @property
    def roles_with_second_factor(self) -> frozenset[StaffRole]:
        return _roles_in(self.second_factor_roles)

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def longest_session(self) -> timedelta:
        return timedelta(hours=self.session_hours)

    @property
    def shut_for(self) -> timedelta:
        return timedelta(minutes=self.shut_minutes)


@lru_cache
def sign_in_settings() -> SignInSettings:
    """The settings, read once per process. Raises pydantic's ValidationError."""
    return SignInSettings()


def _roles_in(names: str) -> frozenset[StaffRole]:
    """Raises ValueError for a name that is no role."""
    return frozenset(StaffRole(name.strip()) for name in names.split(",") if name.strip())
