"""One phone, several beneficiaries: the code tells whom it is about, and the next one follows unasked."""

from __future__ import annotations

import pytest

from language.codes import group_code
from tests.bot.conftest import NewTalk
from tests.bot.talk import Talk, invite
from tests.console.ward import Citizen, citizen

CONSENT, CODE, RESPONDENT = "co dong y khong", "ma ho so", "hay nguoi nha"
CASH = ("toi", "khong", "quen tien mat", "dung roi")


@pytest.fixture
def shared(new_talk: NewTalk, running_campaign: int) -> tuple[Talk, Citizen, Citizen]:
    """A phone on which two people were invited."""
    first, second = citizen("Trần Văn Ba"), citizen("Lê Thị Tư", birth_year=1951)
    talk = new_talk(first)
    invite(second, running_campaign, on=first)
    return talk, first, second


def code(person: Citizen) -> str:
    return group_code(person.reference).lower()


def test_whom_it_is_about_is_asked_by_the_code_and_nobody_is_listed(shared: tuple[Talk, Citizen, Citizen]) -> None:
    talk, _, second = shared
    asked = talk.converse("co", "dong y")
    assert "dang khai giup ai" in asked
    assert CODE in asked
    assert "Ba" not in asked.replace("Ong/Ba", "").replace("ong/ba", "")
    assert RESPONDENT in talk.say(code(second)).text
    assert talk.draft().person_id == second.person_id


def test_after_the_first_the_last_one_needs_no_code(shared: tuple[Talk, Citizen, Citizen]) -> None:
    talk, first, second = shared
    thanks = talk.converse("co", "dong y", code(second), *CASH)
    assert "con thu moi cua nguoi khac" in thanks
    assert CONSENT in talk.say("khai tiep cho nguoi kia", "resume").text
    assert RESPONDENT in talk.say("dong y").text
    assert (talk.draft().person_id, talk.draft().invited) == (first.person_id, True)
    thanks = talk.converse(*CASH)
    assert "nguoi khac" not in thanks
    assert [claim.person_id for claim in talk.claims()] == [second.person_id, first.person_id]
    assert all(claim.from_invited_phone for claim in talk.claims())


@pytest.mark.parametrize("says", ["khai tiep", "khai tiếp cho mẹ nữa", "khai", "toi khai ho bo toi nua"])
def test_however_it_is_said(shared: tuple[Talk, Citizen, Citizen], says: str) -> None:
    talk, first, second = shared
    talk.converse("co", "dong y", code(second), *CASH)
    heard = talk.say(says, "start_survey").text
    assert "chao" not in heard  # the office has said who it is
    assert talk.draft().person_id == first.person_id


def test_thanks_begin_nothing(shared: tuple[Talk, Citizen, Citizen]) -> None:
    talk, _, second = shared
    talk.converse("co", "dong y", code(second), *CASH)
    before = talk.draft()
    talk.say("cam on chau nhe", "thank")
    assert talk.draft().id == before.id


def test_where_two_are_left_the_code_is_asked(shared: tuple[Talk, Citizen, Citizen], running_campaign: int) -> None:
    talk, first, second = shared
    third = citizen("Phạm Thị Năm")
    invite(third, running_campaign, on=first)
    talk.converse("co", "dong y", code(second), *CASH)
    talk.say("khai tiep cho nguoi kia", "resume")
    assert "dang khai giup ai" in talk.say("dong y").text
    assert RESPONDENT in talk.say(code(third)).text


def test_where_nobody_is_left_the_next_person_needs_a_code(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.converse("co", "dong y", *CASH)
    talk.say("khai tiep cho me toi nua", "start_survey")
    assert CODE in talk.say("dong y").text
    assert talk.draft().person_id is None


def test_in_the_middle_the_next_person_has_to_wait(shared: tuple[Talk, Citizen, Citizen]) -> None:
    talk, _, second = shared
    talk.converse("co", "dong y", code(second), "toi")
    before = talk.draft()
    heard = talk.say("khai cho nguoi kia nua", "start_survey").text
    assert "lam xong cho nguoi nay" in heard
    assert "qua tai khoan ngan hang" in heard
    assert talk.draft().id == before.id


def test_the_next_one_also_follows_somebody_who_had_done_it_at_the_ward(
    shared: tuple[Talk, Citizen, Citizen],
) -> None:
    talk, first, second = shared
    talk.converse("co", "dong y", code(second))
    talk.say("ba ay lam o phuong roi", "already_done")
    talk.say("khai tiep cho nguoi kia", "start_survey")
    assert RESPONDENT in talk.say("dong y").text
    assert talk.draft().person_id == first.person_id
