"""What follows from signing in and out, from new passwords and second factors: sessions begin and end, and the audit
log keeps it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask, session
from flask_login import user_logged_out  # type: ignore[import-untyped]
from flask_security import (
    logout_user,
    password_changed,
    tf_code_confirmed,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
)

from console import sessions
from console.lock_out import forgive
from console.sign_in_rows import SessionEnd
from console.staff import Staff
from core import audit
from core.clock import now
from core.database import ALL_COMMUNES, Role, transaction

SESSION_ID = "session_id"


def install_sign_in_events(app: Flask) -> None:
    """Listen to Flask-Security."""
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    password_changed.connect(_password_changed, app)
    tf_code_confirmed.connect(_second_factor_proved, app)
    tf_profile_changed.connect(_second_factor_set_up, app)
    tf_disabled.connect(_second_factor_off, app)


def session_id() -> UUID | None:
    """The session that the request's cookie names."""
    kept = session.get(SESSION_ID)
    return UUID(kept) if kept else None


def record(staff_id: int, action: str, **after: object) -> None:
    """What a member of staff did to the own account, in a transaction of its own."""
    with transaction(Role.CONSOLE, communes=(ALL_COMMUNES,), staff_id=staff_id) as database:
        audit.record(database, now(), audit.staff_actor(staff_id), action, f"staff:{staff_id}", after=dict(after))


def _signed_in(_: Flask, user: Staff, authn_via: list[str] | None = None, **__: Any) -> None:
    if authn_via == ["change"]:
        return  # the library signs in again after a change of the password: `_password_changed` ends that
    with transaction(Role.CONSOLE, communes=(ALL_COMMUNES,), staff_id=user.id) as database:
        session[SESSION_ID] = str(sessions.begin(database, user.id, now()))
        forgive(database, user.email, now())
        after = {"second_factor": user.has_second_factor}
        audit.record(database, now(), audit.staff_actor(user.id), "sign_in", f"staff:{user.id}", after=after)


def _signed_out(_: Flask, user: Staff, **__: Any) -> None:
    ended = session.pop(SESSION_ID, None)
    if ended is not None:
        with transaction(Role.CONSOLE) as database:
            sessions.end(database, UUID(ended), SessionEnd.SIGNED_OUT, now())


def _password_changed(_: Flask, user: Staff, **__: Any) -> None:
    """Whoever knew the old password is out everywhere; here, too, one signs in with the new one."""
    user.must_change_password = False
    with transaction(Role.CONSOLE) as database:
        sessions.end_all(database, user.id, SessionEnd.NEW_PASSWORD, now())
    record(user.id, "change_password")
    logout_user()


def _second_factor_proved(_: Flask, user: Staff, **__: Any) -> None:
    """Sent before every sign-in with a code: the first of them sets the factor up."""
    if user.mf_recovery_codes is None:
        record(user.id, "set_up_second_factor")


def _second_factor_set_up(_: Flask, user: Staff, **__: Any) -> None:
    user.mf_recovery_codes = None  # the old ones are of the old factor: new ones are printed next
    record(user.id, "set_up_second_factor")


def _second_factor_off(_: Flask, user: Staff, **__: Any) -> None:
    record(user.id, "disable_second_factor")
