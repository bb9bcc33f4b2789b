"""Whether the audit log is whole: each entry's hash is of its own content and of the entry before it.

The database writes the chain (migrations/versions/0003_rights.py) and its function `audit_hash` reads it here. What the
chain cannot show by itself is that the last entries are missing: for that a hash noted earlier is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core.audit import AuditEntry

_FIRST_BROKEN = text(
    """
    SELECT id FROM (
        SELECT entry.id,
               entry.hash = audit_hash(entry) AS is_own,
               entry.previous_hash = coalesce(lag(entry.hash) OVER (ORDER BY entry.id), ''::bytea) AS follows
          FROM audit_entry entry
    ) chain
    WHERE NOT (is_own AND follows) ORDER BY id LIMIT 1
    """
)


@dataclass(frozen=True)
class Head:
    """Where the chain ends: how many entries there are, and the last one's hash (32 bytes; none in an empty log)."""

    entries: int
    hash: bytes


def verify(session: Session) -> int | None:
    """The id of the first entry that was changed or before which one is missing; None when the chain is whole.

    `session` must see every entry (the workers' role does): what it does not see counts as missing.
    """
    broken: int | None = session.scalar(_FIRST_BROKEN)
    return broken


def head(session: Session) -> Head:
    """The chain's present end, to be noted outside the database."""
    last = select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    return Head(session.scalar(select(func.count()).select_from(AuditEntry)) or 0, session.scalar(last) or b"")


def holds(session: Session, noted: bytes) -> bool:
    """Whether an entry with a hash that was noted earlier is still there: else the log was cut off or written anew."""
    return session.scalar(select(AuditEntry.id).where(AuditEntry.hash == noted).limit(1)) is not None
