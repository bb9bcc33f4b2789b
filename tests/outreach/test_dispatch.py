"""A wave goes out: once to each, within calendar, pace and quota, and not to whom it must not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from core.clock import VIETNAM
from core.database import transaction
from core.jobs import worker_app
from language.phones import to_e164
from outreach.account_pause import is_paused
from outreach.channels.registry import accounts, adapter_for
from outreach.dispatch import QUEUE, due_accounts, run_dispatch
from outreach.message import AttemptOutcome, MessageState
from outreach.reasons import Reason
from outreach.releasing import cancel_step
from roster.campaign import CampaignState
from roster.contact import ContactPoint
from tests.outreach.conftest import read_settings_anew
from tests.outreach.office import RELEASER, Office, new_phone


def invited(office: Office, *phones: str) -> list[UUID]:
    """One sealed invitation to each phone."""
    people = [office.person(phone) for phone in phones]
    office.campaign()
    office.seal()
    return people


def state_of(office: Office, person: UUID) -> tuple[MessageState, str | None]:
    message = office.message_of(person)
    return message.state, message.reason


def test_each_gets_the_message_once(office: Office) -> None:
    phones = [new_phone() for _ in range(120)]
    people = invited(office, *phones)
    assert office.send().tried == 120
    assert office.send().tried == 0
    for person, phone in zip(people, phones, strict=True):
        message = office.message_of(person)
        assert office.texts_to(phone) == [message.body]
        assert message.state is MessageState.ACCEPTED
        assert message.provider_message_id is not None
        (attempt,) = office.attempts(message.id)
        assert attempt.outcome == AttemptOutcome.ACCEPTED
        assert attempt.finished_at is not None


def test_a_worker_sends_what_was_queued_when_the_step_was_sealed(office: Office) -> None:
    phone = new_phone()
    (person,) = invited(office, phone)
    app = worker_app()
    with app.open():
        app.run_worker(queues=[QUEUE], wait=False, install_signal_handlers=False)
    assert state_of(office, person)[0] is MessageState.ACCEPTED
    assert len(office.texts_to(phone)) == 1


def test_two_dispatches_at_once_share_the_rows(office: Office) -> None:
    phones = [new_phone() for _ in range(150)]
    invited(office, *phones)
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: office.send(), range(3)))
    assert sum(run.tried for run in runs) == 150
    assert [len(office.texts_to(phone)) for phone in phones] == [1] * 150


@pytest.mark.parametrize(
    "moment", ["2026-11-10T06:00", "2026-11-10T21:00", "2027-02-05T10:00", "2027-02-06T10:00", "2027-02-09T12:00"]
)
def test_nothing_goes_out_in_the_quiet_hours_or_over_tet(office: Office, moment: str) -> None:
    phone = new_phone()
    (person,) = invited(office, phone)
    quiet = datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)
    office.clock.set(quiet)
    assert office.send().looked_at == 0
    assert state_of(office, person) == (MessageState.PLANNED, None)
    with transaction() as session:
        assert due_accounts(session, quiet) == []
    assert office.texts_to(phone) == []


def test_what_waited_over_night_goes_out_in_the_morning(office: Office) -> None:
    phone = new_phone()
    invited(office, phone)
    office.clock.set(datetime(2026, 11, 10, 22, tzinfo=VIETNAM))
    office.send()
    morning = office.clock.set(datetime(2026, 11, 11, 7, 30, tzinfo=VIETNAM))
    with transaction() as session:
        assert due_accounts(session, morning) == ["twilio"]
    office.send()
    assert len(office.texts_to(phone)) == 1


def test_the_provider_may_try_no_longer_than_the_permitted_hours_last(office: Office) -> None:
    (person,) = invited(office, new_phone())
    office.clock.set(datetime(2026, 11, 10, 20, 20, tzinfo=VIETNAM))
    office.send()
    sid = office.message_of(person).provider_message_id
    taken = office.stand_in.simulator.world.ledger.message(sid or "")
    assert taken is not None
    assert 590 < taken.details["validity"] <= 600


def die(office: Office, person: UUID, phone: str) -> None:
    office.change_person(person, deceased_at=office.clock.now())


def report_death(office: Office, person: UUID, phone: str) -> None:
    office.change_person(person, paused_at=office.clock.now())


def say_stop(office: Office, person: UUID, phone: str) -> None:
    office.stop(phone)


def wrong_number(office: Office, person: UUID, phone: str) -> None:
    office.unlink(person)


def answer(office: Office, person: UUID, phone: str) -> None:
    office.draft(person, phone, idle=timedelta(0))


def withdraw(office: Office, person: UUID, phone: str) -> None:
    office.change_person(person, withdrew_at=office.clock.now())


def close(office: Office, person: UUID, phone: str) -> None:
    office.change_campaign(state=CampaignState.CLOSED)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (die, Reason.DECEASED),
        (report_death, Reason.PAUSED),
        (withdraw, Reason.WITHDRAWN),
        (say_stop, Reason.STOPPED),
        (wrong_number, Reason.UNLINKED),
        (answer, Reason.ANSWERED),
        (close, Reason.CAMPAIGN_CLOSED),
    ],
)
def test_what_happens_after_sealing_is_seen_before_sending(
    office: Office, happens: Callable[[Office, UUID, str], None], reason: Reason
) -> None:
    phone, other = new_phone(), new_phone()
    person, neighbour = invited(office, phone, other)
    happens(office, person, phone)
    office.send()
    assert state_of(office, person) == (MessageState.CANCELLED, reason)
    assert office.attempts(office.message_of(person).id) == []
    assert office.texts_to(phone) == []
    if reason is not Reason.CAMPAIGN_CLOSED:
        assert state_of(office, neighbour)[0] is MessageState.ACCEPTED


def test_a_cancelled_step_sends_nothing_more(office: Office) -> None:
    (person,) = invited(office, new_phone())
    with transaction() as session:
        assert cancel_step(session, office.step().id, RELEASER, office.clock.now(), "nhầm hạn") == 1
    office.send()
    assert state_of(office, person) == (MessageState.CANCELLED, Reason.STEP_CANCELLED)


def test_the_daily_quota_ends_at_midnight(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_TWILIO_DAILY_QUOTA", "2")
    read_settings_anew()
    invited(office, *[new_phone() for _ in range(5)])
    assert office.send().tried == 2
    assert office.send().tried == 0
    office.clock.advance(timedelta(days=1))
    assert office.send().tried == 2


def test_the_pace_is_the_accounts_less_the_share_of_replies(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_TWILIO_PER_SECOND", "10")
    read_settings_anew()
    invited(office, *[new_phone() for _ in range(20)])
    rests: list[float] = []
    run_dispatch(accounts()["twilio"], adapter_for("twilio"), sleep=rests.append)
    assert len(rests) == 3  # 8, 8, 4
    assert all(0 <= rest <= 1 for rest in rests)


def test_a_run_ends_for_its_time_and_says_that_rows_are_left(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_TWILIO_PER_SECOND", "10")
    read_settings_anew()
    invited(office, *[new_phone() for _ in range(20)])
    sent = run_dispatch(accounts()["twilio"], adapter_for("twilio"), seconds=0, sleep=lambda rest: None)
    assert (sent.tried, sent.unfinished) == (8, True)


def test_a_rejected_number_is_known_and_the_wave_goes_on(office: Office) -> None:
    """The carrier's word is final for this person on this phone, and nobody tries it again."""
    good, bad = new_phone(), new_phone()
    fine, refused = invited(office, good, bad)
    with transaction() as session:
        landline = "02438340000"
        session.execute(
            select(ContactPoint).where(ContactPoint.id == office.contact(bad))
        ).scalar_one().address = landline
    office.send()
    assert state_of(office, fine)[0] is MessageState.ACCEPTED
    assert state_of(office, refused) == (MessageState.REJECTED, Reason.UNREACHABLE)
    assert office.message_of(refused).error_code == "21614"
    assert office.send().tried == 0


def test_who_has_stopped_us_at_the_provider_has_stopped_us(office: Office) -> None:
    phone = new_phone()
    (person,) = invited(office, phone)
    office.stand_in.control.post(f"/phones/{to_e164(phone)}/opt-out", json={"refuses": True}).raise_for_status()
    office.send()
    assert state_of(office, person) == (MessageState.REJECTED, Reason.OPTED_OUT)
    with transaction() as session:
        contact = session.get_one(ContactPoint, office.contact(phone))
        assert contact.stopped_at is not None


def test_too_fast_is_tried_again_after_a_pause(office: Office) -> None:
    phone = new_phone()
    (person,) = invited(office, phone)
    office.stand_in.fault("rate_limited", count=1)
    office.send()
    assert state_of(office, person)[0] is MessageState.PLANNED
    assert office.send().looked_at == 0
    office.clock.advance(timedelta(seconds=31))
    office.send()
    assert state_of(office, person)[0] is MessageState.ACCEPTED
    assert len(office.texts_to(phone)) == 1


def test_a_shut_account_rests_alone_and_blames_no_message(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (person,) = invited(office, new_phone())
    monkeypatch.setenv("LOA_TWILIO_AUTH_TOKEN", "sai")
    read_settings_anew()
    office.send()
    assert state_of(office, person)[0] is MessageState.PLANNED
    with transaction() as session:
        assert is_paused(session, "twilio", office.clock.now())
        assert not is_paused(session, "web", office.clock.now())
    monkeypatch.setenv("LOA_TWILIO_AUTH_TOKEN", "stand-in-auth-token")
    read_settings_anew()
    assert office.send().looked_at == 0
    office.clock.advance(timedelta(minutes=11))
    office.send()
    assert state_of(office, person)[0] is MessageState.ACCEPTED


@pytest.mark.parametrize("kind", ["dropped", "server_error"])
def test_a_providers_bad_hour_does_not_turn_the_wave_into_lost_answers(
    office: Office, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("LOA_TWILIO_PER_SECOND", "10")
    read_settings_anew()
    people = invited(office, *[new_phone() for _ in range(20)])
    office.stand_in.fault(kind)
    assert office.send().tried == 8
    assert office.send().looked_at == 0
    states = [state_of(office, person)[0] for person in people]
    assert (states.count(MessageState.UNKNOWN), states.count(MessageState.PLANNED)) == (8, 12)
    office.stand_in.control.delete("/faults")
    office.clock.advance(timedelta(seconds=31))
    assert office.send().tried == 12


def test_the_body_is_still_encrypted_after_sending(office: Office) -> None:
    (person,) = invited(office, new_phone())
    office.send()
    with transaction() as session:
        stored = session.scalar(text("SELECT body FROM message"))
    assert office.text_of(person).encode() not in bytes(stored)
