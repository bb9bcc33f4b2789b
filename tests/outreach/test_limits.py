"""How often a phone is written to unasked: one thing a day and three messages in 24 hours, whoever sends them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, text

from core.clock import VIETNAM
from core.database import transaction
from outreach.calendar import DEFAULT_HOURS
from outreach.claiming import claim_wave
from outreach.dispatch import due_accounts
from outreach.limits import Limits, Written
from outreach.message import Message, MessageState
from outreach.worker_life import new_key
from tests.outreach.conftest import read_settings_anew
from tests.outreach.office import Office, new_phone

NOON = datetime(2026, 11, 10, 12, tzinfo=VIETNAM)
TOMORROW = datetime(2026, 11, 11, 7, 30, tzinfo=VIETNAM)
LIMITS = Limits(most_a_day=1, most_in_24_hours=3)


def hours_ago(hours: float, step: int = 1) -> Written:
    return Written(NOON - timedelta(hours=hours), step)


@pytest.mark.parametrize(
    ("written", "turn"),
    [
        ([], None),
        ([hours_ago(13)], None),  # yesterday
        ([hours_ago(11)], TOMORROW),  # today, another thing
        ([hours_ago(1, step=9)], None),  # today, the same thing over another channel
        ([hours_ago(1, step=9), hours_ago(2)], TOMORROW),
        ([hours_ago(23), hours_ago(22), hours_ago(13)], NOON + timedelta(hours=1)),
        ([hours_ago(23, 9), hours_ago(2, 9), hours_ago(1, 9)], NOON + timedelta(hours=1)),
        ([hours_ago(24), hours_ago(22), hours_ago(13)], None),
        ([hours_ago(23.5), hours_ago(15), hours_ago(14), hours_ago(13)], datetime(2026, 11, 11, 7, 30, tzinfo=VIETNAM)),
    ],
)
def test_whose_turn_it_is(written: list[Written], turn: datetime | None) -> None:
    assert LIMITS.next_turn(written, 9, NOON, DEFAULT_HOURS) == turn


def invited_twice(office: Office) -> list[int]:
    """Two campaigns that write to one phone; their rows."""
    office.person(new_phone())
    for _ in range(2):
        office.campaign()
        office.seal()
    with transaction() as session:
        return list(session.scalars(select(Message.id).order_by(Message.id)))


def states(office: Office, ids: list[int]) -> list[MessageState]:
    return [office.message(one).state for one in ids]


def test_one_thing_a_day_and_the_other_waits_for_the_next_morning(office: Office) -> None:
    ids = invited_twice(office)
    office.send()
    assert states(office, ids) == [MessageState.ACCEPTED, MessageState.PLANNED]
    assert office.message(ids[1]).due_at == TOMORROW
    assert office.send().looked_at == 0
    with transaction() as session:
        assert due_accounts(session, office.clock.now()) == []
    office.clock.set(TOMORROW)
    office.send()
    assert states(office, ids) == [MessageState.ACCEPTED, MessageState.ACCEPTED]


def test_several_things_of_one_day_wait_one_for_each_day(office: Office) -> None:
    invited_twice(office)
    office.campaign()
    office.seal()
    with transaction() as session:
        ids = list(session.scalars(select(Message.id).order_by(Message.id)))
    for days in range(3):
        office.clock.set(datetime(2026, 11, 10 + days, 11, tzinfo=VIETNAM))
        office.send()
        assert states(office, ids).count(MessageState.ACCEPTED) == days + 1


def test_a_limit_is_a_setting(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_MOST_A_DAY", "2")
    read_settings_anew()
    ids = invited_twice(office)
    office.send()
    assert states(office, ids) == [MessageState.ACCEPTED, MessageState.ACCEPTED]


@pytest.mark.parametrize("became", [MessageState.UNKNOWN, MessageState.CLAIMED, MessageState.DELIVERED])
def test_what_may_have_come_counts(office: Office, became: MessageState) -> None:
    ids = invited_twice(office)
    with transaction() as session:
        session.get_one(Message, ids[0]).state = became
    office.send()
    assert office.message(ids[1]).state is MessageState.PLANNED


@pytest.mark.parametrize("became", [MessageState.REJECTED, MessageState.CANCELLED, MessageState.HELD])
def test_what_never_came_does_not(office: Office, became: MessageState) -> None:
    ids = invited_twice(office)
    with transaction() as session:
        session.get_one(Message, ids[0]).state = became
    office.send()
    assert office.message(ids[1]).state is MessageState.ACCEPTED


def test_answers_are_no_proactive_messages(office: Office) -> None:
    phone = new_phone()
    office.person(phone)
    office.reply(phone, "Vâng", reply_to=1)
    office.campaign()
    office.seal()
    office.send()
    assert len(office.texts_to(phone)) == 1


def claim_all(office: Office, barrier: Barrier) -> None:
    """A worker that claims a few rows at a time until none is due; all workers begin at the same moment."""
    barrier.wait(timeout=30)
    while True:
        with transaction() as session:
            if not claim_wave(session, "twilio", 5, office.clock.now(), new_key()).looked_at:
                return


def test_workers_at_once_never_write_to_one_phone_both(office: Office) -> None:
    phones = [new_phone() for _ in range(30)]
    for phone in phones:
        office.person(phone)
    for _ in range(2):
        office.campaign()
        office.seal()
    barrier = Barrier(3)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: claim_all(office, barrier), range(3)))
    with transaction() as session:
        claimed = select(Message.contact_id).where(Message.state == MessageState.CLAIMED)
        assert sorted(session.scalars(claimed)) == sorted(office.contact(phone) for phone in phones)


def test_the_second_worker_waits_for_the_first(office: Office) -> None:
    """Without the lock on the phone the second would look before the first has committed, and claim too."""
    ids = invited_twice(office)
    with transaction() as first:
        assert len(claim_wave(first, "twilio", 1, office.clock.now(), new_key()).claimed) == 1
        with transaction() as second:
            second.execute(text("SET LOCAL lock_timeout = '300ms'"))
            with pytest.raises(Exception, match="lock timeout"):
                claim_wave(second, "twilio", 1, office.clock.now(), new_key())
            second.rollback()
    with transaction() as second:
        assert claim_wave(second, "twilio", 1, office.clock.now(), new_key()).claimed == []
    assert states(office, ids) == [MessageState.CLAIMED, MessageState.PLANNED]
