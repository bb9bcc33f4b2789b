"""The survey form that an officer fills in, on the telephone or at the person's home: the bot's own questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.desk import current_desk, found, log_view, scoped
from console.permissions import Action, for_action
from console.reading.survey_state import phone_to_call, survey_state
from console.survey_sheet import Typed, entries, read_back, read_form, words_for
from console.survey_words import SPOKEN, problem_in_words
from console.words import CLAIM_STATES
from core.clock import now, today
from language.bank_list import all_banks
from outreach.follow_up import FollowUp, FollowUpOutcome
from outreach.follow_ups import FollowUpTaken, close
from roster.campaign import Campaign
from roster.people import counter_only
from roster.person import Person
from roster.survey.draft import Draft, Source
from roster.survey.drafts import running_campaign
from roster.survey.form import Form, NotReadBack, confirm, fingerprint, note_consent, open_form, write_down
from roster.survey.questions import MINOR_OR_WARD, Question
from roster.visiting.noting import Visit, note_visit
from roster.visiting.visit_list import VisitOutcome, VisitRow

blueprint = Blueprint("survey_form", __name__, url_prefix="/khao-sat")
WAYS = {"dien-thoai": Source.PHONE, "tai-nha": Source.VISIT}


@dataclass(frozen=True)
class Sheet:
    """One form in this request. `task`: the follow-up that it settles; `visit`: the row of a visit list."""

    person: Person
    campaign: Campaign
    form: Form
    task: FollowUp | None
    visit: VisitRow | None


@blueprint.get("/<way>/<uuid:person_id>")
@for_action(Action.SURVEY)
def page(way: str, person_id: UUID) -> str:
    """The form as far as it is filled in; before consent there is nothing but the question for it."""
    with scoped() as session:
        sheet = _sheet(session, way, person_id)
        log_view(session, f"person:{sheet.person.id}", sheet.person.commune_code, "survey_form")
        return render_template("survey/form.html", **_shown(session, sheet, open_form(session, sheet.form)))


@blueprint.post("/<way>/<uuid:person_id>/dong-y")
@for_action(Action.SURVEY)
def consent(way: str, person_id: UUID) -> Response:
    """What the person said to the question for consent."""
    said = request.form.get("consent")
    with scoped() as session:
        sheet = _sheet(session, way, person_id)
        if sheet.person.deceased_at is not None or said not in ("yes", "no"):
            abort(400)
        note_consent(session, sheet.form, current_desk().staff_id, said == "yes", now())
        _note(session, sheet, VisitOutcome.BEGUN if said == "yes" else VisitOutcome.REFUSED)
        if said == "no":
            flash("Đã ghi: người dân không đồng ý trả lời. Không câu nào được hỏi hay ghi thêm.", "info")
            return redirect(_back(sheet))
    return redirect(url_for("survey_form.page", way=way, person_id=person_id, **_opened_from()))


@blueprint.post("/<way>/<uuid:person_id>")
@for_action(Action.SURVEY)
def answers(way: str, person_id: UUID) -> str | Response:
    """Write down what was answered so far, and show what is to be asked next."""
    with scoped() as session:
        sheet = _sheet(session, way, person_id)
        draft = open_form(session, sheet.form)
        if draft is None:
            return _begin_anew(sheet, way)
        shown = _shown(session, sheet, draft, _write_down(session, draft))
        return render_template("parts/survey_sheet.html" if _is_htmx() else "survey/form.html", **shown)


@blueprint.post("/<way>/<uuid:person_id>/xac-nhan")
@for_action(Action.SURVEY)
def declare(way: str, person_id: UUID) -> str | Response:
    """The person has heard it all read back and finds it right. What was changed since is read back once more."""
    with scoped() as session:
        sheet = _sheet(session, way, person_id)
        draft = open_form(session, sheet.form)
        if draft is None:
            return _begin_anew(sheet, way)
        typed = _write_down(session, draft)
        try:
            if typed.problems:
                raise NotReadBack
            confirm(session, draft, request.form.get("read_back", ""), current_desk().staff_id, now())
        except NotReadBack:
            flash("Câu trả lời vừa đổi hoặc chưa đủ. Xin hỏi tiếp rồi đọc lại cho người dân nghe.", "info")
            return render_template("survey/form.html", **_shown(session, sheet, draft, typed))
        _settle(session, sheet)
        _note(session, sheet, VisitOutcome.DECLARED)
        relative = draft.answers.get(Question.RESPONDENT) == "relative"
    flash("Đã ghi nhận. Bản khai chuyển sang bước kiểm tra.", "success")
    if relative:
        flash("Người nhà trả lời: còn cần chính người hưởng đồng ý, việc gọi hỏi sẽ hiện ở mục Gọi lại.", "info")
    return redirect(_back(sheet))


def _sheet(session: Session, way: str, person_id: UUID) -> Sheet:
    if way not in WAYS:
        abort(404)
    person, campaign = found(session, Person, person_id), running_campaign(session)
    if campaign is None:
        flash("Hiện chưa có đợt khảo sát nào đang chạy.", "error")
        abort(404)
    task, source = _task(session, person), WAYS[way]
    form = Form(person, campaign.id, source, _contact(session, source, person, task))
    return Sheet(person, campaign, form, task, _visit(session, source, person))


def _task(session: Session, person: Person) -> FollowUp | None:
    """The follow-up that the form was opened from, if this desk has taken it and it is about this person."""
    task = session.get(FollowUp, _task_id(), with_for_update=True) if _task_id() else None
    mine = task is not None and task.taken_by == current_desk().staff_id and task.closed_at is None
    return task if task is not None and mine and task.person_id == person.id else None


def _task_id() -> int | None:
    return request.values.get("viec", type=int)


def _visit(session: Session, source: Source, person: Person) -> VisitRow | None:
    """The row of a visit list that the form was opened from, if it is this person's."""
    row_id = request.values.get("tham", type=int)
    row = session.get(VisitRow, row_id, with_for_update=True) if row_id and source is Source.VISIT else None
    return row if row is not None and row.person_id == person.id else None


def _opened_from() -> dict[str, Any]:
    return {name: value for name in ("viec", "tham") if (value := request.values.get(name))}


def _contact(session: Session, source: Source, person: Person, task: FollowUp | None) -> UUID | None:
    """The phone in use: the task's, else the person's first."""
    if source is Source.VISIT:
        return None
    if task is not None and task.contact_id is not None:
        return task.contact_id
    phone = phone_to_call(session, person.id)
    return phone.id if phone else None


def _write_down(session: Session, draft: Draft) -> Typed:
    typed = read_form(request.form, draft)
    minor = bool(request.form.get(MINOR_OR_WARD))
    taken = write_down(session, draft, typed.given, minor, current_desk().staff_id, now())
    typed.problems.update({refusal.question: problem_in_words(refusal) for refusal in taken.refused})
    return typed


def _settle(session: Session, sheet: Sheet) -> None:
    """The follow-up is done with the declaration; a colleague who has closed it meanwhile has closed it."""
    if sheet.task is None:
        return
    try:
        close(session, sheet.task.id, current_desk().staff_id, FollowUpOutcome.DECLARED, "", now())
    except FollowUpTaken:
        return


def _note(session: Session, sheet: Sheet, outcome: VisitOutcome) -> None:
    """How far the visit came stands on the list by itself; what was noted beside it stays."""
    if sheet.visit is not None:
        visit = Visit(outcome, today(), sheet.visit.note or "")
        note_visit(session, sheet.visit, sheet.person, visit, current_desk().staff_id, now())


def _begin_anew(sheet: Sheet, way: str) -> Response:
    flash("Biểu này đã được ghi nhận hoặc đã đóng.", "info")
    return redirect(url_for("survey_form.page", way=way, person_id=sheet.person.id, **_opened_from()))


def _back(sheet: Sheet) -> str:
    if sheet.task is not None:
        return url_for("call_backs.task_page", task_id=sheet.task.id)
    if sheet.visit is not None:
        return url_for("visits.one_list", list_id=sheet.visit.visit_list_id)
    return url_for("people.person_page", person_id=sheet.person.id)


def _is_htmx() -> bool:
    return bool(request.headers.get("HX-Request"))


def _shown(session: Session, sheet: Sheet, draft: Draft | None, typed: Typed | None = None) -> dict[str, Any]:
    at = now()
    words = words_for(session, sheet.person, draft.answers if draft else {}, at)
    complete = draft is not None and draft.open_question == Question.CONFIRM and not (typed and typed.problems)
    return {
        "person": sheet.person,
        "campaign": sheet.campaign,
        "task": sheet.task,
        "visit": sheet.visit,
        "way": next(way for way, source in WAYS.items() if source is sheet.form.source),
        "by_phone": sheet.form.source is Source.PHONE,
        "state": survey_state(session, sheet.person.id, sheet.campaign.id),
        "states": CLAIM_STATES,
        "counter_only": counter_only(sheet.person, today()),
        "draft": draft,
        "consent_words": SPOKEN[Question.CONSENT].format(**words),
        "entries": entries(session, draft, words, at, typed) if draft else [],
        "minor_or_ward": bool(draft and draft.answers.get(MINOR_OR_WARD)),
        "read_back": read_back(session, draft, at) if draft and complete else None,
        "read_back_words": SPOKEN[Question.CONFIRM].format(**words),
        "fingerprint": fingerprint(draft) if draft and complete else "",
        "banks": [bank.short_name for bank in all_banks()],
        "back": _back(sheet),
        "problems": bool(typed and typed.problems),
    }
