"""A lost answer of eSMS resolves by itself: by its report, or by the same request once more, and never by a second
message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import cast
from uuid import UUID

import pytest

from core.database import transaction
from outreach.account_health import failing_since, note_working
from outreach.account_pause import is_paused, pause_account
from outreach.channels.registry import accounts, adapter_for
from outreach.dispatch import run_dispatch
from outreach.ledger import check_ledger
from outreach.message import AttemptOutcome, Message, MessageState
from outreach.receipts import apply_waiting_receipts, take_receipt
from outreach.replies import send_reply_messages
from outreach.resolving import Resolved, resolve_unsettled
from simulator.esms.config import EsmsConfig
from tests.channels.domestic_site import Site, StartSite, emptied, start_site
from tests.environment import TestClock
from tests.outreach.conftest import NOBODY, read_settings_anew
from tests.outreach.office import Office, new_phone
from tests.simulator.customer import StandIn

__all__ = ["emptied", "start_site"]

SETTLED = timedelta(seconds=121)
REST = timedelta(minutes=10, seconds=1)
"""The longest rest of an account."""


class Ward:
    """The office with eSMS's stand-in."""

    def __init__(self, office: Office, site: Site) -> None:
        self.office, self.site, self.clock = office, site, office.clock

    def invited(self, phone: str, fault: str | None) -> UUID:
        """Somebody whose invitation was sent, and struck a fault."""
        person = self.office.person(phone)
        self.office.campaign()
        self.office.seal()
        if fault:
            self.site.fault(fault, count=1)
        self.send()
        return person

    def send(self) -> None:
        run_dispatch(accounts()["esms"], adapter_for("esms"), sleep=lambda seconds: None)

    def resolve(self) -> Resolved:
        return resolve_unsettled(self.clock.now(), adapter_for)

    def state(self, person: UUID) -> MessageState:
        return self.office.message_of(person).state

    def texts(self, phone: str) -> list[str]:
        return self.site.texts_to("+84" + phone[1:])


@pytest.fixture
def ward(emptied: str, clock: TestClock, start_site: StartSite) -> Iterator[Ward]:
    site = start_site("esms", {"LOA_READ_TIMEOUT_SECONDS": "0.5"}, esms=EsmsConfig(status_after=0))
    yield Ward(Office(clock, cast(StandIn, site)), site)


@pytest.mark.parametrize("fault", ["dropped_after_accept", "timeout_after_accept", "dropped", "server_error"])
def test_the_same_request_once_more_settles_it(ward: Ward, fault: str) -> None:
    """Whether the first had got through or not: one message, and the ledger knows."""
    phone = new_phone()
    person = ward.invited(phone, fault)
    assert ward.state(person) is MessageState.UNKNOWN
    assert ward.resolve() == Resolved(), "not before the settling time"
    ward.clock.advance(SETTLED)
    assert ward.resolve() == Resolved(found=1)
    ward.send()
    assert ward.state(person) is MessageState.ACCEPTED
    assert len(ward.texts(phone)) == 1
    with transaction() as session:
        assert check_ledger(session, ward.clock.now()) == 0


def test_each_repetition_is_an_attempt_of_its_own(ward: Ward) -> None:
    person = ward.invited(new_phone(), "dropped_after_accept")
    ward.clock.advance(SETTLED)
    ward.resolve()
    message = ward.office.message_of(person)
    attempts = ward.office.attempts(message.id)
    assert [attempt.outcome for attempt in attempts] == [AttemptOutcome.UNKNOWN, AttemptOutcome.FOUND]
    assert all(attempt.finished_at is not None for attempt in attempts)


def test_a_delivery_report_settles_it_without_another_request(ward: Ward) -> None:
    phone = new_phone()
    person = ward.invited(phone, "dropped_after_accept")
    [taken] = ward.site.messages("+84" + phone[1:])
    kept = ward.site.standing.simulator.world.ledger.message(taken["id"])
    assert kept is not None
    with transaction() as session:
        take_receipt(session, "esms", kept.details["request_id"], "delivered", None, ward.clock.now())
    ward.site.fault("refused", code=103)
    ward.clock.advance(SETTLED)
    assert ward.resolve() == Resolved(found=1)
    with transaction() as session:
        apply_waiting_receipts(session, ward.clock.now())
    assert ward.state(person) is MessageState.DELIVERED
    assert len(ward.office.attempts(ward.office.message_of(person).id)) == 1


@pytest.mark.parametrize("change", ["stopped", "dead", "quiet", "closed"])
def test_what_may_not_go_out_any_more_is_not_asked_for_by_sending_it(ward: Ward, change: str) -> None:
    """The first request never arrived, so the second would be a message after `stop`."""
    phone = new_phone()
    person = ward.invited(phone, "dropped")
    ward.clock.advance(SETTLED)
    if change == "stopped":
        ward.office.stop(phone)
    elif change == "dead":
        ward.office.change_person(person, deceased_at=ward.clock.now())
    elif change == "quiet":
        ward.clock.advance(timedelta(hours=11))
    else:
        ward.office.change_campaign(state="closed")
    assert ward.resolve() == Resolved(left=1)
    assert ward.state(person) is MessageState.UNKNOWN
    assert ward.texts(phone) == []


def test_after_the_quiet_hours_it_is_asked_again(ward: Ward) -> None:
    phone = new_phone()
    person = ward.invited(phone, "dropped")
    ward.clock.advance(timedelta(hours=11))
    assert ward.resolve() == Resolved(left=1)
    ward.clock.advance(timedelta(hours=11))
    assert ward.resolve() == Resolved(found=1)
    assert (ward.state(person), len(ward.texts(phone))) == (MessageState.ACCEPTED, 1)


@pytest.mark.parametrize("fault", ["dropped_after_accept", "dropped"])
def test_when_the_key_is_forgotten_a_human_decides(ward: Ward, fault: str) -> None:
    phone = new_phone()
    person = ward.invited(phone, fault)
    taken = len(ward.texts(phone))
    ward.clock.advance(timedelta(hours=23, minutes=1))
    for _ in range(3):
        assert ward.resolve() == Resolved(left=1)
        ward.send()
        ward.clock.advance(timedelta(hours=5))
    assert ward.state(person) is MessageState.UNKNOWN
    assert len(ward.texts(phone)) == taken


def test_a_refusal_of_the_repetition_shows_nothing_of_the_first(ward: Ward) -> None:
    """The text was withdrawn after the message had gone out."""
    phone = new_phone()
    person = ward.invited(phone, "dropped_after_accept")
    ward.clock.advance(SETTLED)
    ward.site.fault("refused", code=146, count=1)
    assert ward.resolve() == Resolved(left=1)
    assert ward.state(person) is MessageState.UNKNOWN
    ward.clock.advance(SETTLED)
    assert ward.resolve() == Resolved(left=1), "the pause doubles"
    ward.clock.advance(SETTLED)
    assert ward.resolve() == Resolved(found=1)
    assert len(ward.texts(phone)) == 1


@pytest.mark.parametrize("fault", ["dropped_after_accept", "dropped"])
@pytest.mark.parametrize("trouble", ["shut", "out of reach"])
def test_a_doubt_waits_for_its_account_and_is_asked_soon_after_it_has_come_back(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, trouble: str, fault: str
) -> None:
    """However long the account was away: its failures are not the message's, and do not make its pause longer."""
    phone = new_phone()
    person = ward.invited(phone, fault)
    if trouble == "shut":
        ward.site.fault("refused", code=101)
    else:
        its_address_is(monkeypatch, NOBODY)
    for _ in range(20):
        ward.clock.advance(REST)
        assert ward.resolve() == Resolved(left=1)
    message = ward.office.message_of(person)
    assert {attempt.outcome for attempt in ward.office.attempts(message.id)[1:]} == {AttemptOutcome.NOT_ASKED}
    ward.site.standing.control.delete("/faults")
    its_address_is(monkeypatch, f"{ward.site.url}/esms")
    ward.clock.advance(REST)
    assert ward.resolve() == Resolved(found=1)
    assert (ward.state(person), len(ward.texts(phone))) == (MessageState.ACCEPTED, 1)


def test_the_account_rests_for_waves_too_and_works_again_once_a_doubt_was_answered(ward: Ward) -> None:
    ward.invited(new_phone(), "dropped")
    ward.clock.advance(SETTLED)
    ward.site.fault("refused", code=103, count=1)
    ward.resolve()
    with transaction() as session:
        assert is_paused(session, "esms", ward.clock.now()) and failing_since(session, "esms") is not None
    ward.clock.advance(REST)
    assert ward.resolve() == Resolved(found=1)
    with transaction() as session:
        assert not is_paused(session, "esms", ward.clock.now()) and failing_since(session, "esms") is None


def test_one_message_whose_answer_is_always_lost_holds_up_no_wave(ward: Ward) -> None:
    ward.invited(new_phone(), "dropped")
    ward.clock.advance(SETTLED)
    with transaction() as session:
        note_working(session, "esms", ward.clock.now())  # what else it was given, it took
    ward.site.fault("dropped", count=1)
    assert ward.resolve() == Resolved(left=1)
    with transaction() as session:
        assert not is_paused(session, "esms", ward.clock.now())


def test_an_account_that_rests_is_not_asked(ward: Ward) -> None:
    person = ward.invited(new_phone(), "dropped")
    ward.clock.advance(SETTLED)
    with transaction() as session:
        pause_account(session, "esms", ward.clock.now() + timedelta(hours=1), ward.clock.now())
    assert ward.resolve() == Resolved(left=1)
    assert len(ward.office.attempts(ward.office.message_of(person).id)) == 1


def test_after_a_certain_refusal_another_key_is_used(ward: Ward) -> None:
    """Nobody says whether eSMS keeps the key of what it refused; "I have it" must never be believed of such a one."""
    phone = new_phone()
    person = ward.office.person(phone)
    ward.office.campaign()
    ward.office.seal()
    ward.site.fault("refused", code=103, count=1)
    ward.send()
    assert ward.state(person) is MessageState.PLANNED
    ward.clock.advance(timedelta(minutes=20))
    ward.send()
    message = ward.office.message_of(person)
    assert (message.state, (message.provider_message_id or "").split("_")[0]) == (
        MessageState.ACCEPTED,
        f"{message.id}-1",
    )


def test_a_lost_reply_is_settled_at_night_too(ward: Ward) -> None:
    phone = new_phone()
    ward.clock.advance(timedelta(hours=11))
    reply = ward.office.reply(phone, "Da vang a", reply_to=1)
    with transaction() as session:
        kept = session.get_one(Message, reply)
        kept.account = kept.provider = "esms"
    ward.site.fault("dropped", count=1)
    send_reply_messages([reply])
    ward.clock.advance(SETTLED)
    assert ward.resolve() == Resolved(found=1)
    assert ward.texts(phone) == ["Da vang a"]


def its_address_is(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("LOA_ESMS_BASE_URL", url)
    read_settings_anew()
