"""Everything an operator can set, read from the environment or `.env`, checked once at start."""

from __future__ import annotations

import base64
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_MARK = "development-only-"
SHORTEST_DATABASE_PASSWORD = 16


class Mode(StrEnum):
    """How strict the services are: production refuses development keys and the embedded database."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Settings of one installation. Secrets are `SecretStr`: they print as asterisks."""

    model_config = SettingsConfigDict(
        env_prefix="LOA_", env_file=ROOT / ".env", extra="ignore", hide_input_in_errors=True
    )

    mode: Mode = Mode.DEVELOPMENT
    data_dir: Path | None = None
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")

    db_password_worker: SecretStr | None = None
    db_password_console: SecretStr | None = None
    db_password_door: SecretStr | None = None
    db_password_rasa: SecretStr | None = None
    """The passwords of the database's roles, one each, at least 16 characters: in production each process is given its
    own and no other, so that who takes the public door over comes in as the public door. `loa db migrate` needs all
    four. Outside production one that is not set follows from the secret key."""

    secret_key: SecretStr
    encryption_keys: SecretStr
    """Comma-separated 32-byte keys in url-safe base64; the first encrypts, all decrypt (rotation)."""
    index_key: SecretStr
    """Keys the blind indexes; changing it means indexing again, so it is apart from the encryption keys."""
    audit_notes: Path | None = None
    """A file outside the database, best on another machine's disk and open for appending only: every hour the end of
    the audit log is noted there, and `loa audit verify` holds the log against it. The end is logged in any case."""
    clock_file: Path | None = None
    """Tests only: a file holding an ISO time that the services take as the time of the file's last writing."""

    rasa_port: int = 5005
    actions_port: int = 5055
    public_port: int = 8000
    public_threads: int = 32
    """How many requests the public door serves at once; half of them may be event streams of the web chat."""
    console_port: int = 8001
    simulator_port: int = 8002
    internal_token: SecretStr
    """Shared by the relay, Rasa and the action server; all three listen on loopback only."""
    relay_timeout_seconds: float = 20.0

    public_url: str | None = None
    """The public door's address as providers see it, https in production: it is part of Twilio's signature."""

    @field_validator("encryption_keys")
    @classmethod
    def _keys_are_32_bytes(cls, value: SecretStr) -> SecretStr:
        for key in value.get_secret_value().split(","):
            try:
                length = len(base64.urlsafe_b64decode(key.strip()))
            except ValueError:
                length = 0
            if length != 32:
                raise ValueError("each key must be 32 bytes in url-safe base64")
        return value

    @field_validator("db_password_worker", "db_password_console", "db_password_door", "db_password_rasa")
    @classmethod
    def _are_no_words(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SHORTEST_DATABASE_PASSWORD:
            raise ValueError(f"must have at least {SHORTEST_DATABASE_PASSWORD} characters")
        return value

    @model_validator(mode="after")
    def _production_is_strict(self) -> Self:
        if self.mode is not Mode.PRODUCTION:
            return self
        problems = [
            f"LOA_{name.upper()} is a development key"
            for name in ("secret_key", "index_key", "internal_token")
            if getattr(self, name).get_secret_value().startswith(DEVELOPMENT_MARK)
        ]
        if (ROOT / ".env").exists() and DEVELOPMENT_MARK in (ROOT / ".env").read_text():
            problems.append(".env holds development keys")
        if not self.database_url:
            problems.append("DATABASE_URL names no PostgreSQL server")
        if self.clock_file:
            problems.append("LOA_CLOCK_FILE sets the clock")
        if self.public_url and not self.public_url.startswith("https://"):
            problems.append("LOA_PUBLIC_URL is not https")
        if problems:
            raise ValueError("production mode refuses to start: " + "; ".join(problems))
        return self

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def public_base(self) -> str:
        """The public door's address without a trailing slash."""
        return (self.public_url or f"http://127.0.0.1:{self.public_port}").rstrip("/")


@lru_cache
def settings() -> Settings:
    """The installation's settings, read once per process.

    Raises pydantic's ValidationError naming each missing or wrong variable, never its value.
    """
    return Settings()
