"""The forecast of a wave over an account as it stands: its pace, its quota, what of it is used up today."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from outreach.account_quota import quota_left
from outreach.allowance import units_today
from outreach.calendar import Hours
from outreach.channels.provider import Account, Unit
from outreach.forecast import Forecast, forecast


def forecast_wave(
    session: Session, account: Account, messages: int, segments: int, start: datetime, hours: Hours
) -> Forecast:
    """How `messages` of `segments` together go out over `account` from `start` on, at its full pace.

    Where only the provider says what is left today, every day is taken to be as tight: it says nothing of tomorrow.
    """
    each = _units_each(account, messages, segments)
    per_second = account.wave_per_second / each
    if account.daily_quota is None:
        left = quota_left(session, account.name, start)
        tight = left is not None and left < messages
        return forecast(messages, per_second, start, hours, daily_quota=max(1, left or 0) if tight else None)
    quota = max(1, int(account.daily_quota / each))
    return forecast(
        messages,
        per_second,
        start,
        hours,
        daily_quota=quota,
        sent_today=int(units_today(session, account, start) / each),
    )


def _units_each(account: Account, messages: int, segments: int) -> float:
    """How many of the account's units a message of this wave takes on average."""
    if account.counts is Unit.MESSAGES or not messages:
        return 1.0
    return max(1.0, segments / messages)
