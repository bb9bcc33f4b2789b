"""Changes that somebody asks for: another officer accepts or refuses each, the roster is never overwritten."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.change_words import SOURCES
from console.desk import current_desk, found, log_view, scoped
from console.permissions import Action, for_action
from console.reading.change_requests import waiting_changes
from console.reading.staff_names import staff_names
from core.clock import now
from roster.changes.change_request import ChangeRequest
from roster.changes.deciding import LONGEST_REASON, DecisionRefused, accept, refuse
from roster.changes.values import FIELD_NAMES, ValueRefused

blueprint = Blueprint("changes", __name__, url_prefix="/de-nghi-sua")


@blueprint.get("/")
@for_action(Action.CHANGES)
def waiting() -> str:
    """What waits for a decision, each beside what the roster says."""
    with scoped() as session:
        page = waiting_changes(session, request.args.get("trang", 1, type=int))
        for person in {line.person for line in page.lines}:
            log_view(session, f"person:{person.id}", person.commune_code, "profile", "citizen_id")
        return render_template(
            "changes/waiting.html",
            page=page,
            fields=FIELD_NAMES,
            sources=SOURCES,
            names=staff_names(session, [line.request.asked_by for line in page.lines]),
            longest=LONGEST_REASON,
        )


@blueprint.post("/<int:request_id>/sua")
@for_action(Action.CHANGES)
def accept_it(request_id: int) -> Response:
    """What was asked for stands in the roster from now on."""
    seen = request.form.get("seen", "")
    return _decided(
        request_id,
        lambda session: accept(session, request_id, seen, current_desk().staff_id, now()),
        "Đã nhận đề nghị.",
    )


@blueprint.post("/<int:request_id>/khong-sua")
@for_action(Action.CHANGES)
def refuse_it(request_id: int) -> Response:
    """The roster stays as it is."""
    reason = request.form.get("reason", "")
    return _decided(
        request_id,
        lambda session: refuse(session, request_id, reason, current_desk().staff_id, now()),
        "Đã ghi: không sửa.",
    )


def _decided(request_id: int, decide: Callable[[Session], ChangeRequest], done: str) -> Response:
    try:
        with scoped() as session:
            found(session, ChangeRequest, request_id)
            decide(session)
        flash(done, "success")
    except (DecisionRefused, ValueRefused) as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("changes.waiting"))
