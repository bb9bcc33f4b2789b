"""Persons on the roster and what each is entitled to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

import roster.commune  # the table of a foreign key
import roster.roster_import  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedText
from core.orm import Base, BigKey, CommuneCode, UuidKey


class Gender(StrEnum):
    """As the roster states it; None where it does not."""

    MALE = "male"
    FEMALE = "female"


class Person(Base):
    """One beneficiary. `reference` is the file code printed in the invitation."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_list_order", "commune_code", "given_name_folded", "folded_name"),
        Index("ix_person_folded_name_prefix", "folded_name", postgresql_ops={"folded_name": "text_pattern_ops"}),
    )

    id: Mapped[UuidKey]
    reference: Mapped[str] = mapped_column(String(8), unique=True)
    full_name: Mapped[str]
    folded_name: Mapped[str]
    given_name_folded: Mapped[str] = mapped_column(Computed("regexp_replace(folded_name, '^.* ', '')", persisted=True))
    """The last word of the folded name: Vietnamese lists go by it."""
    birth_date: Mapped[date | None]
    birth_year: Mapped[int | None]
    gender: Mapped[Gender | None]
    citizen_id: Mapped[str | None] = mapped_column(EncryptedText)
    citizen_id_index: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    commune_code: Mapped[CommuneCode]
    address: Mapped[str | None] = mapped_column(EncryptedText)
    paid_by: Mapped[str | None]
    """How the allowance is handed over today, as the roster says: "Tiền mặt", "Bưu điện"."""
    under_guardianship: Mapped[bool] = mapped_column(default=False)
    deceased_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    """Set when somebody reported the death: nothing more goes out until an officer has looked."""
    withdrew_at: Mapped[datetime | None]
    """Since when the person no longer consents to the survey (`roster.privacy`): nothing proactive goes out."""
    created_at: Mapped[datetime]
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("roster_import.id"))

    entitlements: Mapped[list[Entitlement]] = relationship(lazy="selectin")


class Entitlement(Base):
    """One allowance a person receives. A person may hold several."""

    __tablename__ = "entitlement"
    __table_args__ = (UniqueConstraint("person_id", "category"),)

    id: Mapped[BigKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    category: Mapped[str]
    monthly_dong: Mapped[int | None]
    commune_code: Mapped[CommuneCode]
