"""Two readings that are close are offered, and what is picked is done; three failures in a row go to an officer."""

from __future__ import annotations

import json

import pytest

from conversations.escalation import Reason
from conversations.thread import Channel, Owner
from tests.bot.conftest import NewTalk
from tests.bot.talk import Talk

ASKED = "the thi sao nhi bac chau"
FEES, AMOUNT = "khong mat tien", "Muc tro cap khong doi"


@pytest.fixture
def unsure(new_talk: NewTalk) -> Talk:
    """Somebody of whose words two readings are close, while it is asked how the money is to come."""
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai")
    heard = talk.say(ASKED, "faq/fees", "faq/amount").text
    assert [line for line in heard.splitlines() if line[:2] in ("1.", "2.")] == [
        "1. Hoi co mat phi khong",
        "2. Hoi duoc bao nhieu tien",
    ]
    return talk


@pytest.mark.parametrize(
    ("picks", "told"),
    [
        ("1", FEES),
        ("cai dau", FEES),
        ("hoi co mat phi khong", FEES),
        ("so 2", AMOUNT),
        ("hoi duoc bao nhieu tien", AMOUNT),
    ],
)
def test_what_is_picked_is_answered_and_the_question_asked_again(unsure: Talk, picks: str, told: str) -> None:
    heard = unsure.say(picks).text
    assert told in heard
    assert "tai khoan" in heard.splitlines()[-4]
    assert unsure.draft().failures == 0


def test_a_button_picks_too(new_talk: NewTalk) -> None:
    talk = new_talk(channel=Channel.WEB)
    talk.converse("khai", "dong y")
    assert talk.say(ASKED, "faq/fees", "faq/amount").choices == ("Hỏi có mất phí không", "Hỏi được bao nhiêu tiền")
    assert "không mất tiền" in talk.say("Hỏi có mất phí không", payload="intent=faq/fees").text


def test_an_answer_to_the_open_question_is_taken_instead(unsure: Talk) -> None:
    assert "da co tai khoan" in unsure.say("nhan qua tai khoan").text


def test_a_meaning_that_is_an_answer_answers(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai")
    talk.say(ASKED, "want_cash", "faq/keep_cash")
    assert "tien mat tien hon" in talk.say("1").text
    assert talk.draft().answers["wants_account"] == "no"


@pytest.mark.parametrize(
    ("labels", "offered"),
    [
        (("out_of_scope", "faq/fees", "faq/amount"), []),
        (("faq/fees", "out_of_scope", "faq/amount"), ["intent=faq/fees", "intent=faq/amount"]),
    ],
)
def test_none_of_this_is_never_offered(new_talk: NewTalk, labels: tuple[str, ...], offered: list[str]) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai")
    talk.say(ASKED, *labels)
    meanings = [choice["payload"] for choice in json.loads(talk.thread().offered or "[]")]
    assert [payload for payload in meanings if payload.startswith("intent=")] == offered


def test_again_differently_then_choices_then_an_officer(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai", "co", "co roi")
    first, second, third = (talk.say("zzz").text for _ in range(3))
    assert "ten ngan hang, vi du in tren the" in first
    assert "1. De can bo ghi\n2. Gap can bo" in second
    assert "chuyen can bo lien he lai" in third
    assert [escalation.reason for escalation in talk.escalations()] == [Reason.NOT_UNDERSTOOD]
    assert talk.say("alo co ai khong").text == ""


def test_two_offers_count_as_failures_too(unsure: Talk) -> None:
    unsure.say(ASKED, "faq/fees", "faq/amount")
    assert "chuyen can bo" in unsure.say(ASKED, "faq/fees", "faq/amount").text
    assert unsure.owner() is Owner.OFFICER


def test_a_question_that_was_understood_ends_the_row(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai", "zzz", "zzz")
    talk.say("co mat phi khong", "faq/fees")
    talk.converse("zzz", "zzz")
    assert talk.owner() is Owner.BOT
