"""Claims: what was declared, and how far its verification has come."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

import roster.survey.draft  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedJson, EncryptedText
from core.orm import Base, UuidKey


class ClaimState(StrEnum):
    """How far a claim has come; `roster.claim_states` holds the one table of transitions."""

    DECLARED = "declared"
    CHECKED = "checked"
    VERIFIED = "verified"
    APPROVED = "approved"
    SYNCED = "synced"
    PAID_CONFIRMED = "paid_confirmed"
    NEEDS_CORRECTION = "needs_correction"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    RETURNED = "returned"


class Claim(Base):
    """A confirmed survey. Approver and verifier are two people: the database refuses anything else."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("approved_by IS NULL OR approved_by <> verified_by", name="four_eyes"),
        CheckConstraint("approved_by IS NULL OR verified_by IS NOT NULL", name="verified_first"),
        Index("ix_claim_person_campaign", "person_id", "campaign_id"),
    )

    id: Mapped[UuidKey]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), unique=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    commune_code: Mapped[str | None] = mapped_column(String(8), ForeignKey("commune.code"), index=True)
    reference_given: Mapped[str | None]
    """The code the citizen sent, where the thread did not tell it; may belong to nobody."""
    state: Mapped[ClaimState] = mapped_column(default=ClaimState.DECLARED)
    outcome_group: Mapped[str] = mapped_column(String(12))
    answers: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    bank: Mapped[str | None]
    account_number: Mapped[str | None] = mapped_column(EncryptedText)
    account_index: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    holder_name: Mapped[str | None]
    respondent: Mapped[str]
    relation: Mapped[str | None]
    from_invited_phone: Mapped[bool]
    beneficiary_agreed_at: Mapped[datetime | None]
    """When the beneficiary's own yes was recorded, where a relative declared."""
    declared_at: Mapped[datetime]
    verified_by: Mapped[int | None] = mapped_column(BigInteger)
    verified_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(BigInteger)
    approved_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    """Why it was returned or rejected, in the words the citizen reads."""
