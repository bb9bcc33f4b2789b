"""Sessions of staff and wrong attempts to sign in, kept in the database: they end and count over all processes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

import console.staff  # noqa: F401  # the table of a foreign key
from core.orm import Base, BigKey, UuidKey


class SessionEnd(StrEnum):
    """Why a session is over."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    TOO_LONG = "too_long"
    NEW_PASSWORD = "new_password"
    ADMINISTRATOR = "administrator"


class StaffSession(Base):
    """One sign-in, from its beginning to its end. The browser's cookie holds the id and nothing that counts by itself:
    a cookie copied before the sign-out opens nothing after it."""

    __tablename__ = "staff_session"

    id: Mapped[UuidKey]
    staff_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("staff.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When the member of staff last did something; what a page fetches by itself does not count."""
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[SessionEnd | None]


class SignInFailure(Base):
    """One wrong password, code or recovery code. Account and address are fingerprints: emails that were typed by
    mistake are nobody's business."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_account", "account_index", "at"),
        Index("ix_sign_in_failure_address", "address_index", "at"),
    )

    id: Mapped[BigKey]
    account_index: Mapped[bytes] = mapped_column(LargeBinary)
    address_index: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]
    forgiven_at: Mapped[datetime | None]
    """When an administrator opened the account again: it counts no more for the account."""
