"""What the payer and the welfare software answered, brought in: whom the money does not reach is called."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from outreach.follow_up import FollowUp, FollowUpKind, FollowUpOutcome, FollowUpSource
from outreach.own_yes import phone_of
from roster.payers import load_payers, payer_named
from roster.payment_results.applying import settle
from roster.payment_results.payment import PaymentOutcome
from roster.person import Person
from roster.returned.returned_file import ReturnedRow
from roster.returned.staging import Apply
from roster.sync_acceptance import SyncAnswer, accept

WITHIN = timedelta(days=3)


def apply_payments(session: Session, staff_id: int | None, at: datetime) -> Apply:
    """Brings in the rows of a payer's file, for `roster.returned.staging.merge_returned`."""

    def apply(row: ReturnedRow, person: Person) -> bool:
        given = row.values["given"]
        changed = settle(session, given, person, staff_id, at)
        if changed and given["outcome"] == PaymentOutcome.RETURNED:
            month = f"{given['month'][5:7]}/{given['month'][:4]}"
            why = given["reason"] or "nơi chi trả không ghi lý do"
            _call(session, person, FollowUpSource.PAYMENT_RETURNED, f"Tiền tháng {month} bị trả lại: {why}", at)
        elif changed and payer_named(given["payer"], load_payers()).account:
            _close(session, person.id, FollowUpSource.PAYMENT_RETURNED, at)
        return changed

    return apply


def apply_sync_answers(session: Session, staff_id: int, at: datetime) -> Apply:
    """Brings in the rows of the welfare software's answer, for `roster.returned.staging.merge_returned`."""

    def apply(row: ReturnedRow, person: Person) -> bool:
        given = row.values["given"]
        changed = accept(session, given, staff_id, at)
        if changed and given["answer"] == SyncAnswer.REFUSED:
            words = f"Phần mềm an sinh từ chối tài khoản: {given['reason']}"
            _call(session, person, FollowUpSource.SYNC_REFUSED, words, at)
        elif changed:
            _close(session, person.id, FollowUpSource.SYNC_REFUSED, at)
        return changed

    return apply


def _call(session: Session, person: Person, source: FollowUpSource, words: str, at: datetime) -> None:
    """A call for an officer to make, one a person and reason. The dead and the paused are not called."""
    if person.deceased_at is not None or person.paused_at is not None:
        return
    waits = exists().where(FollowUp.person_id == person.id, FollowUp.source == source, FollowUp.closed_at.is_(None))
    if session.scalar(select(waits)):
        return
    call = FollowUp(
        kind=FollowUpKind.CALL,
        source=source,
        person_id=person.id,
        contact_id=phone_of(session, person.id),
        commune_code=person.commune_code,
        opened_at=at,
        due_at=at + WITHIN,
        note=words,
    )
    session.add(call)
    session.flush()


def _close(session: Session, person_id: UUID, source: FollowUpSource, at: datetime) -> None:
    """Nobody needs to call any more; a call that an officer has taken stays with the officer."""
    session.execute(
        update(FollowUp)
        .where(FollowUp.person_id == person_id, FollowUp.source == source)
        .where(FollowUp.closed_at.is_(None), FollowUp.taken_by.is_(None))
        .values(closed_at=at, outcome=FollowUpOutcome.NEEDLESS)
        .execution_options(synchronize_session=False)
    )
