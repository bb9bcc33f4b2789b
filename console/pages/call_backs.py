"""Calls to make: people who rang the hotline, numbers that officers noted, and a beneficiary's own yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.call_words import OUTCOMES, SOURCES, ends_for
from console.desk import current_desk, found, log_view, scoped
from console.elsewhere import note_number
from console.permissions import Action, for_action
from console.reading.call_queue import CallRow, call_counts, calls, one_call
from console.reading.shelves import Shelf
from console.reading.staff_names import staff_names
from conversations.hotline_settings import exchange_settings
from core.clock import now
from language.phones import group_phone, normalise_phone
from outreach import follow_ups
from outreach.follow_up import FollowUp, FollowUpOutcome, FollowUpSource
from outreach.follow_ups import LONGEST_NOTE, FollowUpTaken
from roster.claim import Claim
from roster.claim_errors import ClaimRefused
from roster.commune import Commune
from roster.deaths import confirm_death
from roster.people import search
from roster.person import Person
from roster.verification import record_agreement

blueprint = Blueprint("call_backs", __name__, url_prefix="/goi-lai")
MOST_FOUND = 10


@blueprint.get("/")
@for_action(Action.CALL_BACKS)
def queue() -> str:
    """What waits, the one due first at the top."""
    asked = request.args.get("xem", "")
    shelf = Shelf(asked) if asked in set(Shelf) else Shelf.WAITING
    with scoped() as session:
        staff_id = current_desk().staff_id
        rows = calls(session, shelf, staff_id)
        return render_template(
            "call_backs/queue.html",
            rows=rows,
            shelf=shelf,
            at=now(),
            counts=call_counts(session, staff_id),
            names=staff_names(session, [row.task.taken_by for row in rows]),
            communes=_own_communes(session),
            sources=SOURCES,
            outcomes=OUTCOMES,
        )


@blueprint.post("/")
@for_action(Action.CALL_BACKS)
def note() -> Response:
    """A number that somebody left at the desk: to be called back."""
    phone = normalise_phone(request.form.get("phone", ""))
    with scoped() as session:
        communes = {commune.code for commune in _own_communes(session)}
    commune = request.form.get("commune") or (communes.pop() if len(communes) == 1 else "")
    if phone is None:
        flash("Số điện thoại chưa đúng. Ví dụ: 0912 345 678, 024 3825 1234.", "error")
        return redirect(url_for("call_backs.queue"))
    if commune and not current_desk().sees(commune):
        abort(403)
    task_id = note_number(phone, commune or None, current_desk().staff_id, now() + exchange_settings().call_back_within)
    with scoped() as session:
        seen = one_call(session, task_id) is not None
    flash(f"Đã ghi số {group_phone(phone)} vào danh sách gọi lại.", "success")
    return redirect(url_for("call_backs.task_page", task_id=task_id) if seen else url_for("call_backs.queue"))


@blueprint.get("/<int:task_id>")
@for_action(Action.CALL_BACKS)
def task_page(task_id: int) -> str:
    """One call: the number, whom it is about, and what to do."""
    with scoped() as session:
        row = _found(session, task_id)
        log_view(session, f"follow_up:{task_id}", row.task.commune_code, "phone")
        return render_template("call_backs/one.html", **_shown(session, row))


@blueprint.post("/<int:task_id>/nhan")
@for_action(Action.CALL_BACKS)
def take_it(task_id: int) -> Response:
    """Take the call: the first who asks gets it."""
    return _do(task_id, lambda session: follow_ups.take(session, task_id, current_desk().staff_id, now()))


@blueprint.post("/<int:task_id>/tra-lai")
@for_action(Action.CALL_BACKS)
def give_back(task_id: int) -> Response:
    """Leave it to a colleague."""
    return _do(task_id, lambda session: follow_ups.give_back(session, task_id, current_desk().staff_id, now()))


@blueprint.post("/<int:task_id>/khong-nghe")
@for_action(Action.CALL_BACKS)
def no_answer(task_id: int) -> Response:
    """Nobody answered: its next turn comes later."""
    again_at = now() + exchange_settings().call_back_within

    def do(session: Session) -> None:
        follow_ups.note_no_answer(session, task_id, current_desk().staff_id, now(), again_at)
        flash("Đã ghi: không nghe máy. Việc này sẽ hiện lại để gọi lần sau.", "info")

    return _do(task_id, do, to_queue=True)


@blueprint.post("/<int:task_id>/tim")
@for_action(Action.CALL_BACKS)
def find_person(task_id: int) -> str:
    """People whom the call may be about."""
    query = request.form.get("query", "").strip()
    with scoped() as session:
        row = _found(session, task_id)
        people = search(session, query, MOST_FOUND) if query else []
        return render_template("parts/people_to_call.html", row=row, people=people, query=query)


@blueprint.post("/<int:task_id>/gan")
@for_action(Action.CALL_BACKS)
def tie(task_id: int) -> Response:
    """Say whom the call is about."""
    person_id = request.form.get("person_id", type=UUID)

    def do(session: Session) -> None:
        if person_id is not None:
            follow_ups.tie(session, task_id, found(session, Person, person_id), current_desk().staff_id, now())

    return _do(task_id, do)


@blueprint.post("/<int:task_id>/nguoi-huong-dong-y")
@for_action(Action.CALL_BACKS)
def agreed(task_id: int) -> Response:
    """The beneficiary has said yes to what a relative declared."""

    def do(session: Session) -> None:
        task = _found(session, task_id).task
        if task.claim_id is None:
            abort(400)
        session.get_one(Claim, task.claim_id, with_for_update=True)  # before the audit log's one lock
        follow_ups.close(session, task_id, current_desk().staff_id, FollowUpOutcome.AGREED, "", now())
        record_agreement(session, task.claim_id, current_desk().staff_id, now(), "gọi lại")
        flash("Đã ghi: chính người hưởng đồng ý.", "success")

    return _do(task_id, do, to_queue=True)


@blueprint.post("/<int:task_id>/dong")
@for_action(Action.CALL_BACKS)
def close_it(task_id: int) -> Response:
    """Close with what came of it."""
    asked = request.form.get("outcome", "")

    def do(session: Session) -> None:
        row = _found(session, task_id)
        if asked not in set(ends_for(row.task)):
            flash("Xin chọn kết quả trước khi đóng.", "error")
            return
        outcome, staff_id = FollowUpOutcome(asked), current_desk().staff_id
        dead = row.person if outcome is FollowUpOutcome.DECEASED else None
        if dead is not None:
            session.refresh(dead, with_for_update=True)  # before the audit log's one lock
        follow_ups.close(session, task_id, staff_id, outcome, request.form.get("note", ""), now())
        if dead is not None:
            confirm_death(session, dead, staff_id, now())
        flash("Đã đóng.", "success")

    return _do(task_id, do)


def _do(task_id: int, what: Callable[[Session], object], *, to_queue: bool = False) -> Response:
    """Do it and show the call again, or the queue; say so where a colleague was first."""
    try:
        with scoped() as session:
            _found(session, task_id)
            what(session)
    except FollowUpTaken:
        flash("Việc này chưa do anh/chị nhận, hoặc đã được đóng.", "error")
        return redirect(url_for("call_backs.task_page", task_id=task_id))
    except ClaimRefused as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("call_backs.task_page", task_id=task_id))
    return redirect(url_for("call_backs.queue") if to_queue else url_for("call_backs.task_page", task_id=task_id))


def _found(session: Session, task_id: int) -> CallRow:
    row = one_call(session, task_id)
    if row is None:
        abort(404)
    return row


def _own_communes(session: Session) -> list[Commune]:
    """The communes for which this desk may note a number; none to choose from where it sees the whole city."""
    desk = current_desk()
    if desk.sees_all:
        return []
    return list(session.scalars(select(Commune).where(Commune.code.in_(desk.communes)).order_by(Commune.name)))


def _shown(session: Session, row: CallRow) -> dict[str, Any]:
    task: FollowUp = row.task
    return {
        "row": row,
        "task": task,
        "at": now(),
        "source": SOURCES[task.source],
        "outcomes": OUTCOMES,
        "ends": ends_for(task),
        "taken_by": staff_names(session, [task.taken_by]).get(task.taken_by or 0),
        "is_mine": task.taken_by == current_desk().staff_id and task.closed_at is None,
        "asks_for_yes": task.source is FollowUpSource.RELATIVE_YES,
        "claim": session.get(Claim, task.claim_id) if task.claim_id else None,
        "longest": LONGEST_NOTE,
    }
