"""Accounts that rest: one that the provider has shut, or whose provider is away, sends nothing until a time."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from core.gauges import gauge, set_gauge


def pause_account(session: Session, account: str, until: datetime, now: datetime, why: str | None = None) -> None:
    """Let `account` send nothing before `until`. Kept as a gauge: seconds since 1970; why: Vietnamese, for managers."""
    set_gauge(session, _name(account), int(until.timestamp()), now, why)


def paused_until(session: Session, account: str) -> datetime | None:
    """Until when the account last was to rest; None when it never was."""
    found = gauge(session, _name(account))
    return None if found is None else datetime.fromtimestamp(found.value, UTC)


def is_paused(session: Session, account: str, now: datetime) -> bool:
    """Whether `account` rests at `now`."""
    until = paused_until(session, account)
    return until is not None and now < until


def why_paused(session: Session, account: str) -> str | None:
    """Why the account last was to rest, as a manager reads it."""
    found = gauge(session, _name(account))
    return None if found is None else found.note


def _name(account: str) -> str:
    return f"account_paused_until:{account}"
