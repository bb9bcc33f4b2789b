"""Receipts: once each, in whatever order, never backwards."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from core.database import Role, transaction
from outreach.message import Message, MessageState, Receipt
from outreach.reasons import Reason
from outreach.receipts import apply_waiting_receipts, take_receipt
from tests.outreach.office import Office, new_phone


def sent(office: Office) -> UUID:
    person = office.person(new_phone())
    office.campaign()
    office.seal()
    office.send()
    return person


def take(office: Office, provider_id: str | None, status: str, code: str | None = None) -> bool:
    """As the public door does it, in its own role."""
    assert provider_id is not None
    with transaction(Role.DOOR) as session:
        return take_receipt(session, "twilio", provider_id, status, code, office.clock.now())


def apply(office: Office) -> int:
    with transaction() as session:
        return apply_waiting_receipts(session, office.clock.now())


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        (["sent"], MessageState.ACCEPTED),
        (["queued", "sending", "sent", "delivered"], MessageState.DELIVERED),
        (["delivered", "sent"], MessageState.DELIVERED),
        (["delivered", "delivered"], MessageState.DELIVERED),
        (["delivered", "failed"], MessageState.DELIVERED),
        (["undelivered", "sent"], MessageState.UNDELIVERED),
        (["failed"], MessageState.UNDELIVERED),
        (["một trạng thái lạ"], MessageState.ACCEPTED),
    ],
)
@pytest.mark.parametrize("one_by_one", [True, False])
def test_the_table_of_states_decides(
    office: Office, statuses: list[str], state: MessageState, one_by_one: bool
) -> None:
    person = sent(office)
    for status in statuses:
        take(office, office.message_of(person).provider_message_id, status)
        if one_by_one:
            apply(office)
    apply(office)
    assert office.message_of(person).state is state


def test_many_receipts_are_applied_at_once(office: Office) -> None:
    people = [office.person(new_phone()) for _ in range(6)]
    office.campaign()
    office.seal()
    office.send()
    for number, person in enumerate(people):
        take(office, office.message_of(person).provider_message_id, "undelivered" if number % 3 == 0 else "delivered")
    assert apply(office) == 6
    states = [office.message_of(person).state for person in people]
    assert states == [MessageState.UNDELIVERED, MessageState.DELIVERED, MessageState.DELIVERED] * 2


def test_a_repeated_receipt_is_taken_once(office: Office) -> None:
    sid = office.message_of(sent(office)).provider_message_id
    assert take(office, sid, "delivered") is True
    assert take(office, sid, "delivered") is False
    assert apply(office) == 1
    assert apply(office) == 0


def test_a_receipt_before_the_acceptance_waits_and_is_applied_later(office: Office) -> None:
    person = sent(office)
    sid = office.message_of(person).provider_message_id
    with transaction() as session:
        session.execute(text("UPDATE message SET state = 'unknown', provider_message_id = NULL"))
    take(office, sid, "delivered")
    assert apply(office) == 0
    assert office.message_of(person).state is MessageState.UNKNOWN
    with transaction() as session:
        session.execute(text("UPDATE message SET state = 'accepted', provider_message_id = :sid"), {"sid": sid})
    assert apply(office) == 1
    assert office.message_of(person).state is MessageState.DELIVERED


@pytest.mark.parametrize(
    ("code", "reason"), [("30003", Reason.UNREACHABLE), ("30007", Reason.FAULTY), (None, Reason.UNREACHABLE)]
)
def test_what_did_not_arrive_says_why(office: Office, code: str | None, reason: Reason) -> None:
    person = sent(office)
    take(office, office.message_of(person).provider_message_id, "undelivered", code)
    apply(office)
    message = office.message_of(person)
    assert (message.error_code, message.reason) == (code, reason)


def test_the_delivery_time_is_the_receipts(office: Office) -> None:
    person = sent(office)
    came = office.clock.now()
    take(office, office.message_of(person).provider_message_id, "delivered")
    office.clock.advance(timedelta(hours=3))
    apply(office)
    delivered = office.message_of(person).delivered_at
    assert delivered is not None
    assert abs(delivered - came) < timedelta(minutes=1)


def test_one_job_waits_however_many_receipts_come(office: Office) -> None:
    people = [office.person(new_phone()) for _ in range(5)]
    office.campaign()
    office.seal()
    office.send()
    for person in people:
        take(office, office.message_of(person).provider_message_id, "sent")
    with transaction() as session:
        jobs = session.scalars(
            text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'outreach.apply_receipts'")
        )
        assert jobs.one() == 1


def test_a_strangers_receipt_is_kept_and_harms_nothing(office: Office) -> None:
    person = sent(office)
    take(office, "SM" + "0" * 32, "delivered")
    assert apply(office) == 0
    assert office.message_of(person).state is MessageState.ACCEPTED
    with transaction() as session:
        assert session.scalars(select(Receipt)).one().applied_at is None
        assert session.scalars(select(Message)).one().delivered_at is None
