"""Visits: who is to be seen at home, the printed list with its codes, the hamlet's workbook, what was noted."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console import returned_desk
from console.desk import current_desk, found, log_view, scoped
from console.downloads import send_workbook
from console.permissions import Action, for_action
from console.reading.commune_choice import chosen_commune, communes_in_sight
from console.reading.list_scope import chosen_campaign
from console.reading.visits import lines_of, lists_made
from console.scan_codes import scan_code
from console.visit_words import ON_PAPER, OUTCOMES, REASONS, TO_CHOOSE, visit_said, workbook_wording
from core import audit
from core.clock import now, today
from outreach.not_reached import not_reached
from roster.campaign import Campaign
from roster.commune import Commune, office_of
from roster.person import Person
from roster.returned.returned_file import ReturnedKind
from roster.returned.staging import ReadRow
from roster.visiting.choosing import areas_of, of_area, to_visit
from roster.visiting.making import MOST_ON_A_LIST, VisitRefused, make_list, row_by_token, rows_of
from roster.visiting.noting import BY_HAND, Visit, note_visit
from roster.visiting.visit_list import VisitList, VisitOutcome, VisitReason, VisitRow
from roster.visiting.workbook import write_workbook
from roster.visiting.workbook_answers import AnswerReader
from roster.visiting.workbook_merging import apply_visits

blueprint = Blueprint("visits", __name__)


@blueprint.get("/di-tham/")
@for_action(Action.VISITS)
def overview() -> str:
    """Whom to see, by neighbourhood, and the lists made so far."""
    with scoped() as session:
        campaign = chosen_campaign(session, None)
        commune = chosen_commune(session)
        reasons = _reasons()
        people = to_visit(session, campaign.id, commune.code, not_reached(campaign.id), reasons) if (
            campaign and commune
        ) else []  # fmt: skip
        return render_template(
            "visits/overview.html",
            campaign=campaign,
            commune=commune,
            communes=communes_in_sight(session),
            areas=areas_of(people),
            people=len(people),
            most=MOST_ON_A_LIST,
            chosen=reasons,
            reasons=REASONS,
            lists=lists_made(session, campaign.id, commune.code if commune else None) if campaign else [],
            files=returned_desk.returned_files(session, ReturnedKind.VISITS),
            states=returned_desk.STATES,
        )


@blueprint.post("/di-tham/")
@for_action(Action.VISITS)
def make() -> Response:
    """Keep a list of one neighbourhood, or of the commune."""
    with scoped() as session:
        campaign, commune = chosen_campaign(session, None), chosen_commune(session)
        if campaign is None or commune is None:
            flash("Xin chọn xã, phường. Cần có một đợt khảo sát.", "error")
            return redirect(url_for("visits.overview"))
        area = request.form.get("area")
        people = to_visit(session, campaign.id, commune.code, not_reached(campaign.id), _reasons())
        try:
            made = make_list(
                session, campaign.id, commune.code, area, of_area(people, area), current_desk().staff_id, now()
            )
        except VisitRefused as refusal:
            flash(str(refusal), "error")
            return redirect(url_for("visits.overview", xa=commune.code))
        return redirect(url_for("visits.one_list", list_id=made.id))


@blueprint.get("/di-tham/<int:list_id>")
@for_action(Action.VISITS)
def one_list(list_id: int) -> str:
    """One list, and how far it is."""
    with scoped() as session:
        visit_list = _list(session, list_id)
        log_view(session, f"visit_list:{list_id}", visit_list.commune_code, "profile")
        return render_template("visits/list.html", **_shown(session, visit_list))


@blueprint.get("/di-tham/<int:list_id>/in")
@for_action(Action.VISITS)
def sheet(list_id: int) -> str:
    """The sheet to be printed: no category of allowance, no account, a code to scan for each person."""
    with scoped() as session:
        visit_list = _list(session, list_id)
        _taken_out(session, visit_list, "visit_list.printed")
        return render_template("visits/sheet.html", scan_code=scan_code, **_shown(session, visit_list))


@blueprint.get("/di-tham/<int:list_id>/so")
@for_action(Action.VISITS)
def workbook(list_id: int) -> Response:
    """The hamlet's workbook of the list."""
    file = BytesIO()
    with scoped() as session:
        visit_list = _list(session, list_id)
        title = _title(session, visit_list)
        _taken_out(session, visit_list, "visit_list.workbook")
        wording = workbook_wording()
        chosen = [OUTCOMES[outcome] for outcome in TO_CHOOSE]
        write_workbook(file, title, rows_of(session, visit_list), wording, chosen)
    return send_workbook(file, f"den tham {title} {today():%d-%m-%Y}".replace(",", ""))


@blueprint.get("/V/<token>")
@for_action(Action.VISITS)
def scanned(token: str) -> Response:
    """A printed code was scanned: the survey's form for whoever may ask it, else the row of the list."""
    with scoped() as session:
        row = row_by_token(session, token) or abort(404)
        if current_desk().may(Action.SURVEY):
            return redirect(url_for("survey_form.page", way="tai-nha", person_id=row.person_id, tham=row.id))
        return redirect(url_for("visits.row_page", row_id=row.id))


@blueprint.get("/di-tham/dong/<int:row_id>")
@for_action(Action.VISITS)
def row_page(row_id: int) -> str:
    """One person of a list: where, why, and what to note."""
    with scoped() as session:
        row = found(session, VisitRow, row_id)
        person = found(session, Person, row.person_id)
        log_view(session, f"person:{person.id}", person.commune_code, "profile")
        return render_template(
            "visits/row.html",
            row=row,
            person=person,
            reasons=REASONS,
            outcomes=OUTCOMES,
            by_hand=BY_HAND,
            today=today(),
            commune=session.get_one(Commune, person.commune_code).name,
        )


@blueprint.post("/di-tham/dong/<int:row_id>")
@for_action(Action.VISITS)
def note(row_id: int) -> Response:
    """What was found, where the survey could not be asked."""
    outcome, day = request.form.get("outcome", ""), _day(request.form.get("on", ""))
    with scoped() as session:
        person_id = found(session, VisitRow, row_id).person_id
        person = session.get(Person, person_id, with_for_update=True) or abort(404)
        row = session.get_one(VisitRow, row_id, with_for_update=True)
        if outcome not in BY_HAND or day is None or day > today():
            flash("Xin chọn kết quả và ghi ngày đến (không sau hôm nay).", "error")
            return redirect(url_for("visits.row_page", row_id=row_id))
        visit = Visit(VisitOutcome(outcome), day, request.form.get("note", ""))
        note_visit(session, row, person, visit, current_desk().staff_id, now())
        flash(_follows(visit.outcome), "success")
        return redirect(url_for("visits.one_list", list_id=row.visit_list_id))


@blueprint.post("/di-tham/so")
@for_action(Action.SURVEY)
def bring_back() -> Response:
    """A workbook filled in on visits."""

    def read(session: Session, file: BytesIO) -> list[ReadRow]:
        return AnswerReader(session, workbook_wording(), now()).read(file)

    return returned_desk.give_in(ReturnedKind.VISITS, read, "visits.one_file", url_for("visits.overview"))


returned_desk.add_file_pages(
    blueprint, "/di-tham/tep", ReturnedKind.VISITS, Action.SURVEY, visit_said, apply_visits, "Đến thăm nhà"
)


def _list(session: Session, list_id: int) -> VisitList:
    return found(session, VisitList, list_id)


def _shown(session: Session, visit_list: VisitList) -> dict[str, object]:
    commune = session.get_one(Commune, visit_list.commune_code)
    return {
        "list": visit_list,
        "lines": lines_of(session, visit_list),
        "title": _title(session, visit_list),
        "office": office_of(commune),
        "campaign": session.get_one(Campaign, visit_list.campaign_id),
        "reasons": REASONS,
        "outcomes": OUTCOMES,
        "on_paper": ON_PAPER,
    }


def _title(session: Session, visit_list: VisitList) -> str:
    commune = session.get_one(Commune, visit_list.commune_code).name
    return f"{commune}, {visit_list.neighbourhood}" if visit_list.neighbourhood else commune


def _taken_out(session: Session, visit_list: VisitList, action: str) -> None:
    actor = audit.staff_actor(current_desk().staff_id)
    audit.record(session, now(), actor, action, f"visit_list:{visit_list.id}",
                 commune_code=visit_list.commune_code, after={"people": visit_list.people})  # fmt: skip


def _reasons() -> list[VisitReason]:
    asked = [VisitReason(one) for one in request.values.getlist("vi") if one in set(VisitReason)]
    return asked or list(VisitReason)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _follows(outcome: VisitOutcome) -> str:
    match outcome:
        case VisitOutcome.DECEASED:
            return "Đã ghi. Hệ thống dừng nhắn tin về người này ngay; một cán bộ khác sẽ xác nhận."
        case VisitOutcome.MOVED:
            return "Đã ghi. Một cán bộ khác sẽ xem và hỏi lại nơi chuyển đến."
        case _:
            return "Đã ghi."
