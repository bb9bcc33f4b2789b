"""One row of a hamlet's workbook becomes what the officer's form would have made of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.claim import Claim
from roster.claim_states import STANDING
from roster.person import Person
from roster.returned.returned_file import ReturnedRow
from roster.returned.staging import Apply
from roster.survey.draft import Draft, Source
from roster.survey.form import Form, confirm, fingerprint, note_consent, open_form, write_down
from roster.survey.questions import Question
from roster.survey.taking import Given
from roster.visiting.noting import Visit, note_visit
from roster.visiting.visit_list import VisitList, VisitOutcome, VisitRow


def apply_visits(session: Session, staff_id: int, at: datetime) -> Apply:
    """Brings in the rows of one file, for `roster.returned.staging.merge_returned`."""

    def apply(row: ReturnedRow, person: Person) -> bool:
        return _apply(session, row, person, staff_id, at)

    return apply


def _apply(session: Session, row: ReturnedRow, person: Person, staff_id: int, at: datetime) -> bool:
    given: dict[str, Any] = row.values["given"]
    visited = session.get_one(VisitRow, given["visit_row"], with_for_update=True)
    campaign_id = session.get_one(VisitList, visited.visit_list_id).campaign_id
    outcome = VisitOutcome(given["outcome"])
    changed = False
    if outcome in (VisitOutcome.DECLARED, VisitOutcome.BEGUN):
        changed = _survey(session, person, campaign_id, given, outcome, staff_id, at)
    elif outcome is VisitOutcome.REFUSED and visited.outcome is not VisitOutcome.REFUSED:
        note_consent(session, _form(person, campaign_id), staff_id, False, at)
        changed = True
    visit = Visit(outcome, date.fromisoformat(given["on"]), given["note"])
    return note_visit(session, visited, person, visit, staff_id, at) or changed


def _survey(
    session: Session,
    person: Person,
    campaign_id: int,
    given: dict[str, Any],
    outcome: VisitOutcome,
    staff_id: int,
    at: datetime,
) -> bool:
    """Consent, the answers, and the declaration where all was read back; whether anything of it is new."""
    if _declared_so(session, person, campaign_id, given["answers"]):
        return False
    form = _form(person, campaign_id)
    draft = open_form(session, form)
    before = dict(draft.answers) if draft else None
    if draft is None:
        draft = note_consent(session, form, staff_id, True, at)
    answers = [Given(Question(name), value) for name, value in given["answers"].items()]
    write_down(session, draft, answers, given["minor"], staff_id, at)
    if outcome is VisitOutcome.DECLARED and draft.open_question == Question.CONFIRM:
        confirm(session, draft, fingerprint(draft), staff_id, at)
        return True
    return draft.answers != before


def _form(person: Person, campaign_id: int) -> Form:
    return Form(person, campaign_id, Source.VISIT, None)


def _declared_so(session: Session, person: Person, campaign_id: int, answers: dict[str, Any]) -> bool:
    """What a visit declared last says the same: answers that do not apply are left out of a declaration."""
    claim = session.scalars(
        select(Claim)
        .join(Draft, Draft.id == Claim.draft_id)
        .where(Claim.person_id == person.id, Claim.campaign_id == campaign_id, Claim.state.in_(STANDING))
        .where(Draft.source == Source.VISIT)
        .order_by(Claim.declared_at.desc())
        .limit(1)
    ).first()
    if claim is None:
        return False
    own = {Question.CONSENT.value, Question.CONFIRM.value}
    declared = {name: value for name, value in claim.answers.items() if name not in own}
    return declared.items() <= answers.items()
