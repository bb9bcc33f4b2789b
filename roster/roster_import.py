"""Imports of rosters: a file is staged first, corrected, then merged whole."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.encryption import EncryptedJson
from core.orm import Base, BigKey, UuidKey


class ImportState(StrEnum):
    """Where an import stands."""

    STAGED = "staged"
    MERGED = "merged"
    DISCARDED = "discarded"


class RosterImport(Base):
    """One file given in. The same bytes are imported once."""

    __tablename__ = "roster_import"

    id: Mapped[UuidKey]
    file_name: Mapped[str]
    file_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    state: Mapped[ImportState]
    rows_total: Mapped[int]
    added: Mapped[int | None]
    changed: Mapped[int | None]
    unchanged: Mapped[int | None]
    staged_by: Mapped[int | None] = mapped_column(BigInteger)
    staged_at: Mapped[datetime]
    merged_at: Mapped[datetime | None]


class ImportRow(Base):
    """One staged row of the sheet, with its findings."""

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("import_id", "sheet", "row"),)

    id: Mapped[BigKey]
    import_id: Mapped[UUID] = mapped_column(ForeignKey("roster_import.id", ondelete="CASCADE"))
    sheet: Mapped[str]
    row: Mapped[int]
    status: Mapped[str] = mapped_column(String(8))
    left_out: Mapped[bool] = mapped_column(default=False)
    commune_code: Mapped[str | None] = mapped_column(String(8))
    values: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    """The parsed row with its findings, as `roster.intake` gives it; corrected values beside the found ones."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
