"""Reading and writing the row of tokens. Each function is one short transaction: nothing is held during a call."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.audit import SYSTEM, Actor, record
from core.database import transaction
from core.logs import logger
from outreach.channels.zalo.oauth import Grant
from outreach.channels.zalo.token import ZaloToken

_log = logger(__name__)
_PAUSES = (0.5, 2.0, 5.0)
"""Seconds after each failure to write a new pair down: it is in this process alone, and the old one is used up."""


@dataclass(frozen=True)
class Kept:
    """The tokens as they stand in the database. Times are aware."""

    access_token: str | None
    access_expires_at: datetime | None
    refresh_token: str | None
    generation: int
    obtained_at: datetime | None
    refused_at: datetime | None

    def access_until(self, now: datetime) -> datetime | None:
        """The end of the access token, while it lives at `now`."""
        until = self.access_expires_at
        return until if self.access_token and until is not None and now < until else None


def read_tokens(oa_id: str) -> Kept | None:
    """The tokens of the OA; None before the first authorisation."""
    with transaction() as session:
        row = session.get(ZaloToken, oa_id)
        if row is None:
            return None
        return Kept(
            row.access_token, row.access_expires_at, row.refresh_token, row.generation, row.obtained_at, row.refused_at
        )


def note_asking(oa_id: str, now: datetime) -> None:
    """Write down that a request is about to leave."""
    with transaction() as session:
        session.execute(update(ZaloToken).where(ZaloToken.oa_id == oa_id).values(asking_since=now))


def note_no_answer(oa_id: str, reason: str, asked: bool) -> None:
    """Write down that no answer came; `asked` False takes the request back."""
    fields = {"last_error": reason} if asked else {"last_error": reason, "asking_since": None}
    with transaction() as session:
        session.execute(update(ZaloToken).where(ZaloToken.oa_id == oa_id).values(**fields))


def note_refused(oa_id: str, generation: int, code: str, now: datetime) -> bool:
    """Write down that Zalo refuses the refresh token of this generation; False when another pair is here meanwhile."""
    with transaction() as session:
        row = session.get(ZaloToken, oa_id, with_for_update=True)
        if row is None or row.generation != generation:
            return False
        first = row.lost_at is None
        row.lost_at, row.refused_at = row.lost_at or now, now
        row.last_error, row.asking_since = code, None
        if first:
            record(session, now, SYSTEM, "zalo.token_lost", f"zalo_token:{oa_id}", after={"error": code})
    return True


def keep_grant(
    oa_id: str, generation: int | None, grant: Grant, refresh_life: timedelta, now: datetime, by: Actor
) -> bool:
    """Commit a new pair; False when another pair than that of `generation` stands there (None: whatever stands there).

    Tries again while the database is away: nobody else has the pair. Raises OperationalError in the end.
    """
    for pause in _PAUSES:
        try:
            return _write(oa_id, generation, grant, refresh_life, now, by)
        except OperationalError as error:
            _log.error("zalo_token_not_yet_kept", error=type(error).__name__)
            time.sleep(pause)
    return _write(oa_id, generation, grant, refresh_life, now, by)


def keep_refresh_token(oa_id: str, refresh_token: str, refresh_life: timedelta, now: datetime, by: Actor) -> None:
    """Commit a refresh token that somebody has brought by hand; what stood there is gone."""
    with transaction() as session:
        token = _row(session, oa_id)
        token.access_token, token.access_expires_at = None, None
        token.refresh_token, token.refresh_expires_at = refresh_token, now + refresh_life
        _is_new(token, now)
        record(session, now, by, "zalo.token_brought", f"zalo_token:{oa_id}")


def note_warned(oa_id: str, now: datetime, pause: timedelta) -> bool:
    """Whether it is time to warn again, `pause` after the last time; noted as done."""
    with transaction() as session:
        token = session.get(ZaloToken, oa_id, with_for_update=True)
        if token is None or (token.warned_at is not None and now - token.warned_at < pause):
            return False
        token.warned_at = now
    return True


def _write(oa_id: str, generation: int | None, grant: Grant, refresh_life: timedelta, now: datetime, by: Actor) -> bool:
    with transaction() as session:
        token = _row(session, oa_id)
        if generation not in (None, token.generation):
            return False
        token.access_token, token.access_expires_at = grant.access_token, now + grant.access_lives
        token.refresh_token = grant.refresh_token
        token.refresh_expires_at = now + (grant.refresh_lives or refresh_life)
        _is_new(token, now)
        if by is not SYSTEM:
            record(session, now, by, "zalo.authorised", f"zalo_token:{oa_id}")
    return True


def _row(session: Session, oa_id: str) -> ZaloToken:
    """The OA's row, locked, made where there is none."""
    row = insert(ZaloToken).values(oa_id=oa_id, generation=0)
    session.execute(row.on_conflict_do_nothing(index_elements=[ZaloToken.oa_id]))
    return session.get_one(ZaloToken, oa_id, with_for_update=True, populate_existing=True)


def _is_new(token: ZaloToken, now: datetime) -> None:
    token.generation += 1
    token.obtained_at = now
    token.asking_since = token.lost_at = token.refused_at = token.warned_at = None
    token.last_error = None
