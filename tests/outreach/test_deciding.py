"""What a person decides about messages nobody can look up: only once it is proved that nobody sends them any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.database import transaction
from outreach.channels.adapter import CannotTell, ChannelAdapter, LookUp, Outcome, Outgoing
from outreach.channels.fuse import Fuse
from outreach.channels.registry import adapter_for
from outreach.deciding import Choice, Decided, decide
from outreach.ledger import unbalanced_rows
from outreach.message import Attempt, AttemptOutcome, MessageState
from outreach.reasons import Reason
from outreach.resolving import resolve_unsettled
from outreach.spending import spent
from outreach.standing import refusals_of
from outreach.worker_life import life
from tests.outreach.office import RELEASER, Office, new_phone

SETTLED = timedelta(seconds=121)


class Mute:
    """A provider that cannot be asked."""

    def send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        raise AssertionError("nothing is sent while resolving")

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        return CannotTell(forever=True)


def lost(office: Office, phone: str, *, taken: bool = False) -> UUID:
    """An invitation whose answer was lost, at a provider that cannot be asked; it has settled."""
    person = office.person(phone)
    office.campaign()
    office.seal()
    office.stand_in.fault("dropped_after_accept" if taken else "dropped", count=1)
    office.send()
    office.clock.advance(SETTLED)
    ask(office)
    assert office.message_of(person).reason == Reason.NOBODY_CAN_TELL
    return person


def ask(office: Office) -> None:
    mute: ChannelAdapter = Mute()
    resolve_unsettled(office.clock.now(), lambda account: mute)


def decided(office: Office, person: UUID, choice: Choice) -> Decided:
    with transaction() as session:
        message_id = office.message_of(person).id
        return decide(session, [message_id], choice, RELEASER, office.clock.now(), "đã gọi điện hỏi")


def balanced(office: Office) -> bool:
    with transaction() as session:
        return unbalanced_rows(session) == 0


def money(office: Office) -> int:
    with transaction() as session:
        return spent(session, office.campaign_id)


def test_what_arrived_is_delivered_by_a_persons_word_and_stays_paid(office: Office) -> None:
    phone = new_phone()
    person = lost(office, phone, taken=True)
    assert decided(office, person, Choice.ARRIVED) == Decided(done=1)
    message = office.message_of(person)
    assert (message.state, message.reason) == (MessageState.DELIVERED, Reason.STAFF_CONFIRMED)
    [attempt] = office.attempts(message.id)
    assert (attempt.outcome, message.accepted_at) == (AttemptOutcome.CONFIRMED, attempt.started_at)
    assert money(office) > 0 and balanced(office)
    office.send()
    assert len(office.texts_to(phone)) == 1


def test_what_did_not_arrive_goes_out_again_once(office: Office) -> None:
    phone = new_phone()
    person = lost(office, phone)
    assert decided(office, person, Choice.AGAIN) == Decided(done=1)
    assert money(office) == 0 and balanced(office)
    office.send()
    assert office.message_of(person).state is MessageState.ACCEPTED
    assert len(office.texts_to(phone)) == 1
    first, second = office.attempts(office.message_of(person).id)
    assert (first.outcome, second.outcome) == (AttemptOutcome.DENIED, AttemptOutcome.ACCEPTED)


def test_it_goes_out_again_under_a_new_key(office: Office) -> None:
    """A provider that keeps keys must not take what goes out anew for what it may have had."""
    person = lost(office, new_phone())
    assert decided(office, person, Choice.AGAIN).done
    with transaction() as session:
        assert session.scalar(select(refusals_of(office.message_of(person).id))) == 1


def test_what_is_given_up_is_closed_and_stays_paid(office: Office) -> None:
    phone = new_phone()
    person = lost(office, phone)
    before = money(office)
    assert decided(office, person, Choice.LEAVE) == Decided(done=1)
    message = office.message_of(person)
    assert (message.state, message.reason) == (MessageState.CANCELLED, Reason.GIVEN_UP)
    assert money(office) == before > 0 and balanced(office)
    office.send()
    assert office.texts_to(phone) == []


@pytest.mark.parametrize("choice", Choice)
def test_nothing_is_decided_while_the_worker_may_wake_up(office: Office, choice: Choice) -> None:
    """A frozen worker holds its lock: whatever a person believes, it may still send."""
    person = lost(office, new_phone())
    with life().run() as run:
        with transaction() as session:
            attempt = session.scalars(select(Attempt)).one()
            attempt.worker, attempt.finished_at, attempt.outcome = run.key, None, None
        assert decided(office, person, choice) == Decided(left=1)
        assert office.message_of(person).state is MessageState.UNKNOWN
    assert decided(office, person, choice) == Decided(done=1)


def test_nothing_is_decided_before_it_has_settled(office: Office) -> None:
    person = lost(office, new_phone())
    with transaction() as session:
        session.scalars(select(Attempt)).one().started_at = office.clock.now()
    assert decided(office, person, Choice.AGAIN) == Decided(left=1)


def test_what_the_provider_can_be_asked_about_is_no_persons_to_decide(office: Office) -> None:
    person = office.person(new_phone())
    office.campaign()
    office.seal()
    office.stand_in.fault("dropped", count=1)
    office.send()
    office.clock.advance(SETTLED)
    assert office.message_of(person).reason == Reason.ANSWER_LOST
    assert decided(office, person, Choice.AGAIN) == Decided(left=1)
    assert resolve_unsettled(office.clock.now(), adapter_for).not_found == 1


def test_deciding_twice_changes_nothing_more(office: Office) -> None:
    person = lost(office, new_phone())
    assert decided(office, person, Choice.LEAVE) == Decided(done=1)
    assert decided(office, person, Choice.AGAIN) == Decided(left=1)


def test_who_decided_and_how_it_was_found_out_is_kept(office: Office) -> None:
    person = lost(office, new_phone())
    decided(office, person, Choice.ARRIVED)
    with transaction() as session:
        subject = f"message:{office.message_of(person).id}"
        entries = session.scalars(select(AuditEntry).where(AuditEntry.subject == subject))
        kept = next(entry for entry in entries if entry.action == "message.decided")
    assert (kept.actor, kept.reason) == (f"staff:{RELEASER}", "đã gọi điện hỏi")
    assert kept.after == {"state": "delivered", "choice": "arrived"}


def held(office: Office, reason: Reason) -> UUID:
    person = office.person(new_phone())
    office.campaign()
    office.seal()
    with transaction() as session:
        row = session.merge(office.message_of(person))
        row.state, row.reason = MessageState.HELD, reason
    return person


def test_a_held_message_is_let_go_or_dropped(office: Office) -> None:
    person = held(office, Reason.NO_TEXT)
    assert decided(office, person, Choice.ARRIVED) == Decided(left=1)
    assert decided(office, person, Choice.AGAIN) == Decided(done=1)
    office.send()
    assert office.message_of(person).state is MessageState.ACCEPTED


def test_after_too_many_attempts_it_is_only_dropped(office: Office) -> None:
    person = held(office, Reason.TOO_MANY_ATTEMPTS)
    assert decided(office, person, Choice.AGAIN) == Decided(left=1)
    assert decided(office, person, Choice.LEAVE) == Decided(done=1)
    message = office.message_of(person)
    assert (message.state, message.reason) == (MessageState.CANCELLED, Reason.DROPPED)
