"""Sessions of staff: begun at the sign-in, looked at with every request, ended by hand, by the clock, or by somebody
with the right to. What counts is the row; the browser's cookie only names it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from console.sign_in_rows import SessionEnd, StaffSession
from console.sign_in_settings import sign_in_settings

KEPT_FOR = timedelta(days=90)
"""How long rows of ended sessions are kept."""
_NOTED_EVERY = timedelta(minutes=1)
"""A row is written at most so often, however fast somebody clicks."""


def begin(session: Session, staff_id: int, at: datetime) -> UUID:
    """A new session of this member of staff; old rows of the same one are cleared away."""
    session.execute(
        delete(StaffSession).where(StaffSession.staff_id == staff_id, StaffSession.began_at < at - KEPT_FOR)
    )
    begun = StaffSession(staff_id=staff_id, began_at=at, seen_at=at)
    session.add(begun)
    session.flush()
    return begun.id


def seen(session: Session, session_id: UUID, staff_id: int, at: datetime, *, attended: bool) -> SessionEnd | None:
    """Look at the session with a request at `at`: None while it goes on, else why it is over.

    `attended`: somebody did something; what a page fetches by itself keeps no session alive.
    """
    row = session.get(StaffSession, session_id)
    if row is None or row.staff_id != staff_id:
        return SessionEnd.SIGNED_OUT
    if row.ended_by is not None:
        return row.ended_by
    if over := _run_out(row, at):
        row.ended_at, row.ended_by = at, over
    elif attended and at - row.seen_at >= _NOTED_EVERY:
        row.seen_at = at
    return over


def end(session: Session, session_id: UUID, why: SessionEnd, at: datetime) -> None:
    """End this session, unless it is over."""
    ended = update(StaffSession).where(StaffSession.id == session_id, StaffSession.ended_at.is_(None))
    session.execute(ended.values(ended_at=at, ended_by=why))


def end_all(session: Session, staff_id: int, why: SessionEnd, at: datetime) -> None:
    """End every session of this member of staff, on whatever computer."""
    ended = update(StaffSession).where(StaffSession.staff_id == staff_id, StaffSession.ended_at.is_(None))
    session.execute(ended.values(ended_at=at, ended_by=why))


def _run_out(row: StaffSession, at: datetime) -> SessionEnd | None:
    if at - row.began_at > sign_in_settings().longest_session:
        return SessionEnd.TOO_LONG
    return SessionEnd.IDLE if at - row.seen_at > sign_in_settings().idle else None
