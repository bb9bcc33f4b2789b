"""The audit log: who changed what, from what, to what, and why. Chained by hash; nobody updates or deletes it.

The chain and the ban live in the database (migrations/): a trigger gives each row the hash of the one before.

Audit is written last. An entry takes the one lock of the whole chain until its transaction ends, so whoever holds it
must wait for nobody's row: a transaction first takes all its row locks, then records; one that changes many rows keeps
its entries and records them together at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.orm import Base


class AuditEntry(Base):
    """One change. `before` and `after` hold states and codes, never personal data in the clear."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject", "id"),
        Index("ix_audit_entry_actor", "actor", "id"),
        Index("ix_audit_entry_at", "at", postgresql_using="brin"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    commune_code: Mapped[str | None]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    after: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str]
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary, server_default=text("''::bytea"))
    hash: Mapped[bytes] = mapped_column(LargeBinary, server_default=text("''::bytea"))


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff, a citizen's thread, or a process."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


def staff_actor(staff_id: int) -> Actor:
    """The member of staff with this id."""
    return Actor("staff", str(staff_id))


SYSTEM = Actor("system", "loa")


def entry(
    at: datetime,
    actor: Actor,
    action: str,
    subject: str,
    *,
    commune_code: str | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """One entry, to be appended with `record_all`. `subject` is "table:key"."""
    return AuditEntry(
        at=at,
        actor=str(actor),
        action=action,
        subject=subject,
        commune_code=commune_code,
        before=before or {},
        after=after or {},
        reason=reason,
    )


def record(
    session: Session,
    at: datetime,
    actor: Actor,
    action: str,
    subject: str,
    *,
    commune_code: str | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Append one entry in `session`'s transaction. `subject` is "table:key"."""
    made = entry(at, actor, action, subject, commune_code=commune_code, before=before, after=after, reason=reason)
    record_all(session, [made])


def record_all(session: Session, entries: Sequence[AuditEntry]) -> None:
    """Append these entries in `session`'s transaction, after whatever it has changed so far.

    One flush would write entries before other tables (it goes by the names of classes), hence the flush before.
    """
    session.flush()
    session.add_all(entries)
