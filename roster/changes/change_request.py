"""A change that somebody asks for: the roster stays as it is until another officer accepts it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

import roster.person  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedText
from core.orm import Base, BigKey, CommuneCode


class ChangeField(StrEnum):
    """What of a person may be asked to be changed."""

    FULL_NAME = "full_name"
    BIRTH = "birth"
    GENDER = "gender"
    CITIZEN_ID = "citizen_id"
    ADDRESS = "address"
    PAID_BY = "paid_by"
    MOVED = "moved"
    """The person is said to live elsewhere: a question to the other commune, the roster's row stays."""
    DECEASED = "deceased"


class ChangeSource(StrEnum):
    """Where it was said."""

    WORKBOOK = "workbook"
    POLICE = "police"
    VISIT = "visit"


class ChangeState(StrEnum):
    """Open, or how it was decided."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ChangeRequest(Base):
    """One field of one person: as it stood, as it is to be, who asks, who decides. Two people, says the database."""

    __tablename__ = "change_request"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR asked_by IS NULL OR decided_by <> asked_by", name="four_eyes"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_once"),
        Index(
            "uq_change_request_open",
            "person_id",
            "field",
            "new_index",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_change_request_waiting", "commune_code", "asked_at", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[BigKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    commune_code: Mapped[CommuneCode]
    field: Mapped[ChangeField]
    old: Mapped[str | None] = mapped_column(EncryptedText)
    """What the roster said when the file went out: what the change was made against."""
    new: Mapped[str] = mapped_column(EncryptedText)
    new_index: Mapped[bytes] = mapped_column(LargeBinary)
    """Asked twice, it is one request."""
    source: Mapped[ChangeSource]
    asked_by: Mapped[int | None] = mapped_column(BigInteger)
    asked_at: Mapped[datetime]
    state: Mapped[ChangeState] = mapped_column(default=ChangeState.OPEN)
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    """Why it was refused."""
