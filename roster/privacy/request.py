"""Requests of citizens about their data: a register with numbers and deadlines (Decree 356/2025/NĐ-CP, article 5)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

import roster.person  # noqa: F401  # the table of a foreign key
from core.clock import VIETNAM
from core.encryption import EncryptedText
from core.orm import Base, BigKey, CommuneCode


class RequestKind(StrEnum):
    """What is asked for (article 4 of the law)."""

    SEE = "see"
    CORRECT = "correct"
    DELETE = "delete"
    WITHDRAW = "withdraw"


class RequestState(StrEnum):
    """How far a request has come; `roster.privacy.states` holds the one table of transitions."""

    RECEIVED = "received"
    ANSWERED = "answered"
    """The person was told how and until when it is dealt with."""
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"
    """The person no longer asks for it."""


class CameBy(StrEnum):
    """How the request reached the office."""

    OFFICE = "office"
    PHONE = "phone"
    LETTER = "letter"
    MESSAGE = "message"
    VISIT = "visit"


class PrivacyRequest(Base):
    """One request. `commune_code` is the person's: whose officers see it."""

    __tablename__ = "privacy_request"
    __table_args__ = (
        Index("ix_privacy_request_waiting", "due_at", postgresql_where=text("state IN ('received', 'answered')")),
    )

    id: Mapped[BigKey]
    kind: Mapped[RequestKind]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    commune_code: Mapped[CommuneCode]
    came_by: Mapped[CameBy]
    asked_by: Mapped[str] = mapped_column(EncryptedText)
    """Who asked: the person, or who acts for him or her and by which right."""
    asked: Mapped[str] = mapped_column(EncryptedText)
    """What was asked, in the person's words."""
    received_at: Mapped[datetime]
    received_by: Mapped[int] = mapped_column(BigInteger)
    answer_by: Mapped[datetime]
    """Until when the person must have been told how it is dealt with."""
    due_at: Mapped[datetime]
    extended_for: Mapped[str | None] = mapped_column(EncryptedText)
    """Why the deadline was put off, which is allowed once; None where it was not."""
    state: Mapped[RequestState] = mapped_column(default=RequestState.RECEIVED)
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(BigInteger)
    outcome: Mapped[str | None] = mapped_column(EncryptedText)
    """What was done, or why not, as the person was told."""

    @property
    def number(self) -> str:
        """As the register counts: "YC-2026-00012"."""
        return f"YC-{self.received_at.astimezone(VIETNAM).year}-{self.id:05d}"
