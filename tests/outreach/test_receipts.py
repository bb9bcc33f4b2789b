"""Receipts: once each, in whatever order, never backwards."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from core.database import Role, transaction
from core.logs import configure_logging
from outreach.message import MessageState, Receipt
from outreach.reasons import Reason
from outreach.receipts import apply_waiting_receipts, take_receipt
from outreach.ticks import TICKS
from tests.outreach.conftest import read_settings_anew
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


def waiting() -> list[str]:
    """The ids of the receipts that wait for their message."""
    with transaction() as session:
        kept = select(Receipt.provider_message_id).where(Receipt.applied_at.is_(None)).order_by(Receipt.id)
        return list(session.scalars(kept))


def forget(office: Office) -> int:
    """What the tick of the clean-up does."""
    [tick] = [one for one in TICKS if one.name == "forget_receipts"]
    return tick.work(office.clock.now())


STRANGERS = "SM" + "0" * 32


def test_a_strangers_receipt_is_kept_for_days_and_harms_nothing(office: Office) -> None:
    person = sent(office)
    take(office, STRANGERS, "delivered")
    office.clock.advance(timedelta(days=13))
    assert (apply(office), forget(office)) == (0, 0)
    assert waiting() == [STRANGERS]
    assert office.message_of(person).state is MessageState.ACCEPTED
    assert office.message_of(person).delivered_at is None


def test_a_strangers_receipt_does_not_wait_for_ever(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Counted and logged by provider; the log names neither message nor anybody."""
    configure_logging("scheduler")
    take(office, STRANGERS, "delivered")
    take(office, STRANGERS, "sent")
    office.clock.advance(timedelta(days=13))
    take(office, "SM" + "1" * 32, "delivered")
    office.clock.advance(timedelta(days=2))
    assert [forget(office), forget(office)] == [2, 0]
    assert waiting() == ["SM" + "1" * 32]
    [line] = [json.loads(line) for line in capsys.readouterr().err.splitlines() if "foreign_receipts" in line]
    assert (line["event"], line["provider"], line["count"]) == ("foreign_receipts_forgotten", "twilio", 2)
    assert STRANGERS not in json.dumps(line)


def test_the_age_is_set(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_FOREIGN_RECEIPT_DAYS", "30")
    read_settings_anew()
    take(office, STRANGERS, "delivered")
    office.clock.advance(timedelta(days=29))
    assert forget(office) == 0
    office.clock.advance(timedelta(days=2))
    assert forget(office) == 1


def test_a_receipt_that_overtook_its_message_is_applied_however_late_it_is_known(office: Office) -> None:
    """The clean-up comes between, before the message is known and after: ours is never taken for a stranger's."""
    person = sent(office)
    sid = office.message_of(person).provider_message_id
    with transaction() as session:
        session.execute(text("UPDATE message SET state = 'unknown', provider_message_id = NULL"))
    take(office, sid, "delivered")
    office.clock.advance(timedelta(days=13))
    assert (apply(office), forget(office)) == (0, 0)
    with transaction() as session:
        session.execute(text("UPDATE message SET state = 'accepted', provider_message_id = :sid"), {"sid": sid})
    office.clock.advance(timedelta(days=2))  # nobody applied it meanwhile: the workers stood still
    assert (forget(office), apply(office)) == (0, 1)
    assert office.message_of(person).state is MessageState.DELIVERED
