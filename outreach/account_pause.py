"""Accounts that rest: one that the provider has shut sends nothing until a time."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from outreach.named_gauges import named_gauge, set_named_gauge


def pause_account(session: Session, account: str, until: datetime, now: datetime) -> None:
    """Let `account` send nothing before `until`. Kept as a gauge: seconds since 1970."""
    set_named_gauge(session, _name(account), int(until.timestamp()), now)


def paused_until(session: Session, account: str) -> datetime | None:
    """Until when the account last was to rest; None when it never was."""
    seconds = named_gauge(session, _name(account))
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def is_paused(session: Session, account: str, now: datetime) -> bool:
    """Whether `account` rests at `now`."""
    until = paused_until(session, account)
    return until is not None and now < until


def _name(account: str) -> str:
    return f"account_paused_until:{account}"
