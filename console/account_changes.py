"""What an administrator does to the account of another: the sessions it must end are ended, and it is audited."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from console import lock_out, sessions
from console.second_factor import forget_second_factor
from console.seed import hash_of
from console.sign_in_rows import SessionEnd
from console.staff import Staff
from core import audit


class OwnAccount(ValueError):
    """An administrator was to do this to the own account: somebody else must."""


class ReasonMissing(ValueError):
    """What weakens an account is written down with its reason."""


def switch(session: Session, staff: Staff, active: bool, by: audit.Actor, at: datetime) -> None:
    """Shut an account, or open it again; whoever is signed in with it is out. Raises OwnAccount."""
    _refuse_own(staff, by)
    before, staff.active = staff.active, active
    _sign_out_everywhere(session, staff, SessionEnd.ADMINISTRATOR, at)
    _record(session, "switch_staff", staff, by, at, {"active": before}, {"active": active})


def give_password(session: Session, staff: Staff, password: str, by: audit.Actor, at: datetime) -> None:
    """A password for somebody who forgot the own one: it serves for one sign-in. Raises OwnAccount."""
    _refuse_own(staff, by)
    staff.password, staff.must_change_password = hash_of(password), True
    lock_out.forgive(session, staff.email, at)
    _sign_out_everywhere(session, staff, SessionEnd.NEW_PASSWORD, at)
    _record(session, "new_password", staff, by, at)


def reset_second_factor(session: Session, staff: Staff, reason: str, by: audit.Actor, at: datetime) -> None:
    """Take away the second factor of somebody who lost phone and printed codes; where the role needs one, it is set up
    at the next sign-in. Raises OwnAccount, ReasonMissing."""
    _refuse_own(staff, by)
    if not reason.strip():
        raise ReasonMissing
    before = {"second_factor": staff.has_second_factor}
    forget_second_factor(staff)
    _sign_out_everywhere(session, staff, SessionEnd.ADMINISTRATOR, at)
    _record(session, "reset_second_factor", staff, by, at, before, {"second_factor": False}, reason.strip())


def unlock(session: Session, staff: Staff, by: audit.Actor, at: datetime) -> None:
    """Forget the wrong attempts that shut the account."""
    lock_out.forgive(session, staff.email, at)
    _record(session, "unlock_staff", staff, by, at)


def _refuse_own(staff: Staff, by: audit.Actor) -> None:
    if by == audit.staff_actor(staff.id):
        raise OwnAccount


def _sign_out_everywhere(session: Session, staff: Staff, why: SessionEnd, at: datetime) -> None:
    staff.fs_uniquifier = uuid4().hex
    sessions.end_all(session, staff.id, why, at)


def _record(
    session: Session,
    action: str,
    staff: Staff,
    by: audit.Actor,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    subject = f"staff:{staff.id}"
    audit.record(session, at, by, action, subject, before=before, after=after, reason=reason)
