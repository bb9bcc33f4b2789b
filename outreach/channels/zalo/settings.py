"""What an operator sets for Zalo, read from LOA_ZALO_… in the environment or `.env`, checked once at start."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from outreach.channels.channel_settings import ChannelSettings

_HOSTS = ("oauth_url", "openapi_url", "business_url")


class TimestampPlace(StrEnum):
    """Where the timestamp stands that a webhook's signature covers; public sources disagree."""

    BODY = "body"
    HEADER = "header"


class ZaloSettings(ChannelSettings):
    """One app and its Official Account (OA). Durations are seconds, or what the name says; money is whole đồng."""

    model_config = SettingsConfigDict(env_prefix="LOA_ZALO_")

    app_id: str = ""
    app_secret: SecretStr = SecretStr("")
    oa_id: str = ""
    oa_secret: SecretStr = SecretStr("")
    """Signs webhooks: the OA's own key, not the app's."""
    oauth_url: str = "https://oauth.zaloapp.com"
    openapi_url: str = "https://openapi.zalo.me"
    business_url: str = "https://business.openapi.zalo.me"
    redirect_url: str | None = None
    """The console's address to which Zalo sends the administrator back, as registered with the app; None: the address
    under which the console was opened."""
    send_proof: bool = False
    """Whether calls bear `appsecret_proof`: an app can be set to ask for it."""

    per_minute: int = Field(default=4000, gt=0)
    """Calls that the app may make; the wave leaves a share of it to replies."""
    daily_quota: int | None = Field(default=None, ge=0)
    """Template messages a day. None: only what the API says counts."""
    price_dong: int = Field(default=200, ge=0)
    """One template message; consultation messages within 48 hours are free."""
    templates_file: Path | None = None
    """JSON that says which approved template each step uses: see `outreach.channels.zalo.templates`."""
    development: bool = False
    """Template messages go to the OA's administrators only, and cost nothing."""

    share_title: str = Field(default="Chia sẻ số điện thoại", max_length=100)
    share_image_url: str | None = None
    """The picture above the form that asks for the phone; None: the public door's own."""
    shared_phone_proves: bool = False
    """Whether a phone that came by the form is taken for the sender's own. (open) The form may be typed into: until
    Zalo has said in writing that it cannot, the phone counts only together with the person's code."""

    timestamp_place: TimestampPlace = TimestampPlace.BODY
    replay_hours: float = Field(default=26.0, gt=0)
    """A webhook older than this is refused. Zalo repeats for two hours; the rest is for clocks and stops."""
    media_hosts: tuple[str, ...] = ("zdn.vn", "zadn.vn", "zalo.me", "zaloapp.com")
    """Pictures and recordings are fetched from these hosts and those below them, and from no other."""

    refresh_ahead: float = Field(default=7200.0, ge=0)
    """So long before its end an access token is replaced; at most a third of its life."""
    refresh_life_days: float = Field(default=90.0, gt=0)
    """How long a refresh token lasts where the answer does not say."""
    warn_days: float = Field(default=21.0, ge=0)
    """So long before the refresh token's end the operator is warned."""
    ask_again_after: float = Field(default=3600.0, ge=0)
    """After a refused refresh, the next one: only somebody's doing (a corrected secret) can change the answer."""
    oauth_timeout: float = Field(default=10.0, gt=0)
    lock_patience: float = Field(default=30.0, gt=0)
    """How long one waits for another who is replacing the tokens."""

    @property
    def configured(self) -> bool:
        return bool(self.app_id and self.oa_id)

    @model_validator(mode="after")
    def _a_refresher_ends_before_the_next_is_impatient(self) -> Self:
        if self.lock_patience < 2 * self.oauth_timeout:
            raise ValueError("lock_patience must be at least twice oauth_timeout")
        return self

    def problems_in_production(self) -> list[str]:
        problems = [f"LOA_ZALO_{name.upper()} is not https" for name in _HOSTS if not _is_https(getattr(self, name))]
        problems += [
            f"LOA_ZALO_{name.upper()} is empty"
            for name in ("app_secret", "oa_secret")
            if not getattr(self, name).get_secret_value()
        ]
        if self.development:
            problems.append("LOA_ZALO_DEVELOPMENT reaches administrators only")
        return problems


@lru_cache
def zalo_settings() -> ZaloSettings:
    """The settings, read once per process. Raises pydantic's ValidationError naming each wrong variable."""
    return ZaloSettings()


def _is_https(url: str) -> bool:
    return url.startswith("https://")
