"""How people can be reached: one phone may serve several people, one person may have several phones."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

import roster.person  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedText
from core.orm import Base, CommuneCode, UuidKey
from language.phones import PhoneKind, phone_kind


class ContactKind(StrEnum):
    """What an address is."""

    PHONE = "phone"
    ZALO = "zalo"
    TELEGRAM = "telegram"
    WEB = "web"


class Holder(StrEnum):
    """Whose phone it is, seen from the person it is linked to."""

    SELF = "self"
    RELATIVE = "relative"
    UNKNOWN = "unknown"


def is_mobile(kind: ContactKind, address: str) -> bool:
    """Whether a text message can reach the address: a mobile phone, in 0… form."""
    return kind is ContactKind.PHONE and phone_kind(address) is PhoneKind.MOBILE


def _mobile_of(context: DefaultExecutionContext) -> bool:
    row: dict[str, Any] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return is_mobile(ContactKind(row["kind"]), row["address"])


class ContactPoint(Base):
    """An address somebody can be written to. Phones are in the 0… form."""

    __tablename__ = "contact_point"
    __table_args__ = (
        UniqueConstraint("kind", "address_index"),
        Index("ix_contact_point_stopped", "stopped_at", postgresql_where=text("stopped_at IS NOT NULL")),
    )

    id: Mapped[UuidKey]
    kind: Mapped[ContactKind]
    address: Mapped[str] = mapped_column(EncryptedText)
    address_index: Mapped[bytes] = mapped_column(LargeBinary)
    mobile: Mapped[bool] = mapped_column(default=_mobile_of)
    """Kept beside the address, which no query can read: whether a text message can reach it (`is_mobile`)."""
    stopped_at: Mapped[datetime | None]
    """Since when its holder wants nothing proactive (`stop`); `resume` clears it."""
    left_at: Mapped[datetime | None]
    """Since when the account cannot be written to: it unfollowed the office or blocked the bot. Coming back clears
    it."""
    heard_at: Mapped[datetime | None]
    """When a word last came from it: whoever writes has a phone that works."""
    same_as: Mapped[UUID | None] = mapped_column(ForeignKey("contact_point.id"), index=True)
    """The phone that this account's holder has shared: what went to the phone counts for the account too."""
    created_at: Mapped[datetime]


class PersonContact(Base):
    """The link of a person and a contact point."""

    __tablename__ = "person_contact"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact_point.id"), primary_key=True, index=True)
    commune_code: Mapped[CommuneCode]
    holder: Mapped[Holder] = mapped_column(default=Holder.UNKNOWN)
    relation: Mapped[str | None]
    """What the holder is to the person, in the roster's words."""
    rank: Mapped[int] = mapped_column(default=0)
    """The order in which the roster names them: the smallest is tried first."""
    confirmed_at: Mapped[datetime | None]
    unlinked_at: Mapped[datetime | None]
    """Set by "wrong number": never messaged again for that person."""
