"""What was declared may still be corrected, until an officer has verified it; then only an officer changes it."""

from __future__ import annotations

import pytest

from conversations.escalation import Reason
from conversations.thread import Owner
from core.database import transaction
from roster.claim import Claim, ClaimState
from tests.bot.conftest import NewTalk
from tests.bot.talk import Talk

SUMMARY = "xin doc lai"


@pytest.fixture
def declared(new_talk: NewTalk) -> Talk:
    """Somebody whose own account was declared."""
    talk = new_talk()
    talk.converse("co", "dong y", "toi tu khai", "co", "co roi", "vietcombank", "0011004123456", "tran thi nguyet")
    assert "da ghi lai" in talk.say("dung roi").text
    return talk


@pytest.mark.parametrize(
    ("says", "field", "value"),
    [
        ("a nham, so cuoi la 7", "account_number", "0011004123457"),
        ("nham, ten chu tai khoan la tran thi nguyet que", "holder_name", "TRAN THI NGUYET QUE"),
    ],
)
def test_a_slip_noticed_after_the_yes_is_read_back_and_confirmed_once_more(
    declared: Talk, says: str, field: str, value: str
) -> None:
    heard = declared.say(says).text
    assert SUMMARY in heard.lower()
    assert len(declared.claims()) == 1
    assert "da ghi lai" in declared.say("dung roi").text
    old, new = declared.claims()
    assert (old.state, new.state) == (ClaimState.WITHDRAWN, ClaimState.DECLARED)
    assert (getattr(new, field), new.person_id) == (value, old.person_id)


def test_cash_after_all(declared: Talk) -> None:
    assert "tien mat tien hon" in declared.say("thoi, toi nhan tien mat").text
    declared.converse("di lai kho", "dung roi")
    assert [(claim.outcome_group, claim.state) for claim in declared.claims()] == [
        ("A", ClaimState.WITHDRAWN),
        ("D", ClaimState.DECLARED),
    ]


def test_a_wish_to_correct_without_saying_what_is_asked_which(declared: Talk) -> None:
    heard = declared.say("toi muon sua lai", "correct").text
    assert "sua cho nao" in heard
    assert "So tai khoan" in heard


def test_the_same_again_changes_nothing(declared: Talk) -> None:
    before = declared.draft()
    declared.say("so tai khoan 0011004123456 vietcombank")
    assert (declared.draft().id, len(declared.claims())) == (before.id, 1)


def test_what_an_officer_has_verified_only_an_officer_changes(declared: Talk) -> None:
    [claim] = declared.claims()
    with transaction() as session:
        session.get_one(Claim, claim.id).state = ClaimState.VERIFIED
    before = declared.draft()
    assert "chuyen can bo" in declared.say("a nham, so cuoi la 7").text
    assert [escalation.reason for escalation in declared.escalations()] == [Reason.ASKED]
    assert (declared.owner(), declared.draft().id) == (Owner.OFFICER, before.id)


def test_a_correction_that_cannot_be_read_says_so_and_leaves_all_as_it_was(declared: Talk) -> None:
    heard = declared.say("nham, so tai khoan la 0011").text
    assert "0011 0041 2345 6" in heard
    assert declared.claims()[0].state is ClaimState.DECLARED


@pytest.mark.parametrize(
    ("says", "label"), [("sang", "inform"), ("nhac lai", "repeat"), ("alo sao roi", "out_of_scope")]
)
def test_what_is_no_correction_hears_that_it_is_done_and_how_it_is_changed(
    declared: Talk, says: str, label: str
) -> None:
    heard = declared.say(says, label).text
    assert "da ghi xong" in heard
    assert "nhan: sua lai" in heard
    assert len(declared.claims()) == 1
