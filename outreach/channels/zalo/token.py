"""The tokens of an OA, and the authorisations that an administrator of it has begun."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from core.encryption import EncryptedText
from core.orm import Base, BigKey


class ZaloToken(Base):
    """One row an OA. A refresh token works once: the pair that it brings is committed here before it is used.

    The tokens themselves are read and written by workers alone; the console sees the other columns.
    """

    __tablename__ = "zalo_token"

    oa_id: Mapped[str] = mapped_column(primary_key=True)
    access_token: Mapped[str | None] = mapped_column(EncryptedText)
    access_expires_at: Mapped[datetime | None]
    refresh_token: Mapped[str | None] = mapped_column(EncryptedText)
    refresh_expires_at: Mapped[datetime | None]
    generation: Mapped[int] = mapped_column(Integer, default=0)
    """Counts the pairs: whoever asked with an older one writes nothing."""
    obtained_at: Mapped[datetime | None]
    asking_since: Mapped[datetime | None]
    """Committed before a request leaves, cleared by its answer: what stands here for long had its answer lost."""
    lost_at: Mapped[datetime | None]
    """Since when Zalo refuses the refresh token: an administrator of the OA has to authorise anew."""
    refused_at: Mapped[datetime | None]
    """When it was last refused."""
    last_error: Mapped[str | None]
    """The provider's code or our own word for what went wrong last; None after a success."""
    warned_at: Mapped[datetime | None]
    """When the operator was last told in the log."""


class AuthorisationOutcome(StrEnum):
    """How an authorisation ended."""

    GRANTED = "granted"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


class ZaloAuthorisation(Base):
    """One way to Zalo's page and back. `state` ties the answer to the question, the verifier to us (RFC 7636)."""

    __tablename__ = "zalo_authorisation"

    id: Mapped[BigKey]
    state: Mapped[str] = mapped_column(unique=True)
    verifier: Mapped[str] = mapped_column(EncryptedText)
    redirect_url: Mapped[str]
    staff_id: Mapped[int] = mapped_column(BigInteger)
    started_at: Mapped[datetime]
    code: Mapped[str | None] = mapped_column(EncryptedText)
    came_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[AuthorisationOutcome | None]
    error: Mapped[str | None]
