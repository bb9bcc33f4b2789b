"""The register of requests: taken in with a number and deadlines, answered, put off once, ended. Each step is audited.

The audit log holds kinds, states and dates; what a person wrote and was told stays in the register, encrypted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from roster.person import Person
from roster.privacy.deadlines import end_of_day_after, end_of_working_day_after
from roster.privacy.request import CameBy, PrivacyRequest, RequestKind, RequestState
from roster.privacy.settings import privacy_settings
from roster.privacy.states import STATE_NAMES, may_become


class RequestRefused(ValueError):
    """A step on a request that cannot be made so; `str()` is a Vietnamese sentence for the officer."""


@dataclass(frozen=True)
class Asked:
    """What came in. `received_at`: when the office got it, not when it is typed in."""

    kind: RequestKind
    came_by: CameBy
    asked_by: str
    asked: str
    received_at: datetime


def receive(session: Session, person: Person, asked: Asked, staff_id: int, now: datetime) -> PrivacyRequest:
    """Put a request into the register. Raises RequestRefused."""
    if not asked.asked.strip() or not asked.asked_by.strip():
        raise RequestRefused("Xin ghi ai yêu cầu và yêu cầu gì.")
    if asked.received_at > now:
        raise RequestRefused("Ngày nhận không thể sau hôm nay.")
    own = privacy_settings()
    made = PrivacyRequest(
        kind=asked.kind,
        person_id=person.id,
        commune_code=person.commune_code,
        came_by=asked.came_by,
        asked_by=asked.asked_by.strip(),
        asked=asked.asked.strip(),
        received_at=asked.received_at,
        received_by=staff_id,
        answer_by=end_of_working_day_after(asked.received_at, own.answer_working_days),
        due_at=end_of_day_after(asked.received_at, own.days_for(asked.kind)),
        state=RequestState.RECEIVED,
    )
    session.add(made)
    session.flush()
    after = {"kind": made.kind.value, "due": made.due_at.date().isoformat(), "state": made.state.value}
    _record(session, made, "privacy.received", staff_id, now, {}, after)
    return made


def answer(session: Session, request: PrivacyRequest, staff_id: int, now: datetime) -> None:
    """The person was told how and until when it is dealt with. Raises RequestRefused."""
    _move(session, request, RequestState.ANSWERED, "privacy.answered", staff_id, now)
    request.answered_at = now


def extend(session: Session, request: PrivacyRequest, reason: str, staff_id: int, now: datetime) -> None:
    """Put the deadline off, which is allowed once and with a reason. Raises RequestRefused."""
    locked = _locked(session, request)
    if locked.closed_at is not None:
        raise RequestRefused("Yêu cầu đã khép lại.")
    if locked.extended_for is not None:
        raise RequestRefused("Yêu cầu này đã gia hạn một lần, không gia hạn thêm được.")
    if not reason.strip():
        raise RequestRefused("Xin ghi lý do gia hạn, như đã báo cho người dân.")
    before = {"due": locked.due_at.date().isoformat()}
    locked.due_at += timedelta(days=privacy_settings().extension_days)
    locked.extended_for = reason.strip()
    _record(session, locked, "privacy.extended", staff_id, now, before, {"due": locked.due_at.date().isoformat()})


def close(
    session: Session, request: PrivacyRequest, to: RequestState, outcome: str, staff_id: int, now: datetime
) -> None:
    """End the request: done, refused or dropped; `outcome` is what the person was told. Raises RequestRefused."""
    if not outcome.strip():
        raise RequestRefused("Xin ghi đã làm gì, hoặc vì sao không làm được, như đã báo cho người dân.")
    _move(session, request, to, "privacy.closed", staff_id, now)
    request.closed_at, request.closed_by, request.outcome = now, staff_id, outcome.strip()


def is_late(request: PrivacyRequest, now: datetime) -> bool:
    """Whether a deadline has passed: that of the first answer, or that of the whole."""
    if request.closed_at is not None:
        return request.closed_at > request.due_at
    return now > request.due_at or (request.answered_at is None and now > request.answer_by)


def _move(
    session: Session, request: PrivacyRequest, to: RequestState, action: str, staff_id: int, now: datetime
) -> None:
    locked = _locked(session, request)
    if not may_become(locked.state, to):
        raise RequestRefused(f"Yêu cầu đang ở bước “{STATE_NAMES[locked.state]}”: có thể cán bộ khác vừa xử lý.")
    before, locked.state = {"state": locked.state.value}, to
    _record(session, locked, action, staff_id, now, before, {"state": to.value})


def _locked(session: Session, request: PrivacyRequest) -> PrivacyRequest:
    """As it stands now, locked for this transaction."""
    query = select(PrivacyRequest).where(PrivacyRequest.id == request.id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _record(
    session: Session,
    request: PrivacyRequest,
    action: str,
    staff_id: int,
    now: datetime,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    subject, actor = f"privacy_request:{request.id}", audit.staff_actor(staff_id)
    audit.record(session, now, actor, action, subject, commune_code=request.commune_code, before=before, after=after)
