"""What an operator can set about requests and retention, read from the environment or `.env` like `core.settings`."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.settings import ROOT
from roster.privacy.request import RequestKind


class PrivacySettings(BaseSettings):
    """Days. The defaults for requests are those of Decree 356/2025/NĐ-CP (Law 91/2025/QH15), article 5; how long things
    are kept is the installation's own rule: its legal officer confirms both."""

    model_config = SettingsConfigDict(env_prefix="LOA_PRIVACY_", env_file=ROOT / ".env", extra="ignore")

    answer_working_days: int = Field(default=2, ge=1)
    """Until then the person is told how, and until when, the request is dealt with."""
    see_days: int = Field(default=10, ge=1)
    correct_days: int = Field(default=10, ge=1)
    withdraw_days: int = Field(default=15, ge=1)
    delete_days: int = Field(default=20, ge=1)
    extension_days: int = Field(default=15, ge=1)
    """By so much a deadline may be put off, once, with a reason that the person is told."""

    drafts_kept_days: int = Field(default=90, ge=1)
    """So long after a campaign's end the answers of its surveys are kept; what was declared of them is in the claim."""
    words_kept_days: int = Field(default=180, ge=1)
    """So long are conversations kept, and never less than the campaign they were in."""
    attachments_kept_days: int = Field(default=90, ge=1)
    """The same for pictures and recordings: pictures of identity papers are sensitive."""
    imports_kept_days: int = Field(default=30, ge=1)
    """So long after a list was taken over or put away its rows are kept as they stood in the file."""

    returned_kept_days: int = Field(default=30, ge=1)
    """So long a file that came back waits for an officer to bring it in; then it is put away, and its rows erased."""

    def days_for(self, kind: RequestKind) -> int:
        """In so many days a request of this kind is dealt with."""
        days: int = getattr(self, f"{kind.value}_days")
        return days

    @property
    def drafts_kept(self) -> timedelta:
        return timedelta(days=self.drafts_kept_days)

    @property
    def words_kept(self) -> timedelta:
        return timedelta(days=self.words_kept_days)

    @property
    def attachments_kept(self) -> timedelta:
        return timedelta(days=self.attachments_kept_days)

    @property
    def imports_kept(self) -> timedelta:
        return timedelta(days=self.imports_kept_days)

    @property
    def returned_kept(self) -> timedelta:
        return timedelta(days=self.returned_kept_days)


@lru_cache
def privacy_settings() -> PrivacySettings:
    """The settings, read once per process. Raises pydantic's ValidationError."""
    return PrivacySettings()
