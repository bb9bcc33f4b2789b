"""A file that came back, staged row by row: nothing of it holds before an officer merges it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import roster.person  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedJson
from core.orm import Base, BigKey, CommuneCode, UuidKey


class ReturnedKind(StrEnum):
    """What kind of file went out."""

    VISITS = "visits"
    """A hamlet's workbook, filled in on visits."""
    MATCH = "match"
    """The results of the police."""
    CHANGES = "changes"
    """A list that was taken out, corrected."""
    PAYMENTS = "payments"
    """What a payer says of each payment."""
    SYNC = "sync"
    """What the welfare software says of each account."""


class ReturnedState(StrEnum):
    """Where it stands."""

    STAGED = "staged"
    MERGED = "merged"
    DISCARDED = "discarded"


class ReturnedFile(Base):
    """One file. The same bytes come back once; a discarded one may come again."""

    __tablename__ = "returned_file"
    __table_args__ = (UniqueConstraint("kind", "digest"),)

    id: Mapped[UuidKey]
    kind: Mapped[ReturnedKind]
    commune_code: Mapped[CommuneCode]
    file_name: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[ReturnedState] = mapped_column(default=ReturnedState.STAGED)
    rows: Mapped[int]
    changed: Mapped[int | None]
    unchanged: Mapped[int | None]
    staged_by: Mapped[int | None] = mapped_column(BigInteger)
    staged_at: Mapped[datetime]
    merged_by: Mapped[int | None] = mapped_column(BigInteger)
    merged_at: Mapped[datetime | None]


class ReturnedRow(Base):
    """One row of it: what it says, whom it means, what an officer should know about it."""

    __tablename__ = "returned_row"
    __table_args__ = (UniqueConstraint("file_id", "row"),)

    id: Mapped[BigKey]
    file_id: Mapped[UUID] = mapped_column(ForeignKey("returned_file.id", ondelete="CASCADE"))
    row: Mapped[int]
    status: Mapped[str] = mapped_column(String(8))
    """The worst of its findings: `ok`, `warning`, `error`."""
    commune_code: Mapped[CommuneCode]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    values: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    """`name`, `given` (what the row says, until it is brought in) and `notes`."""
