"""Citizens' requests about their own data: the register, one request, and what is done for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.audit_words import REQUEST_KINDS
from console.desk import current_desk, found, scoped
from console.permissions import Action, for_action
from console.privacy_words import CAME_BY, PURPOSES
from console.reading.holdings import as_json, holdings
from console.reading.privacy_register import Shelf, register
from console.reading.staff_names import staff_names
from conversations.erasing import MatterOpen, erase_person
from core import audit
from core.clock import VIETNAM, now, today
from roster.commune import Commune
from roster.person import Person
from roster.privacy.register import Asked, RequestRefused, answer, close, extend, is_late, receive
from roster.privacy.request import CameBy, PrivacyRequest, RequestKind, RequestState
from roster.privacy.settings import privacy_settings
from roster.privacy.states import OPEN, STATE_NAMES
from roster.privacy.withdrawing import KEPT, withdraw_consent

type Work = Callable[[Session, PrivacyRequest], object]

blueprint = Blueprint("privacy", __name__, url_prefix="/quyen-du-lieu")
_ENDS = (RequestState.DONE, RequestState.REFUSED, RequestState.DROPPED)


@blueprint.get("/")
@for_action(Action.PRIVACY)
def all_requests() -> str:
    """The register: what is open, the nearest deadline first; or what is closed."""
    shelf = Shelf.CLOSED if request.args.get("xem") == Shelf.CLOSED else Shelf.OPEN
    with scoped() as session:
        rows = register(session, shelf)
        late = {row.request.id for row in rows if is_late(row.request, now())}
        return render_template(
            "privacy/register.html", rows=rows, late=late, shelf=shelf, kinds=REQUEST_KINDS, states=STATE_NAMES
        )


@blueprint.get("/moi/<uuid:person_id>")
@for_action(Action.PRIVACY)
def new_request(person_id: UUID) -> str:
    """The form for a request of this person."""
    with scoped() as session:
        person = found(session, Person, person_id)
    return render_template(
        "privacy/new.html", person=person, kinds=REQUEST_KINDS, ways=CAME_BY, today=today(), own=privacy_settings()
    )


@blueprint.post("/moi/<uuid:person_id>")
@for_action(Action.PRIVACY)
def take_in(person_id: UUID) -> Response:
    """Put it into the register."""
    try:
        with scoped() as session:
            made = receive(session, found(session, Person, person_id), _asked(), _me(), now())
            number = made.number
    except RequestRefused as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("privacy.new_request", person_id=person_id))
    flash(f"Đã ghi vào sổ, số {number}.", "success")
    return redirect(url_for("privacy.one", request_id=made.id))


@blueprint.get("/<int:request_id>")
@for_action(Action.PRIVACY)
def one(request_id: int) -> str:
    """One request, and what can be done for it."""
    with scoped() as session:
        asked = found(session, PrivacyRequest, request_id)
        return render_template(
            "privacy/one.html",
            asked=asked,
            person=session.get_one(Person, asked.person_id),
            late=is_late(asked, now()),
            is_open=asked.state in OPEN,
            kinds=REQUEST_KINDS,
            states=STATE_NAMES,
            ways=CAME_BY,
            kept=KEPT,
            names=staff_names(session, [asked.received_by, asked.closed_by]),
        )


@blueprint.post("/<int:request_id>/tra-loi")
@for_action(Action.PRIVACY)
def say_answered(request_id: int) -> Response:
    """The person was told how and until when it is dealt with."""
    return _step(request_id, lambda session, asked: answer(session, asked, _me(), now()), "Đã ghi là đã trả lời.")


@blueprint.post("/<int:request_id>/gia-han")
@for_action(Action.PRIVACY)
def put_off(request_id: int) -> Response:
    """Put the deadline off, once."""
    reason = request.form.get("reason", "")
    return _step(request_id, lambda session, asked: extend(session, asked, reason, _me(), now()), "Đã gia hạn.")


@blueprint.post("/<int:request_id>/khep")
@for_action(Action.PRIVACY)
def end(request_id: int) -> Response:
    """Done, refused, or no longer wanted."""
    to, outcome = request.form.get("state", ""), request.form.get("outcome", "")
    if to not in _ENDS:
        abort(400)
    return _step(
        request_id,
        lambda session, asked: close(session, asked, RequestState(to), outcome, _me(), now()),
        "Đã khép yêu cầu.",
    )


@blueprint.post("/<int:request_id>/du-lieu")
@for_action(Action.PRIVACY)
def export(request_id: int) -> Response | str:
    """All that is held on the person: a page to print, or a file. That it was taken out is in the audit log."""
    as_file = request.form.get("form") == "json"
    with scoped() as session:
        asked = found(session, PrivacyRequest, request_id)
        if asked.state not in OPEN:
            abort(403)
        person = session.get_one(Person, asked.person_id)
        sections = holdings(session, person)
        audit.record(
            session, now(), audit.staff_actor(_me()), "privacy.exported", f"person:{person.id}",
            commune_code=person.commune_code, after={"number": asked.number, "form": "json" if as_file else "page"},
        )  # fmt: skip
        commune = session.get_one(Commune, person.commune_code)
        if as_file:
            return _file(as_json(person, sections), asked.number)
        return render_template(
            "privacy/export.html", person=person, commune=commune, sections=sections, asked=asked, purposes=PURPOSES,
            kept=KEPT, at=now(),
        )  # fmt: skip


@blueprint.post("/<int:request_id>/rut-dong-y")
@for_action(Action.PRIVACY)
def withdraw(request_id: int) -> Response:
    """Do what follows from the withdrawal of consent."""

    def work(session: Session, asked: PrivacyRequest) -> None:
        person = session.get_one(Person, asked.person_id)
        withdraw_consent(session, person, audit.staff_actor(_me()), now(), asked.number)

    return _step(request_id, work, "Đã xóa phần khảo sát chưa chuyển đi, và dừng mọi tin mời, tin nhắc.")


@blueprint.post("/<int:request_id>/xoa")
@for_action(Action.PRIVACY)
def erase(request_id: int) -> Response:
    """Erase what may be erased."""

    def work(session: Session, asked: PrivacyRequest) -> None:
        erase_person(session, session.get_one(Person, asked.person_id), audit.staff_actor(_me()), now(), asked.number)

    return _step(request_id, work, "Đã xóa. Phần phải lưu theo luật được giữ lại, như ghi ở dưới.")


def _step(request_id: int, work: Work, said: str) -> Response:
    try:
        with scoped() as session:
            work(session, _open(session, request_id))
    except (RequestRefused, MatterOpen) as refusal:
        flash(str(refusal), "error")
    else:
        flash(said, "success")
    return redirect(url_for("privacy.one", request_id=request_id))


def _open(session: Session, request_id: int) -> PrivacyRequest:
    """The request, while something may be done for it. Raises RequestRefused."""
    asked = found(session, PrivacyRequest, request_id)
    if asked.state not in OPEN:
        raise RequestRefused("Yêu cầu đã khép lại, không làm thêm được. Xin ghi một yêu cầu mới.")
    return asked


def _asked() -> Asked:
    """The form. Raises RequestRefused."""
    form = request.form
    try:
        received = date.fromisoformat(form.get("received", ""))
        kind, came_by = RequestKind(form.get("kind", "")), CameBy(form.get("came_by", ""))
    except ValueError:
        raise RequestRefused("Xin chọn yêu cầu gì, đến bằng cách nào, và ngày nhận.") from None
    at = now() if received == today() else datetime.combine(received, time(8), VIETNAM)
    return Asked(kind, came_by, form.get("asked_by", ""), form.get("asked", ""), at)


def _file(data: dict[str, object], number: str) -> Response:
    file = BytesIO(json.dumps(data, ensure_ascii=False, indent=2).encode())
    return send_file(file, mimetype="application/json", as_attachment=True, download_name=f"{number}.json")


def _me() -> int:
    return current_desk().staff_id
