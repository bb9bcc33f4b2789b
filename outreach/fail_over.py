"""Where a provider fails, another account of the same channel sends what the failing one has not begun.

Only rows that are certainly not with the failing provider move: planned ones. What is claimed or unknown stays, and is
looked up where it was sent. Nothing moves back: when the account works again it gets what is new.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, case, null, update
from sqlalchemy.orm import Session

from core.audit import SYSTEM, AuditEntry, entry, record_all
from core.logs import logger
from outreach.account_health import needs_help
from outreach.account_pause import is_paused, why_paused
from outreach.channels.provider import Account
from outreach.dispatch import queue_dispatch
from outreach.message import Message, MessageKind, MessageState

_log = logger(__name__)


def fail_over(session: Session, accounts: Mapping[str, Account], now: datetime) -> int:
    """Give the planned rows of accounts that fail to ones that work; how many rows moved. `accounts`: by name, the
    preferred ones first. Writes audit, so it comes last in its transaction."""
    entries: list[AuditEntry] = []
    moved = 0
    for failing in accounts.values():
        other = _substitute(session, failing, accounts, now) if needs_help(session, failing.name, now) else None
        rows = _move(session, failing, other) if other is not None else 0
        if other is not None and rows:
            moved += rows
            queue_dispatch(session, other.name)
            entries.append(_entry(session, failing, other, rows, now))
            _log.warning("failed_over", failing=failing.name, to=other.name, rows=rows)
    record_all(session, entries)
    return moved


def _substitute(session: Session, failing: Account, accounts: Mapping[str, Account], now: datetime) -> Account | None:
    """The first account of the same channel that does not rest."""
    same = (one for one in accounts.values() if one.channel == failing.channel and one.name != failing.name)
    return next((one for one in same if not is_paused(session, one.name, now)), None)


def _move(session: Session, failing: Account, other: Account) -> int:
    """One statement: a row that somebody claims at this moment stays with whoever claims it."""
    moved = session.connection().execute(
        update(Message)
        .where(Message.account == failing.name, Message.state == MessageState.PLANNED)
        .values(account=other.name, provider=other.provider, body=_body(), segments=_segments())
    )
    assert isinstance(moved, CursorResult)
    return moved.rowcount


def _body() -> ColumnElement[bytes | None]:
    """A wave's text is made anew: it may name the way to answer, and that is the account's."""
    return case((Message.kind == MessageKind.WAVE, null()), else_=Message.body)


def _segments() -> ColumnElement[int]:
    return case((Message.kind == MessageKind.WAVE, 0), else_=Message.segments)


def _entry(session: Session, failing: Account, other: Account, rows: int, now: datetime) -> AuditEntry:
    return entry(
        now,
        SYSTEM,
        "account.failed_over",
        f"account:{failing.name}",
        before={"account": failing.name},
        after={"account": other.name, "rows": rows},
        reason=why_paused(session, failing.name) or "",
    )
