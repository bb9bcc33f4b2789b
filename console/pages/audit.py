"""The audit log for auditors: narrowed down by who, when and what; one matter's history; whether the log is whole."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from console.audit_words import ACTIONS, SUBJECTS
from console.desk import scoped
from console.permissions import Action, for_action
from console.reading.audit_log import Narrowed, all_staff, audit_page
from core import audit_chain
from language.codes import find_codes
from roster.people import find_by_reference

blueprint = Blueprint("audit", __name__, url_prefix="/nhat-ky")


@blueprint.get("/")
@for_action(Action.AUDIT)
def log() -> str:
    """The log, the newest first."""
    wanted = _narrowed()
    with scoped() as session:
        return render_template(
            "audit/log.html",
            page=audit_page(session, wanted),
            wanted=wanted,
            staff=all_staff(session),
            actions=sorted(ACTIONS.items(), key=lambda one: one[1]),
            subjects=SUBJECTS,
            asked={name: value for name, value in request.args.items() if name != "truoc"},
        )


@blueprint.post("/ma-ho-so")
@for_action(Action.AUDIT)
def of_code() -> Response:
    """The history of whoever has this file code. It is posted, so that it stands in no address and no proxy's log."""
    codes = find_codes(request.form.get("code", ""))
    with scoped() as session:
        person = find_by_reference(session, codes[0].value) if codes else None
    if person is None:
        flash("Không có mã hồ sơ này. Xin kiểm tra lại từng ký tự.", "error")
        return redirect(url_for("audit.log"))
    return redirect(url_for("history.of_person", person_id=person.id))


@blueprint.get("/kiem-tra")
@for_action(Action.AUDIT)
def check() -> str:
    """Hold every entry against the one before."""
    with scoped() as session:
        broken = audit_chain.verify(session)
        return render_template("audit/check.html", broken=broken, head=audit_chain.head(session))


def _narrowed() -> Narrowed:
    asked = request.args
    return Narrowed(
        actor=asked.get("ai") or None,
        subject=asked.get("doi-tuong") or None,
        action=asked.get("viec") or None,
        first_day=_day(asked.get("tu")),
        last_day=_day(asked.get("den")),
        before=asked.get("truoc", type=int),
    )


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
