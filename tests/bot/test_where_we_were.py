"""After days of silence the person hears where we were; who has done it at the ward is reminded no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.thread import Channel, Owner
from core.clock import now
from core.database import transaction
from outreach.survey_state import is_unfinished
from roster.person import Person
from roster.survey.draft import Closing, DraftState
from tests.bot.conftest import NewTalk
from tests.bot.talk import Talk
from tests.console.ward import citizen
from tests.environment import TestClock

WHERE_WE_WERE = "tiep tu cho hom truoc"


@pytest.fixture
def silent(new_talk: NewTalk, clock: TestClock) -> Talk:
    """Somebody who is asked how the money is to come, and has written nothing for a week."""
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai")
    clock.advance(timedelta(days=7))
    return talk


def test_an_answer_is_taken_and_the_next_question_says_where_we_were(silent: Talk) -> None:
    heard = silent.say("nhan qua tai khoan").text
    assert heard.startswith("Chau chao ba. Minh lam tiep tu cho hom truoc a.")
    assert "da co tai khoan" in heard
    assert WHERE_WE_WERE not in silent.say("co roi").text


@pytest.mark.parametrize(
    ("text", "label"), [("alo", "greet"), ("co mat phi khong", "faq/fees"), ("nhac lai", "repeat")]
)
def test_whatever_is_said_first_nobody_is_greeted_twice(silent: Talk, text: str, label: str) -> None:
    heard = silent.say(text, label).text
    assert WHERE_WE_WERE in heard
    assert "qua tai khoan ngan hang" in heard
    assert heard.lower().count("chao") == (1 if label == "greet" else 0)


def test_whether_somebody_died_is_still_asked_and_apologised_for_once(silent: Talk, clock: TestClock) -> None:
    silent.say("ba mat roi", "report_death")
    clock.advance(timedelta(days=2))
    heard = silent.say("khong, mat cai dien thoai").text
    assert heard.count("hieu nham") == 1
    assert "qua tai khoan ngan hang" in heard
    assert silent.owner() is Owner.BOT


def test_the_last_yes_after_days_of_silence_declares(new_talk: NewTalk, clock: TestClock) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai", "khong", "quen tien mat")
    clock.advance(timedelta(days=2))
    assert "da ghi lai" in talk.say("dung roi").text
    assert len(talk.claims()) == 1


def test_with_marks_for_who_writes_with_them(silent: Talk) -> None:
    assert "Mình làm tiếp từ chỗ hôm trước ạ." in silent.say("nhận qua tài khoản").text


def test_who_never_stopped_and_wants_to_go_on_is_asked_the_question(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai")
    heard = talk.say("tiep tuc di chau", "resume").text
    assert "nhan tin lai" not in heard
    assert "qua tai khoan ngan hang" in heard


def test_within_the_day_nothing_is_said_of_it(new_talk: NewTalk, clock: TestClock) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai")
    clock.advance(timedelta(hours=5))
    assert WHERE_WE_WERE not in talk.say("nhan qua tai khoan").text


@pytest.fixture
def done_at_the_ward(new_talk: NewTalk) -> Talk:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai")
    heard = talk.say("toi lam o phuong hom qua roi", "already_done").text
    assert "cam on ba" in heard
    assert "khong nhan nhac nua" in heard
    return talk


def may_be_reminded(talk: Talk) -> bool:
    draft = talk.draft()
    later = now() + timedelta(days=30)
    with transaction() as session:
        idle = select(Person.id).where(Person.id == draft.person_id, is_unfinished(Person.id, draft.campaign_id, later))
        return session.scalar(idle) is not None


def test_who_has_done_it_at_the_ward_is_thanked_and_not_reminded(done_at_the_ward: Talk, new_talk: NewTalk) -> None:
    draft = done_at_the_ward.draft()
    assert (draft.state, draft.closing) == (DraftState.CLOSED, Closing.ALREADY_DONE)
    assert (done_at_the_ward.owner(), done_at_the_ward.escalations()) == (Owner.BOT, [])
    assert not may_be_reminded(done_at_the_ward)
    unfinished = new_talk()
    unfinished.converse("co", "dong y")
    assert may_be_reminded(unfinished)


def test_nor_over_another_channel_where_the_survey_lies_open(new_talk: NewTalk) -> None:
    person = citizen()
    web, phone = new_talk(channel=Channel.WEB), new_talk(person)
    web.converse("khai", "dong y", person.reference)
    assert may_be_reminded(web)
    phone.converse("co", "dong y")
    phone.say("toi lam o phuong hom qua roi", "already_done")
    assert not may_be_reminded(web)


def test_who_wants_to_declare_after_all_may(done_at_the_ward: Talk) -> None:
    assert "co dong y khong" in done_at_the_ward.say("toi muon khai", "start_survey").text


def test_what_was_said_stays_for_the_officer_who_compares(done_at_the_ward: Talk) -> None:
    assert done_at_the_ward.draft().answers["respondent"] == "self"
