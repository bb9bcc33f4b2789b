"""An answer and a question in one message are both served; what is said before consent waits, and is lost with a no."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conversations.thread import Channel
from roster.survey.questions import MINOR_OR_WARD
from tests.bot.conftest import NewTalk
from tests.bot.talk import Talk
from tests.console.ward import citizen
from tests.environment import TestClock


@pytest.mark.parametrize(
    ("text", "ranking", "told", "asked"),
    [
        ("chua co, the can giay to gi", [("no_account", 0.45), ("faq/documents", 0.3)], "can cuoc", "tai khoan o dau"),
        ("co roi, ma mat phi khong", [("have_account", 0.5), ("faq/fees", 0.28)], "khong mat tien", "ngan hang hay vi"),
        ("co roi, ma bao gio thi co tien", [("faq/payment_date", 0.8)], "Tro cap tra", "ngan hang hay vi"),
    ],
)  # fmt: skip
def test_a_question_beside_an_answer_is_answered_and_the_answer_taken(
    new_talk: NewTalk, text: str, ranking: list[tuple[str, float]], told: str, asked: str
) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai", "co")
    talk.rasa.classified[text] = [*ranking, ("unsure", 0.01)]
    heard = talk.say(text).text
    assert told in heard
    assert asked in heard
    assert "has_account" in talk.draft().answers


def test_a_bare_answer_is_not_answered_as_a_question(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai", "co")
    assert "phi" not in talk.say("co roi", "faq/fees").text


@pytest.fixture
def eager(new_talk: NewTalk) -> Talk:
    """Somebody who has told everything in the first word, of a child of thirteen."""
    talk = new_talk()
    talk.say("chau moi 13 tuoi, toi la me chau, khai giup chau, chua co tai khoan")
    return talk


def test_what_was_told_before_consent_is_read_after_the_yes(eager: Talk) -> None:
    eager.say("dong y")
    answers = eager.draft().answers
    assert (answers["respondent"], answers["relation"], answers[MINOR_OR_WARD]) == ("relative", "guardian", True)
    eager.converse("co", "chua co")
    assert eager.draft().open_question == "confirm"  # opened at a counter only: where is not asked
    eager.say("dung roi")
    assert eager.claims()[0].outcome_group == "B-counter"


def test_the_age_told_while_it_is_asked_where_to_open_ends_that_question(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi la me chau", "co", "chua co")
    assert "Xin doc lai" in talk.say("chau moi 10 tuoi").text


def test_and_erased_after_the_no(eager: Talk) -> None:
    eager.say("khong dong y")
    assert eager.draft().answers == {}


def test_cash_after_all_in_the_middle_of_the_accounts_details(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai", "co", "co roi")
    assert "tien mat tien hon" in talk.say("toi muon nhan tien mat").text


def test_a_code_that_is_taken_back_ties_nobody(new_talk: NewTalk) -> None:
    somebody = citizen()
    talk = new_talk(channel=Channel.WEB)
    talk.converse("khai", "dong y", somebody.reference)
    assert talk.draft().person_id == somebody.person_id
    talk.converse("toi nham ma ho so", "khong co ma")
    assert (talk.draft().answers["reference"], talk.draft().person_id) == ("none", None)


@pytest.mark.parametrize(("years_later", "opened_at_a_counter"), [(0, True), (8, False)])
def test_an_age_is_counted_from_the_day_on_which_it_is_said(
    new_talk: NewTalk, clock: TestClock, years_later: int, opened_at_a_counter: bool
) -> None:
    clock.advance(timedelta(days=366 * years_later))
    talk = new_talk()
    talk.converse("co", "dong y", "toi la me chau", "co", "chua co")
    told = talk.say("em sinh nam 2014").text
    assert ("Xin doc lai" in told) is opened_at_a_counter
