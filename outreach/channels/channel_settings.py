"""What the settings of every channel have in common: where they are read, and that production refuses half of them."""

from __future__ import annotations

from abc import abstractmethod
from typing import Self

from pydantic import model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.settings import ROOT, Mode, settings


class ChannelSettings(BaseSettings):
    """One provider's settings, read from the environment or `.env` under the provider's own prefix. What an operator
    wrote never stands in an error: it may be a secret."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", hide_input_in_errors=True)

    @property
    @abstractmethod
    def configured(self) -> bool:
        """Whether the channel is set up at all."""

    @property
    def by_webhook(self) -> bool:
        """Whether the provider calls our public door."""
        return True

    @abstractmethod
    def problems_in_production(self) -> list[str]:
        """What production mode refuses to start with, naming variables and never a value."""

    @model_validator(mode="after")
    def _production_is_strict(self) -> Self:
        house = settings()
        if not self.configured or house.mode is not Mode.PRODUCTION:
            return self
        problems = self.problems_in_production()
        if self.by_webhook and not house.public_url:
            problems.append(
                f"LOA_PUBLIC_URL is not set: what {self.model_config['env_prefix']}… sets up is called there"
            )
        if problems:
            raise ValueError("production mode refuses to start: " + "; ".join(problems))
        return self
