"""An officer sends a claim back for one answer: the bot asks for that one alone, and all else stays as it was said."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from core.clock import now
from core.database import transaction
from roster.campaign import Campaign, CampaignState
from roster.claim import Claim, ClaimState
from roster.survey.asking_back import ask_back
from roster.survey.draft import DraftState
from roster.survey.questions import Question
from roster.verification import return_for_correction
from tests.bot.conftest import NewTalk
from tests.bot.talk import Talk

OFFICER = 901


@pytest.fixture
def declared(new_talk: NewTalk) -> Talk:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai", "co", "co roi", "vietcombank", "0011004123456", "tran thi nguyet")
    assert "da ghi lai" in talk.say("dung roi").text
    return talk


def sent_back(talk: Talk, question: Question) -> bool:
    [claim] = talk.claims()
    with transaction() as session:
        return_for_correction(session, claim.id, OFFICER, "chưa đúng", now())
        return ask_back(session, claim.draft_id, question, now())


@pytest.mark.parametrize(
    ("question", "says", "field", "value"),
    [
        (Question.ACCOUNT_NUMBER, "0011004123457", "account_number", "0011004123457"),
        (Question.HOLDER_NAME, "tran thi nguyet que", "holder_name", "TRAN THI NGUYET QUE"),
    ],
)
def test_the_answer_alone_is_given_read_back_and_declared(
    declared: Talk, question: Question, says: str, field: str, value: str
) -> None:
    assert sent_back(declared, question)
    assert "xin doc lai" in declared.say(says).text.lower()
    assert "da ghi lai" in declared.say("dung roi").text
    old, new = declared.claims()
    assert (old.state, new.state) == (ClaimState.WITHDRAWN, ClaimState.DECLARED)
    assert getattr(new, field) == value
    kept = {"account_number", "holder_name", "bank", "person_id", "outcome_group"} - {field}
    assert all(getattr(new, one) == getattr(old, one) for one in kept)


def test_whoever_only_says_yes_is_asked_for_just_that(declared: Talk) -> None:
    assert sent_back(declared, Question.ACCOUNT_NUMBER)
    heard = declared.say("co").text.lower()
    assert "so tai khoan" in heard and "dong y" not in heard
    assert "0011 0041 2345 7" in declared.say("0011004123457").text


def test_nothing_is_opened_where_the_campaign_takes_no_answers(declared: Talk, running_campaign: int) -> None:
    closed = update(Campaign).where(Campaign.id == running_campaign)
    with transaction() as session:
        session.execute(closed.values(state=CampaignState.CLOSED))
    try:
        assert not sent_back(declared, Question.BANK)
    finally:
        with transaction() as session:
            session.execute(closed.values(state=CampaignState.RUNNING))
    assert declared.draft().state is DraftState.DECLARED


def test_nothing_is_opened_beside_a_survey_that_was_begun_anew(declared: Talk) -> None:
    declared.say("a nham, so cuoi la 7")
    begun = declared.draft()
    assert begun.state is DraftState.OPEN
    assert not sent_back(declared, Question.BANK)
    assert declared.draft().id == begun.id


def test_an_answer_that_was_never_given_is_not_asked_for(declared: Talk) -> None:
    assert not sent_back(declared, Question.VISIT_TIME)
    with transaction() as session:
        assert session.get_one(Claim, declared.claims()[0].id).state is ClaimState.NEEDS_CORRECTION
