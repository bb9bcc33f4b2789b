"""How fast an account goes after its provider has called it too fast: kept from run to run, and shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from core.gauges import gauge, set_gauge
from outreach.channels.provider import Account
from outreach.pace import Pace

FULL = 100


def first_pace(session: Session, account: Account) -> Pace:
    """Where a run begins."""
    found = gauge(session, _name(account))
    whole = Pace.full(account.wave_per_second)
    return whole if found is None or found.value >= FULL else whole.at(found.value)


def note_pace(session: Session, account: Account, pace: Pace, now: datetime) -> None:
    """Remember how fast the account goes."""
    slow = pace.percent < FULL
    why = f"Nhà cung cấp báo gửi quá nhanh: còn {pace.percent}% tốc độ, sẽ tăng dần lại." if slow else None
    set_gauge(session, _name(account), pace.percent, now, why)


def why_slow(session: Session, account: Account) -> str | None:
    """Why the account goes slower than it may, as a manager reads it; None where it does not."""
    found = gauge(session, _name(account))
    return None if found is None or found.value >= FULL else found.note


def _name(account: Account) -> str:
    return f"account_pace_percent:{account.name}"
