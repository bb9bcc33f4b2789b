"""A match file as it went to the commune police, and what came back for each person."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import roster.person  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedJson
from core.orm import Base, BigKey, CommuneCode, UuidKey
from roster.matching_police.results import MatchResult


class MatchFile(Base):
    """One file for one commune's police. `form`: the key of its form (`roster/data/match_forms.yml`)."""

    __tablename__ = "match_file"

    id: Mapped[UuidKey]
    commune_code: Mapped[CommuneCode]
    form: Mapped[str] = mapped_column(String(32))
    people: Mapped[int]
    made_by: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
    taken_out: Mapped[int] = mapped_column(default=0)
    """How often it was written, each time under a new password that nobody keeps."""


class MatchRow(Base):
    """One person in it. `sent` is what the file said, so that a later answer is held against it."""

    __tablename__ = "match_row"
    __table_args__ = (UniqueConstraint("match_file_id", "person_id"),)

    id: Mapped[BigKey]
    match_file_id: Mapped[UUID] = mapped_column(ForeignKey("match_file.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    commune_code: Mapped[CommuneCode]
    key: Mapped[str] = mapped_column(String(16), unique=True)
    """Names the row in the file and means nothing elsewhere."""
    place: Mapped[int]
    sent: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    result: Mapped[MatchResult | None]
    answer: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson)
    """The fields the police say otherwise, and their note."""
    answered_at: Mapped[datetime | None]
