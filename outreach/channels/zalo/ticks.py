"""What the scheduler does again and again for the OA: its tokens replaced in time, its account looked at."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.database import transaction
from core.logs import logger
from outreach.channels.zalo.house import keeper
from outreach.channels.zalo.jobs import look_at_account
from outreach.channels.zalo.settings import zalo_settings
from outreach.channels.zalo.token_rows import note_warned
from outreach.channels.zalo.token_state import NEEDS_SOMEBODY, token_state
from outreach.ticks import Tick

_WARN_AGAIN = timedelta(days=1)
_log = logger(__name__)


def renew_token(now: datetime) -> int:
    """Replace the tokens when it is time."""
    return int(zalo_settings().configured and keeper().renew_when_due())


def watch_token(now: datetime) -> int:
    """Tell the operator, once a day, that the connection ends or has ended."""
    own = zalo_settings()
    if not own.configured:
        return 0
    with transaction() as session:
        state = token_state(session, own.oa_id)
    standing = state.standing(now, timedelta(days=own.warn_days))
    if standing not in NEEDS_SOMEBODY or not note_warned(own.oa_id, now, _WARN_AGAIN):
        return 0
    _log.error("zalo_needs_authorisation", standing=standing.value, ends=_day(state.refresh_expires_at))
    return 1


def look(now: datetime) -> int:
    """Ask for the day's quota and the state of the templates."""
    return look_at_account()


TICKS = (
    Tick("zalo_token", 60, renew_token),
    Tick("zalo_watch", 600, watch_token),
    Tick("zalo_account", 900, look),
)


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None
