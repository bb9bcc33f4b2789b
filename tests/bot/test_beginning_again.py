"""A wish to begin again is asked back once, for what was declared so far is lost by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from roster.survey.draft import Closing, DraftState
from tests.bot.conftest import NewTalk
from tests.bot.talk import Talk
from tests.environment import TestClock

CONSENT, BANK, HAS_ACCOUNT = "co dong y khong", "ngan hang hay vi nao", "da co tai khoan"


@pytest.fixture
def midway(new_talk: NewTalk) -> Talk:
    """Somebody who is asked for the bank."""
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai", "co", "co roi")
    return talk


def test_it_is_asked_back_before_anything_is_lost(midway: Talk) -> None:
    before = midway.draft()
    asked = midway.say("cho toi lam lai", "restart").text
    assert "co chac khong" in asked
    assert "1. Co, khai lai tu dau" in asked
    assert BANK not in asked
    after = midway.draft()
    assert (after.id, after.state, after.answers) == (before.id, DraftState.OPEN, before.answers)


@pytest.mark.parametrize("yes", ["1", "co", "u lam lai di", "Co, khai lai tu dau"])
def test_yes_begins_again_with_the_same_person(midway: Talk, yes: str) -> None:
    before = midway.draft()
    midway.say("cho toi lam lai", "restart")
    heard = midway.say(yes).text
    assert "lam lai tu dau" in heard
    assert CONSENT in heard
    after = midway.draft()
    assert after.id != before.id
    assert (after.person_id, after.invited, after.answers) == (before.person_id, True, {})


@pytest.mark.parametrize("no", ["2", "khong", "khai tiep", "thoi khoi"])
def test_no_goes_on_where_it_was(midway: Talk, no: str) -> None:
    before = midway.draft()
    midway.say("cho toi lam lai", "restart")
    heard = midway.say(no).text
    assert "khai tiep" in heard
    assert BANK in heard
    assert (midway.draft().id, midway.draft().failures) == (before.id, 0)


def test_the_yes_may_come_a_day_later(midway: Talk, clock: TestClock) -> None:
    before = midway.draft()
    midway.say("cho toi lam lai", "restart")
    clock.advance(timedelta(days=1))
    heard = midway.say("co").text
    assert heard.count("lam lai tu dau") == 1
    assert CONSENT in heard
    assert midway.draft().id != before.id


def test_anything_else_is_heard_as_ever(midway: Talk) -> None:
    midway.say("cho toi lam lai", "restart")
    assert "so tai khoan Vietcombank" in midway.say("vietcombank").text
    assert midway.draft().answers["bank"] == "Vietcombank"


def test_a_sign_in_between_loses_nothing(midway: Talk) -> None:
    before = midway.draft()
    midway.say("cho toi lam lai", "restart")
    assert "ngan hang" in midway.say("😀").text
    assert midway.draft().id == before.id


@pytest.mark.parametrize("beyond_doubt", ["xoá hết làm lại từ đầu", "xoa het di, khai lai tu dau"])
def test_beyond_doubt_it_is_done_at_once(midway: Talk, beyond_doubt: str) -> None:
    before = midway.draft()
    heard = midway.say(beyond_doubt, "restart").text
    assert midway.draft().id != before.id
    assert "chac khong" not in heard


def test_where_nothing_was_said_yet_there_is_nothing_to_ask(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.converse("co", "dong y")
    heard = talk.say("khai lai tu dau", "restart").text
    assert CONSENT in heard
    assert "chac khong" not in heard


def test_the_old_answers_are_closed_not_kept_on(midway: Talk) -> None:
    old = midway.draft()
    midway.say("xoa het lam lai tu dau", "restart")
    midway.converse("dong y", "toi tu khai", "khong", "quen tien mat", "dung roi")
    [claim] = midway.claims()
    assert (claim.outcome_group, claim.draft_id != old.id) == ("D", True)
    assert "has_account" not in claim.answers


def test_once_declared_it_begins_a_new_survey_of_the_same_person(midway: Talk) -> None:
    midway.converse("de can bo ghi", "dung roi")
    [first] = midway.claims()
    assert CONSENT in midway.say("cho toi khai lai tu dau", "restart").text
    midway.converse("dong y", "toi tu khai", "khong", "quen tien mat", "dung roi")
    declared = midway.claims()
    assert [(claim.person_id, claim.state.value) for claim in declared] == [
        (first.person_id, "withdrawn"),
        (first.person_id, "declared"),
    ]


def test_an_old_button_begins_nothing_again(midway: Talk) -> None:
    midway.say("cho toi lam lai", "restart")
    midway.say("2")
    before = midway.draft()
    midway.say("Có, khai lại từ đầu", "restart", payload="restart=yes")
    assert midway.draft().id == before.id
    assert before.closing is not Closing.STARTED_OVER
