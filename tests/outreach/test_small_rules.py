"""Ages, the fuse, and the tables of outcomes and errors."""

from __future__ import annotations

from datetime import date

import pytest

from outreach.channels.adapter import Accepted, ErrorClass, NotSent, Outcome, Rejected, Throttled, Unknown
from outreach.channels.fuse import Fuse, FuseBlown
from outreach.channels.twilio.errors import error_class
from outreach.delivery_settings import DeliverySettings
from outreach.message import AttemptOutcome, MessageState
from outreach.outcomes import effect
from outreach.reasons import WORDS, Reason
from roster.people import whole_years


@pytest.mark.parametrize(
    ("born", "year", "years"),
    [
        (date(1948, 11, 10), 1948, 78),
        (date(1948, 11, 11), 1948, 77),
        (None, 1948, 78),
        (None, None, None),
        (None, 2030, None),
        (date(2026, 11, 11), None, None),
    ],
)
def test_age(born: date | None, year: int | None, years: int | None) -> None:
    assert whole_years(born, year, date(2026, 11, 10)) == years


def test_a_fuse_blows_by_its_own_clock() -> None:
    moment = [100.0]
    fuse = Fuse(5, lambda: moment[0])
    moment[0] = 105.0
    fuse.check()
    moment[0] = 105.1
    assert fuse.blown
    with pytest.raises(FuseBlown):
        fuse.check()


@pytest.mark.parametrize(
    ("outcome", "attempt", "state"),
    [
        (Accepted("SM1"), AttemptOutcome.ACCEPTED, MessageState.ACCEPTED),
        (Accepted("1", delivered=True), AttemptOutcome.ACCEPTED, MessageState.DELIVERED),
        (Rejected("21211", ErrorClass.UNREACHABLE), AttemptOutcome.REJECTED, MessageState.REJECTED),
        (Rejected("21610", ErrorClass.OPTED_OUT), AttemptOutcome.REJECTED, MessageState.REJECTED),
        (Rejected("21617", ErrorClass.OUR_BUG), AttemptOutcome.REJECTED, MessageState.HELD),
        (Rejected("30008", ErrorClass.RETRY_LATER), AttemptOutcome.REJECTED, MessageState.PLANNED),
        (Rejected("20003", ErrorClass.STOP_ACCOUNT), AttemptOutcome.NOT_SENT, MessageState.PLANNED),
        (Rejected("-133", ErrorClass.RESCHEDULE), AttemptOutcome.NOT_SENT, MessageState.PLANNED),
        (Throttled(), AttemptOutcome.THROTTLED, MessageState.PLANNED),
        (NotSent("fuse_blown"), AttemptOutcome.NOT_SENT, MessageState.PLANNED),
        (Unknown("read_timeout"), AttemptOutcome.UNKNOWN, MessageState.UNKNOWN),
    ],
)
def test_what_an_outcome_does(outcome: Outcome, attempt: AttemptOutcome, state: MessageState) -> None:
    assert (effect(outcome).attempt, effect(outcome).state) == (attempt, state)


@pytest.mark.parametrize("error", list(ErrorClass))
def test_every_class_of_errors_has_an_effect(error: ErrorClass) -> None:
    assert effect(Rejected("1", error)).state is not MessageState.UNKNOWN


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        (21211, 400, ErrorClass.UNREACHABLE),
        (21610, 400, ErrorClass.OPTED_OUT),
        (20003, 401, ErrorClass.STOP_ACCOUNT),
        (99999, 429, ErrorClass.THROTTLE),
        (99999, 403, ErrorClass.STOP_ACCOUNT),
        (99999, 400, ErrorClass.OUR_BUG),
    ],
)
def test_twilio_errors(code: int, status: int, expected: ErrorClass) -> None:
    assert error_class(code, status) is expected


def test_every_reason_has_its_words() -> None:
    assert set(WORDS) == set(Reason)


def test_a_settling_time_shorter_than_an_attempt_is_refused() -> None:
    with pytest.raises(ValueError, match="settling_seconds"):
        DeliverySettings(fuse_seconds=60, settling_seconds=70)
