"""The check right before a message leaves, as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.clock import VIETNAM
from outreach.calendar import DEFAULT_HOURS
from outreach.message import MessageKind
from outreach.reasons import Reason
from outreach.rechecks import SEND, WAIT, Decision, Link, Standing, verdict
from outreach.step import StepKind, StepState
from roster.campaign import CampaignState

NOON = datetime(2026, 11, 10, 12, tzinfo=VIETNAM)
NIGHT = NOON + timedelta(hours=11)
TET = datetime(2027, 2, 6, 10, tzinfo=VIETNAM)

INVITATION = Standing(
    kind=MessageKind.WAVE,
    created_at=NOON - timedelta(hours=1),
    reply_to=None,
    stopped_at=None,
    step_kind=StepKind.INVITATION,
    step_state=StepState.SEALED,
    campaign_state=CampaignState.RUNNING,
    link=Link.LINKED,
)
REMINDER = replace(INVITATION, step_kind=StepKind.REMINDER_UNFINISHED)
REPLY = Standing(kind=MessageKind.REPLY, created_at=NOON, reply_to=7, stopped_at=None)
OFFICER = replace(REPLY, kind=MessageKind.OFFICER, reply_to=None)


def check(standing: Standing, at: datetime = NOON) -> tuple[Decision, Reason | None]:
    decided = verdict(standing, at, DEFAULT_HOURS, most_attempts=5)
    return decided.decision, decided.reason


@pytest.mark.parametrize("standing", [INVITATION, REMINDER, REPLY, OFFICER])
def test_all_is_well(standing: Standing) -> None:
    assert verdict(standing, NOON, DEFAULT_HOURS, 5) == SEND


@pytest.mark.parametrize("at", [NIGHT, TET])
def test_a_wave_waits_and_an_answer_does_not(at: datetime) -> None:
    assert verdict(INVITATION, at, DEFAULT_HOURS, 5) == WAIT
    assert verdict(REMINDER, at, DEFAULT_HOURS, 5) == WAIT
    assert verdict(REPLY, at, DEFAULT_HOURS, 5) == SEND
    assert verdict(OFFICER, at, DEFAULT_HOURS, 5) == SEND


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"stopped_at": NOON}, Reason.STOPPED),
        ({"deceased": True}, Reason.DECEASED),
        ({"paused": True}, Reason.PAUSED),
        ({"withdrew": True}, Reason.WITHDRAWN),
        ({"link": Link.UNLINKED}, Reason.UNLINKED),
        ({"campaign_state": CampaignState.CLOSED}, Reason.CAMPAIGN_CLOSED),
        ({"step_state": StepState.CANCELLED}, Reason.STEP_CANCELLED),
    ],
)
@pytest.mark.parametrize("wave", [INVITATION, REMINDER])
def test_nothing_more_of_the_wave(wave: Standing, changes: dict[str, Any], reason: Reason) -> None:
    assert check(replace(wave, **changes)) == (Decision.CANCEL, reason)
    assert check(replace(wave, **changes), NIGHT) == (Decision.CANCEL, reason)


def test_an_invitation_is_not_sent_to_whoever_has_answered_or_is_no_longer_linked() -> None:
    assert check(replace(INVITATION, still_meant=False)) == (Decision.CANCEL, Reason.ANSWERED)
    assert check(replace(INVITATION, link=Link.NONE)) == (Decision.CANCEL, Reason.UNLINKED)


def test_a_reminder_goes_to_the_unfinished_alone_also_on_a_phone_the_roster_does_not_know() -> None:
    assert check(replace(REMINDER, still_meant=False)) == (Decision.CANCEL, Reason.ANSWERED)
    assert check(replace(REMINDER, link=Link.NONE)) == (Decision.SEND, None)


@pytest.mark.parametrize("word", [REPLY, OFFICER])
def test_after_stop_what_was_written_before_is_silenced(word: Standing) -> None:
    stopped = replace(word, stopped_at=NOON + timedelta(seconds=1))
    assert check(stopped) == (Decision.CANCEL, Reason.STOPPED)


def test_after_stop_the_confirmation_goes_and_so_do_answers_to_whoever_writes_again() -> None:
    assert check(replace(REPLY, stopped_at=NOON)) == (Decision.SEND, None)
    assert check(replace(REPLY, stopped_at=NOON - timedelta(days=3))) == (Decision.SEND, None)
    assert check(replace(OFFICER, stopped_at=NOON - timedelta(days=3))) == (Decision.CANCEL, Reason.STOPPED)


def test_after_many_failures_a_human_decides() -> None:
    assert check(replace(INVITATION, failures=5)) == (Decision.HOLD, Reason.TOO_MANY_ATTEMPTS)
    assert check(replace(REPLY, failures=5)) == (Decision.HOLD, Reason.TOO_MANY_ATTEMPTS)
    assert check(replace(INVITATION, failures=4)) == (Decision.SEND, None)
