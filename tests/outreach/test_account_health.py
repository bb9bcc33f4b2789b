"""What outcomes say of an account, how long it rests, and how it is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.database import transaction
from outreach.account_health import Brake, Finding, Trouble, diagnose, failing_since, needs_help, rest, works
from outreach.account_pause import paused_until, why_paused
from outreach.channels.adapter import Accepted, ErrorClass, NotSent, Outcome, Rejected, Throttled, Unknown
from tests.outreach.conftest import read_settings_anew
from tests.outreach.office import Office, new_phone

ACCEPTED = Accepted("SM1")
SHUT = Rejected("20003", ErrorClass.STOP_ACCOUNT)
UNREACHABLE = Rejected("21614", ErrorClass.UNREACHABLE)
LOST = Unknown("connection_lost")
AWAY = NotSent("no_connection", away=True)


@pytest.mark.parametrize(
    ("outcomes", "finding"),
    [
        ([], None),
        ([ACCEPTED, ACCEPTED], None),
        ([UNREACHABLE, UNREACHABLE], None),
        ([ACCEPTED, SHUT], Finding(Trouble.SHUT, ("20003",))),
        ([LOST, AWAY], Finding(Trouble.AWAY)),
        ([LOST, ACCEPTED], None),
        ([NotSent("fuse_blown")], None),
        ([Throttled()], None),
        ([ACCEPTED, Throttled(90.0)], Finding(Trouble.TOO_FAST, wait=timedelta(seconds=90))),
        ([Throttled(7200.0)], Finding(Trouble.TOO_FAST, wait=timedelta(hours=2))),
        ([Throttled(1_800_000_000.0)], Finding(Trouble.TOO_FAST, wait=timedelta(days=1))),
    ],
)
def test_what_a_batch_says(outcomes: list[Outcome], finding: Finding | None) -> None:
    assert diagnose(outcomes) == finding


@pytest.mark.parametrize(
    ("outcomes", "answer"),
    [([ACCEPTED], True), ([UNREACHABLE], True), ([SHUT], False), ([LOST, AWAY], False), ([], False)],
)
def test_whether_the_provider_works(outcomes: list[Outcome], answer: bool) -> None:
    assert works(outcomes) is answer


NOW = datetime(2026, 11, 10, 3, tzinfo=UTC)


def rests(*findings: tuple[int, Finding]) -> list[float]:
    """The rests, in seconds, after findings at so many seconds from now."""
    with transaction() as session:
        return [
            rest(session, "twilio", finding, NOW + timedelta(seconds=at)).total_seconds() for at, finding in findings
        ]


@pytest.mark.usefixtures("office")
def test_a_provider_that_is_away_is_looked_for_less_and_less_often() -> None:
    away = Finding(Trouble.AWAY)
    assert rests((0, away), (30, away), (60, away), (120, away), (240, away), (4000, away)) == [
        30, 30, 60, 120, 240, 600,
    ]  # fmt: skip


@pytest.mark.usefixtures("office")
def test_others_help_at_once_where_it_is_shut_and_later_where_it_is_away() -> None:
    with transaction() as session:
        rest(session, "twilio", Finding(Trouble.SHUT, ("20003",)), NOW)
        rest(session, "esms", Finding(Trouble.AWAY), NOW)
        assert needs_help(session, "twilio", NOW)
        assert not needs_help(session, "twilio", NOW + timedelta(minutes=11))  # it is tried again
        assert not needs_help(session, "esms", NOW)
        late = NOW + timedelta(minutes=3)
        rest(session, "esms", Finding(Trouble.AWAY), late)
        assert needs_help(session, "esms", late)
        assert not needs_help(session, "web", NOW)
        assert why_paused(session, "twilio") == "Nhà cung cấp từ chối tài khoản (mã 20003): cần người xem lại."


def test_after_a_bad_hour_one_message_is_tried_first(office: Office) -> None:
    phones = [new_phone() for _ in range(12)]
    for phone in phones:
        office.person(phone)
    office.campaign()
    office.seal()
    office.stand_in.fault("dropped")
    assert office.send().tried == 12
    office.clock.advance(timedelta(seconds=31))
    for phone in (new_phone(), new_phone()):
        office.person(phone)
    office.campaign()
    office.seal()
    assert office.send().tried == 1
    office.stand_in.control.delete("/faults")
    office.clock.advance(timedelta(seconds=61))
    office.send()
    with transaction() as session:
        assert failing_since(session, "twilio") is None
        assert paused_until(session, "twilio") is not None


def test_the_brake_stops_what_has_not_left_once_the_account_is_shut() -> None:
    brake = Brake()
    brake.see(UNREACHABLE)
    assert brake.refusal() is None
    brake.see(SHUT)
    refused = brake.refusal()
    assert refused is not None
    assert diagnose([SHUT, refused]) == Finding(Trouble.SHUT, ("20003",))


def test_the_brake_stops_what_has_not_left_once_the_provider_names_a_time() -> None:
    brake = Brake()
    brake.see(Throttled())
    assert brake.refusal() is None
    brake.see(Throttled(20.0))
    assert brake.refusal() is not None


def test_the_brake_waits_for_a_row_of_lost_answers() -> None:
    brake = Brake()
    for outcome in [*[LOST] * 7, ACCEPTED, *[AWAY] * 7]:
        brake.see(outcome)
    assert brake.refusal() is None
    brake.see(LOST)
    held_back = brake.refusal()
    assert held_back is not None
    assert diagnose([LOST, AWAY, held_back]) == Finding(Trouble.AWAY)
    assert diagnose([held_back]) is None


def test_a_shut_account_is_not_called_for_a_whole_batch(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(100):
        office.person(new_phone())
    office.campaign()
    office.seal()
    monkeypatch.setenv("LOA_TWILIO_AUTH_TOKEN", "sai")
    read_settings_anew()
    office.send()
    assert len(office.stand_in.log("refused")) <= 20
