"""Lost answers: looked up after the settling time, never blindly repeated."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import pytest

from core.database import transaction
from outreach.channels.adapter import CannotTell, ChannelAdapter, LookUp, NotFound, Outcome, Outgoing
from outreach.channels.fuse import Fuse
from outreach.channels.registry import adapter_for
from outreach.ledger import check_ledger
from outreach.message import AttemptOutcome, Message, MessageState
from outreach.reasons import Reason
from outreach.replies import send_reply_messages
from outreach.resolving import Resolved, resolve_unsettled
from tests.outreach.conftest import read_settings_anew
from tests.outreach.office import Office, new_phone

SETTLED = timedelta(seconds=121)


def with_fault(office: Office, phone: str, kind: str, **fields: object) -> UUID:
    """An invitation whose sending struck a fault."""
    person = office.person(phone)
    office.campaign()
    office.seal()
    office.stand_in.fault(kind, count=1, **fields)
    office.send()
    return person


def resolve(office: Office) -> Resolved:
    return resolve_unsettled(office.clock.now(), adapter_for)


@pytest.mark.parametrize(
    ("kind", "taken"), [("dropped_after_accept", True), ("dropped", False), ("server_error", False)]
)
def test_a_lost_answer_is_looked_up(office: Office, kind: str, taken: bool) -> None:
    phone = new_phone()
    person = with_fault(office, phone, kind)
    message = office.message_of(person)
    assert (message.state, message.reason) == (MessageState.UNKNOWN, Reason.ANSWER_LOST)
    office.send()
    assert resolve(office) == Resolved()
    office.clock.advance(SETTLED)
    assert resolve(office) == (Resolved(found=1) if taken else Resolved(not_found=1))
    office.send()
    assert len(office.texts_to(phone)) == 1
    assert office.message_of(person).state is MessageState.ACCEPTED


def test_a_message_found_at_the_provider_keeps_its_id(office: Office) -> None:
    phone = new_phone()
    person = with_fault(office, phone, "dropped_after_accept")
    office.clock.advance(SETTLED)
    resolve(office)
    (taken,) = office.stand_in.messages("+84" + phone[1:])
    message = office.message_of(person)
    assert message.provider_message_id == taken["id"]
    (attempt,) = office.attempts(message.id)
    assert attempt.outcome == AttemptOutcome.FOUND


def test_two_equal_replies_with_lost_answers_are_told_apart(office: Office) -> None:
    """Each finds a message of its own; one that was not taken does not borrow the other's."""
    phone = new_phone()
    first, second = (office.reply(phone, "Dạ vâng ạ", reply_to=n) for n in (1, 2))
    office.stand_in.fault("dropped_after_accept", count=1)
    send_reply_messages([first])
    office.stand_in.fault("dropped", count=1)
    send_reply_messages([second])
    office.clock.advance(SETTLED)
    assert resolve(office) == Resolved(found=1, not_found=1)
    assert {office.message(id_).state for id_ in (first, second)} == {MessageState.ACCEPTED, MessageState.PLANNED}


def test_after_many_losses_a_human_decides(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_MOST_ATTEMPTS", "2")
    read_settings_anew()
    phone = new_phone()
    person = with_fault(office, phone, "dropped")
    office.stand_in.fault("dropped")
    for _ in range(3):
        office.stand_in.control.delete("/faults")
        office.clock.advance(timedelta(minutes=10))
        resolve(office)
        office.stand_in.fault("dropped")
        office.send()
    message = office.message_of(person)
    assert (message.state, message.reason) == (MessageState.HELD, Reason.TOO_MANY_ATTEMPTS)
    assert len(office.attempts(message.id)) == 2


class Mute:
    """A provider that cannot be asked."""

    def send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        raise AssertionError("nothing is sent while resolving")

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        return CannotTell(forever=True)


class DecidedMeanwhile:
    """While this one still looks, somebody else finds the message; its own answer comes too late."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        raise AssertionError("nothing is sent while resolving")

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        resolve(self.office)
        return NotFound()


def test_what_cannot_be_looked_up_stays_unknown_for_a_human(office: Office) -> None:
    phone = new_phone()
    person = with_fault(office, phone, "dropped")
    mute: ChannelAdapter = Mute()
    office.clock.advance(timedelta(days=2))
    assert resolve_unsettled(office.clock.now(), lambda account: mute) == Resolved(left=1)
    office.send()
    assert office.message_of(person).state is MessageState.UNKNOWN
    assert office.texts_to(phone) == []


def test_a_late_look_up_does_not_undo_an_earlier_decision(office: Office) -> None:
    phone = new_phone()
    person = with_fault(office, phone, "dropped_after_accept")
    office.clock.advance(SETTLED)
    late: ChannelAdapter = DecidedMeanwhile(office)
    assert resolve_unsettled(office.clock.now(), lambda account: late) == Resolved()
    assert office.message_of(person).state is MessageState.ACCEPTED


def test_the_ledger_balances_and_notices_when_it_does_not(office: Office) -> None:
    people = [office.person(new_phone()) for _ in range(4)]
    office.campaign()
    office.seal()
    office.stand_in.fault("dropped", count=1)
    office.send()
    with transaction() as session:
        assert check_ledger(session, office.clock.now()) == 0
    with transaction() as session:
        session.get_one(Message, office.message_of(people[0]).id).step_id = None
        broken = session.get_one(Message, office.message_of(people[1]).id)
        broken.state, broken.provider_message_id = MessageState.ACCEPTED, None
        session.flush()
        assert check_ledger(session, office.clock.now()) == 2
