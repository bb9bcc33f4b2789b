"""Lists of people to be seen at home, as they were printed: each row with its own code to scan."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import roster.campaign  # the table of a foreign key
import roster.person  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedText
from core.orm import Base, BigKey, CommuneCode


class VisitReason(StrEnum):
    """Why somebody goes there."""

    NO_PHONE = "no_phone"
    NOT_REACHED = "not_reached"
    """There is a phone, but messages and calls led nowhere."""
    UNFINISHED = "unfinished"
    NO_ANSWER = "no_answer"
    POLICE = "police"
    """The police did not find the person in the population data, or the person has no identity card."""


class VisitOutcome(StrEnum):
    """What was found at the door."""

    DECLARED = "declared"
    BEGUN = "begun"
    """The survey was begun; something is still to be asked or read back."""
    REFUSED = "refused"
    NOT_HOME = "not_home"
    AGAIN = "again"
    MOVED = "moved"
    DECEASED = "deceased"
    NOT_FOUND = "not_found"
    """Nobody there knows the person."""


class VisitList(Base):
    """One list of one commune, for one walk. It stays as it was printed."""

    __tablename__ = "visit_list"

    id: Mapped[BigKey]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    commune_code: Mapped[CommuneCode]
    neighbourhood: Mapped[str | None]
    """The tổ, thôn or khu that it covers, as addresses write it; None: the whole commune."""
    people: Mapped[int]
    made_by: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]


class VisitRow(Base):
    """One person of a list. `place`: the number printed before the name."""

    __tablename__ = "visit_row"
    __table_args__ = (UniqueConstraint("visit_list_id", "person_id"),)

    id: Mapped[BigKey]
    visit_list_id: Mapped[int] = mapped_column(ForeignKey("visit_list.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    commune_code: Mapped[CommuneCode]
    place: Mapped[int]
    reason: Mapped[VisitReason]
    token: Mapped[str] = mapped_column(EncryptedText)
    """What the printed code holds: it tells nothing, and opens nothing without a sign-in."""
    token_index: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    outcome: Mapped[VisitOutcome | None]
    visited_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(EncryptedText)
    noted_by: Mapped[int | None] = mapped_column(BigInteger)
    noted_at: Mapped[datetime | None]
