"""On Zalo and Telegram a shared phone stands for the code: whoever was invited on it is whom the survey is about."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from conversations.events import Event
from conversations.thread import Channel
from tests.bot.conftest import NewTalk
from tests.bot.talk import Heard, Talk, invite
from tests.console.ward import citizen
from tests.outreach.conftest import read_settings_anew

SHARE, CODE, RESPONDENT = "Gửi số điện thoại", "mã hồ sơ", "hay người nhà"


@pytest.fixture(autouse=True)
def a_bot(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bot is set up, so that answers have a way out."""
    monkeypatch.setenv("LOA_TELEGRAM_TOKEN", "7000100200:invented-token_for-tests-0123456789")
    read_settings_anew()
    yield
    monkeypatch.undo()
    read_settings_anew()


@pytest.fixture
def talk(new_talk: NewTalk) -> Talk:
    """Somebody on Telegram, asked for the code."""
    talk = new_talk(channel=Channel.TELEGRAM)
    assert CODE in talk.converse("có", "đồng ý")
    return talk


def share(talk: Talk, phone: str) -> Heard:
    return talk.say(event=Event.CONTACT, shared_phone=phone)


def test_the_button_stands_beside_the_question_for_the_code_where_there_is_one(new_talk: NewTalk) -> None:
    offered = {}
    for channel in (Channel.TELEGRAM, Channel.WEB):
        talk = new_talk(channel=channel)
        talk.say("có")
        offered[channel] = talk.say("đồng ý").choices
    assert offered == {Channel.TELEGRAM: (SHARE,), Channel.WEB: ()}


def test_a_phone_shared_in_mid_survey_stands_for_the_code(talk: Talk, running_campaign: int) -> None:
    person = citizen()
    invite(person, running_campaign)
    assert RESPONDENT in share(talk, person.phone).text
    talk.converse("tôi", "không", "quen tiền mặt", "đúng rồi")
    [claim] = talk.claims()
    assert (claim.person_id, claim.from_invited_phone) == (person.person_id, True)


def test_a_phone_on_which_two_were_invited_still_asks_for_the_code(talk: Talk, running_campaign: int) -> None:
    first, second = citizen("Trần Văn Ba"), citizen("Lê Thị Tư", birth_year=1951)
    invite(first, running_campaign)
    invite(second, running_campaign, on=first)
    heard = share(talk, first.phone)
    assert CODE in heard.text
    assert SHARE not in heard.choices
    talk.say(second.reference)
    assert talk.draft().person_id == second.person_id


def test_an_unknown_phone_ties_nobody(talk: Talk) -> None:
    heard = share(talk, "0869" + str(uuid4().int)[:6])
    assert CODE in heard.text
    assert talk.draft().person_id is None


def test_a_code_given_before_is_not_overruled_by_a_phone(talk: Talk, running_campaign: int) -> None:
    mother, son = citizen("Trần Thị Ba"), citizen("Trần Văn Con", birth_year=1970)
    invite(mother, running_campaign)
    invite(son, running_campaign)
    talk.say(mother.reference)
    share(talk, son.phone)
    assert talk.draft().person_id == mother.person_id
