"""Past rehearsals: what they came to, and every conversation with what went otherwise. Invented people only."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from console import rehearsal_words
from console.permissions import Action, for_action
from console.reading.paging import place
from console.reading.rehearsals import (
    Shown,
    conversations,
    find,
    folders,
    kept,
    kept_count,
    neighbours,
    noted,
)
from conversations.rehearsal_report import Report

blueprint = Blueprint("rehearsals", __name__, url_prefix="/dien-tap")
REPORTS_ON_A_PAGE = 20
CITIZENS_ON_A_PAGE = 40


@blueprint.get("/")
@for_action(Action.REHEARSALS)
def past() -> str:
    """Every kept report, the newest first."""
    here = place(kept_count(), request.args.get("trang", 1, type=int), REPORTS_ON_A_PAGE)
    return render_template("rehearsals/all.html", reports=kept(here.before, REPORTS_ON_A_PAGE), place=here)


@blueprint.get("/<report_id>")
@for_action(Action.REHEARSALS)
def one_rehearsal(report_id: str) -> str:
    """One rehearsal's numbers and its citizens."""
    report = find(report_id) or abort(404)
    shown, folder = _asked(report)
    among = conversations(report, shown, folder)
    here = place(len(among), request.args.get("trang", 1, type=int), CITIZENS_ON_A_PAGE)
    return render_template(
        "rehearsals/one.html",
        report=report,
        report_id=report_id,
        rows=among[here.before : here.before + CITIZENS_ON_A_PAGE],
        place=here,
        folders=folders(report),
        **_filters(shown, folder),
    )


@blueprint.get("/<report_id>/<int:number>")
@for_action(Action.REHEARSALS)
def one_conversation(report_id: str, number: int) -> str:
    """One citizen's conversation, what was expected and what was found."""
    report = find(report_id) or abort(404)
    if not 1 <= number <= len(report.citizens):
        abort(404)
    citizen = report.citizens[number - 1]
    shown, folder = _asked(report)
    before, after = neighbours(conversations(report, shown, folder), number)
    return render_template(
        "rehearsals/talk.html",
        report=report,
        report_id=report_id,
        number=number,
        citizen=citizen,
        compared=rehearsal_words.compared(citizen, report.meanings),
        lines=noted(citizen),
        before=before,
        after=after,
        **_filters(shown, folder),
    )


def _asked(report: Report) -> tuple[Shown, str | None]:
    """What the page is narrowed to; what is not there narrows nothing."""
    shown, folder = request.args.get("xem", ""), request.args.get("loai")
    return Shown(shown) if shown in set(Shown) else Shown.ALL, folder if folder in folders(report) else None


def _filters(shown: Shown, folder: str | None) -> dict[str, Any]:
    """What every link of the page keeps, and the words."""
    asked = {"xem": shown.value if shown is Shown.FAILED else None, "loai": folder}
    return {"shown": shown, "folder": folder, "asked": asked, "words": rehearsal_words}
