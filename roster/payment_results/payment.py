"""What became of a person's money of one month, as whoever pays says."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

import roster.claim  # the table of a foreign key
import roster.person  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedText
from core.orm import Base, BigKey, CommuneCode


class PaymentOutcome(StrEnum):
    """What the payer says."""

    PAID = "paid"
    RETURNED = "returned"


class Payment(Base):
    """One person, one month, one payer: whose transfer came back may be paid in cash in the same month."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("person_id", "month", "payer"),
        Index("ix_payment_month", "month", "commune_code"),
    )

    id: Mapped[BigKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    commune_code: Mapped[CommuneCode]
    month: Mapped[date]
    """Its first day."""
    payer: Mapped[str]
    """`roster.payers.Payer.key`."""
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim.id"))
    """Whose account the money was sent to; None in cash."""
    outcome: Mapped[PaymentOutcome]
    dong: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    """Why it came back, in the payer's words."""
    noted_by: Mapped[int | None] = mapped_column(BigInteger)
    noted_at: Mapped[datetime]


def paid_in(month: date) -> Select[UUID]:
    """The ids of those who have had their money of the month, whoever paid it."""
    return select(Payment.person_id).where(Payment.month == month, Payment.outcome == PaymentOutcome.PAID)
