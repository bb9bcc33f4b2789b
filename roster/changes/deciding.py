"""Deciding on a change that was asked for: another officer accepts or refuses, seeing what the roster says now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.clock import VIETNAM
from language.text import fold_name
from roster.changes.change_request import ChangeField, ChangeRequest, ChangeState
from roster.changes.values import CORRECTABLE, read_value, text_of
from roster.deaths import confirm_death, dismiss_death
from roster.people import citizen_id_index
from roster.person import Person

LONGEST_REASON = 300


class DecisionRefused(Exception):
    """Why this cannot be decided so; `str()` is a Vietnamese sentence without personal data."""


def seen_value(person: Person, field: ChangeField) -> str:
    """Stands for what the roster says now: who decides must have seen just that."""
    return hashlib.sha256(f"{field.value}:{text_of(person, field)}".encode()).hexdigest()[:16]


def accept(session: Session, request_id: int, seen: str, staff_id: int, at: datetime) -> ChangeRequest:
    """The roster says from now on what was asked for.

    A move changes nothing in the roster: accepted, the other commune has been asked. Raises DecisionRefused, and
    `roster.changes.values.ValueRefused` for a text that the intake would not take.
    """

    def bring_in(request: ChangeRequest, person: Person) -> None:
        if seen != seen_value(person, request.field):
            raise DecisionRefused("Danh sách vừa thay đổi. Xin xem lại giá trị hiện nay rồi quyết định.")
        if request.field is ChangeField.DECEASED:
            confirm_death(session, person, staff_id, at)
        elif request.field in CORRECTABLE:
            _write(session, request, person, at)

    return _decide(session, request_id, ChangeState.ACCEPTED, bring_in, "", staff_id, at)


def refuse(session: Session, request_id: int, reason: str, staff_id: int, at: datetime) -> ChangeRequest:
    """The roster stays as it is; a death that was reported by mistake no longer keeps messages back. Raises
    DecisionRefused."""
    why = " ".join(reason.split())[:LONGEST_REASON]
    if not why:
        raise DecisionRefused("Xin ghi vì sao không sửa.")

    def leave(request: ChangeRequest, person: Person) -> None:
        if request.field is ChangeField.DECEASED and person.deceased_at is None:
            dismiss_death(session, person, staff_id, at)

    return _decide(session, request_id, ChangeState.REFUSED, leave, why, staff_id, at)


def _decide(
    session: Session,
    request_id: int,
    state: ChangeState,
    act: Callable[[ChangeRequest, Person], None],
    reason: str,
    staff_id: int,
    at: datetime,
) -> ChangeRequest:
    """The person is locked before the request, as everywhere else."""
    known = session.get(ChangeRequest, request_id)
    person = session.get(Person, known.person_id, with_for_update=True, populate_existing=True) if known else None
    if known is None or person is None:
        raise DecisionRefused("Không tìm thấy đề nghị này.")
    request = session.get_one(ChangeRequest, request_id, with_for_update=True, populate_existing=True)
    if request.state is not ChangeState.OPEN:
        raise DecisionRefused("Đề nghị này đã được quyết định.")
    if request.asked_by == staff_id:
        raise DecisionRefused("Anh/chị đã đề nghị việc này, nên một người khác phải quyết định.")
    act(request, person)
    request.state, request.decided_by, request.decided_at, request.reason = state, staff_id, at, reason or None
    audit.record(session, at, audit.staff_actor(staff_id), f"change.{state.value}", f"person:{person.id}",
                 commune_code=person.commune_code,
                 after={"field": request.field.value, "source": request.source.value})  # fmt: skip
    return request


def _write(session: Session, request: ChangeRequest, person: Person, at: datetime) -> None:
    values = read_value(request.field, request.new, at.astimezone(VIETNAM).date())
    if request.field is ChangeField.FULL_NAME:
        values["folded_name"] = fold_name(values["full_name"])
    if request.field is ChangeField.CITIZEN_ID:
        values["citizen_id_index"] = _free_index(session, person, values["citizen_id"])
    for column, value in values.items():
        setattr(person, column, value)


def _free_index(session: Session, person: Person, citizen_id: str) -> bytes:
    index = citizen_id_index(citizen_id)
    other = select(Person.id).where(Person.citizen_id_index == index, Person.id != person.id).limit(1)
    if session.scalar(other) is not None:
        raise DecisionRefused("Số CCCD này đang đứng ở hồ sơ của một người khác. Xin xem hai hồ sơ trước.")
    return index
