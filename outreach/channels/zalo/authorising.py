"""A new authorisation: the console sends an administrator of the OA to Zalo's page and takes down the code that comes
back; a worker trades it, for workers alone read and write tokens.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import record, staff_actor
from core.database import transaction
from core.jobs import defer
from outreach.channels.zalo.keeper import TokenKeeper
from outreach.channels.zalo.oauth import GrantAway, GrantRefused
from outreach.channels.zalo.token import AuthorisationOutcome, ZaloAuthorisation

EXCHANGE, QUEUE = "outreach.zalo.exchange", "default"
LASTS = timedelta(minutes=30)
"""After this an authorisation that was begun has to be begun again; Zalo's code lives ten minutes."""


class AuthorisationRefused(ValueError):
    """What came back from Zalo's page is not taken; `str()` is Vietnamese and says why."""


def begin(session: Session, redirect_url: str, staff_id: int, now: datetime) -> ZaloAuthorisation:
    """A new authorisation, to be answered at `redirect_url` by the same member of staff."""
    begun = ZaloAuthorisation(
        state=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        redirect_url=redirect_url,
        staff_id=staff_id,
        started_at=now,
    )
    session.add(begun)
    session.flush()
    record(session, now, staff_actor(staff_id), "zalo.authorisation_begun", f"zalo_authorisation:{begun.id}")
    return begun


def latest(session: Session, staff_id: int, now: datetime) -> ZaloAuthorisation | None:
    """The authorisation that this member of staff began last, while it can still be of interest."""
    wanted = select(ZaloAuthorisation).where(
        ZaloAuthorisation.staff_id == staff_id, ZaloAuthorisation.started_at > now - LASTS
    )
    return session.scalars(wanted.order_by(ZaloAuthorisation.id.desc()).limit(1)).one_or_none()


@dataclass(frozen=True)
class Returned:
    """What Zalo's page sends back with the administrator."""

    state: str
    code: str
    oa_id: str


def receive(session: Session, back: Returned, oa_id: str, staff_id: int, now: datetime) -> None:
    """Take what came back, and have its code traded. `oa_id`: ours. Raises AuthorisationRefused."""
    begun = session.scalars(
        select(ZaloAuthorisation).where(ZaloAuthorisation.state == back.state).with_for_update()
    ).one_or_none()
    if begun is None or begun.staff_id != staff_id or begun.came_at is not None or now - begun.started_at > LASTS:
        raise AuthorisationRefused("Lượt kết nối này không còn dùng được. Xin bấm kết nối lại từ đầu.")
    if back.oa_id and back.oa_id != oa_id:
        raise AuthorisationRefused("Đã chọn một Official Account khác với tài khoản đã khai. Xin thử lại và chọn đúng.")
    if not back.code:
        raise AuthorisationRefused("Zalo không gửi mã về: có thể đã bấm từ chối. Xin thử lại.")
    begun.code, begun.came_at = back.code, now
    defer(session, EXCHANGE, lock=EXCHANGE, queue=QUEUE, authorisation_id=begun.id)


def trade(authorisation_id: int, keeper: TokenKeeper, now: datetime) -> None:
    """Trade the code of this authorisation, once. A code whose answer was lost is used up: one begins again."""
    with transaction() as session:
        begun = session.get_one(ZaloAuthorisation, authorisation_id)
    if begun.code is None or begun.ended_at is not None:
        return
    try:
        keeper.exchange(begun.code, begun.verifier, staff_actor(begun.staff_id))
    except GrantRefused as refusal:
        _end(authorisation_id, AuthorisationOutcome.REFUSED, now, str(refusal))
    except GrantAway as away:
        _end(authorisation_id, AuthorisationOutcome.NO_ANSWER, now, str(away))
    else:
        _end(authorisation_id, AuthorisationOutcome.GRANTED, now)


def _end(authorisation_id: int, outcome: AuthorisationOutcome, now: datetime, error: str | None = None) -> None:
    with transaction() as session:
        begun = session.get_one(ZaloAuthorisation, authorisation_id)
        begun.outcome, begun.ended_at, begun.error, begun.code = outcome, now, error, None
