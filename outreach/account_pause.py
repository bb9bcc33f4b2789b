"""Accounts that rest: one that the provider has shut, or whose provider is away, sends no wave until a time.

Replies are tried all the same, for somebody waits for them, unless the provider itself has named the time before which
it takes nothing: who knocks earlier is often made to wait longer.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil

from sqlalchemy.orm import Session

from core.gauges import gauge, set_gauge


def pause_account(session: Session, account: str, until: datetime, now: datetime, why: str | None = None) -> None:
    """Let `account` send nothing before `until`. Kept as a gauge: seconds since 1970; why: Vietnamese, for managers."""
    set_gauge(session, _name(account), ceil(until.timestamp()), now, why)


def paused_until(session: Session, account: str) -> datetime | None:
    """Until when the account last was to rest; None when it never was."""
    found = gauge(session, _name(account))
    return None if found is None else datetime.fromtimestamp(found.value, UTC)


def is_paused(session: Session, account: str, now: datetime) -> bool:
    """Whether `account` rests at `now`."""
    until = paused_until(session, account)
    return until is not None and now < until


def hold_until(session: Session, account: str, until: datetime, now: datetime) -> None:
    """Let `account` send nothing at all before `until`, which its provider has named; never less than before."""
    before = held_until(session, account)
    set_gauge(session, _held(account), ceil(max(until, before or until).timestamp()), now)


def held_until(session: Session, account: str) -> datetime | None:
    """Until when the provider of `account` last said that it takes nothing; None when it never did."""
    found = gauge(session, _held(account))
    return None if found is None else datetime.fromtimestamp(found.value, UTC)


def is_held(session: Session, account: str, now: datetime) -> bool:
    """Whether `account` sends nothing at `now`, replies included."""
    until = held_until(session, account)
    return until is not None and now < until


def why_paused(session: Session, account: str) -> str | None:
    """Why the account last was to rest, as a manager reads it."""
    found = gauge(session, _name(account))
    return None if found is None else found.note


def _held(account: str) -> str:
    return f"account_held_until:{account}"


def _name(account: str) -> str:
    return f"account_paused_until:{account}"
