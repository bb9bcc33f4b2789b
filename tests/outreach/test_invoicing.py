"""A month's count per provider account: what was taken, on Vietnam's days, and what may be billed besides."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import insert

from core.clock import VIETNAM
from core.database import transaction
from outreach.channels.registry import accounts
from outreach.invoicing import Doubt, MonthCount, count_month, months
from outreach.message import Attempt, AttemptOutcome, Message, MessageKind, MessageState
from outreach.reasons import Reason
from outreach.spending import spent
from tests.outreach.office import Office, new_phone

NOVEMBER = date(2026, 11, 1)


def moment(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def taken(office: Office, at: datetime | None, **columns: object) -> int:
    """A message that a provider took at `at`; an answer by SMS of one segment unless `columns` say otherwise."""
    usual = {
        "kind": MessageKind.REPLY, "channel": "sms", "account": "twilio", "provider": "twilio", "segments": 1,
        "state": MessageState.ACCEPTED, "body": "UBND phường trả lời.", "accepted_at": at, "due_at": moment(1, 8),
        "created_at": moment(1, 8), "changed_at": moment(1, 8), "contact_id": office.contact(new_phone()),
    }  # fmt: skip
    with transaction() as session:
        return session.execute(insert(Message).values(**{**usual, **columns}).returning(Message.id)).scalar_one()


def counted(first: date = NOVEMBER) -> MonthCount:
    with transaction() as session:
        return count_month(session, first)


def test_the_month_begins_and_ends_at_midnight_in_vietnam(office: Office) -> None:
    taken(office, moment(1, 0))
    taken(office, moment(30, 23, 59))
    taken(office, moment(31, 23, 59, month=10))
    taken(office, moment(1, 0, month=12))
    assert [line.day for line in counted().lines] == [date(2026, 11, 1), date(2026, 11, 30)]
    assert [len(counted(date(2026, month, 1)).lines) for month in (10, 12)] == [1, 1]
    with transaction() as session:
        assert months(session, date(2027, 1, 5)) == [date(2027, 1, 1), date(2026, 12, 1), NOVEMBER, date(2026, 10, 1)]


def test_what_is_billed_and_what_is_not(office: Office) -> None:
    """Whether it arrived does not matter; a rejected one and one that has not left are on no invoice."""
    for state in (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNDELIVERED):
        taken(office, moment(3, 9), state=state, segments=2)
    taken(office, None, state=MessageState.REJECTED)
    taken(office, None, state=MessageState.PLANNED)
    whole = counted().of("twilio")
    assert (whole.messages, whole.segments, whole.delivered, whole.undelivered) == (3, 6, 1, 1)


def test_a_waves_message_costs_what_was_committed_and_an_answer_the_present_price(office: Office) -> None:
    taken(office, moment(3, 9), kind=MessageKind.WAVE, price_dong=777)
    taken(office, moment(3, 9), segments=3)
    taken(office, moment(4, 9), kind=MessageKind.OFFICER)
    kinds = counted().by_account["twilio"]
    assert kinds[MessageKind.WAVE].dong == 777
    assert kinds[MessageKind.REPLY].dong == 3 * accounts()["twilio"].price_dong
    assert counted().of("twilio").dong == 777 + 4 * accounts()["twilio"].price_dong


def test_answers_cost_nothing_where_the_channel_bills_none(office: Office) -> None:
    taken(office, moment(3, 9), channel="zalo", account="zalo", provider="zalo")
    assert counted().of("zalo").dong == 0


def test_an_account_that_is_no_longer_set_up_has_a_count_and_no_price(office: Office) -> None:
    taken(office, moment(3, 9), account="cu", provider="esms")
    taken(office, moment(3, 10), account="cu", provider="esms", kind=MessageKind.WAVE, price_dong=850)
    whole = counted().of("cu")
    assert (whole.messages, whole.dong) == (2, None)


@pytest.mark.parametrize(
    ("state", "reason", "doubtful"),
    [
        (MessageState.UNKNOWN, Reason.NOBODY_CAN_TELL, True),
        (MessageState.CANCELLED, Reason.GIVEN_UP, True),
        (MessageState.CANCELLED, Reason.STOPPED, False),
    ],
)
def test_what_may_stand_on_the_invoice_too(office: Office, state: MessageState, reason: Reason, doubtful: bool) -> None:
    message = taken(office, None, state=state, reason=reason, kind=MessageKind.WAVE, price_dong=800, segments=2)
    with transaction() as session:
        session.add(Attempt(message_id=message, worker=1, started_at=moment(9, 9), finished_at=moment(9, 9),
                            outcome=AttemptOutcome.UNKNOWN))  # fmt: skip
    assert counted().doubts == ([Doubt("twilio", 1, 2, 800)] if doubtful else [])
    assert counted(date(2026, 12, 1)).doubts == [] and counted().lines == []


def test_a_wave_that_was_really_sent_is_counted_with_its_price(office: Office) -> None:
    for _ in range(3):
        office.person(new_phone())
    office.campaign(reminder=None)
    office.seal()
    office.send()
    local = office.clock.now().astimezone(VIETNAM).date()
    kinds = counted(local.replace(day=1)).by_account["twilio"]
    with transaction() as session:
        assert kinds[MessageKind.WAVE].messages == 3
        assert kinds[MessageKind.WAVE].dong == spent(session, office.campaign_id) > 0
