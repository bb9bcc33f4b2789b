"""The one who writes is addressed by age and gender, a relative as anh/chị, and the bot calls itself to match."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.thread import Channel
from roster.person import Gender
from tests.bot.conftest import NewTalk
from tests.console.ward import citizen

MALE, FEMALE = Gender.MALE, Gender.FEMALE
BY_THE_ROSTER = [
    (1940, FEMALE, "Cụ", "cháu", "Ong/Ba", "chau"),
    (1946, MALE, "Cụ", "cháu", "Ong/Ba", "chau"),
    (1947, MALE, "Ông", "cháu", "Ong", "chau"),
    (1956, FEMALE, "Bà", "cháu", "Ba", "chau"),
    (1957, FEMALE, "Bác", "cháu", "Bac", "chau"),
    (1966, MALE, "Bác", "cháu", "Bac", "chau"),
    (1967, MALE, "Chú", "cháu", "Chu", "chau"),
    (1981, FEMALE, "Cô", "cháu", "Co", "chau"),
    (1982, FEMALE, "Chị", "em", "Chi", "em"),
    (2010, MALE, "Anh", "em", "Anh", "em"),
    (2012, FEMALE, "Em", "chúng tôi", "Em", "chung toi"),
    (1950, None, "Ông/bà", "cháu", "Ong/ba", "chau"),
    (1970, None, "Cô/chú", "cháu", "Co/chu", "chau"),
    (None, MALE, "Ông", "chúng tôi", "Ong", "chung toi"),
    (None, FEMALE, "Bà", "chúng tôi", "Ba", "chung toi"),
    (None, None, "Ông/bà", "chúng tôi", "Ong/ba", "chung toi"),
]  # fmt: skip
"""Birth year and gender on the roster in November 2026, the forms with their marks, and by SMS without."""


@pytest.mark.parametrize(("year", "gender", "second", "own", "sms_second", "sms_own"), BY_THE_ROSTER)
def test_the_beneficiary_by_age_and_gender(
    new_talk: NewTalk, year: int | None, gender: Gender | None, second: str, own: str, sms_second: str, sms_own: str
) -> None:
    marked = new_talk(citizen(birth_year=year, gender=gender))
    asked = marked.converse("có chứ", "đồng ý", "tôi tự khai", "nhận tiền mặt", "zzzé").splitlines()[-6]
    assert asked.startswith(f"Lý do {second[0].lower()}{second[1:]} nhận tiền mặt là gì ạ? {second} chọn")
    plain = new_talk(citizen(birth_year=year, gender=gender))
    told = plain.converse("co", "dong y", "toi tu khai", "nhan tien mat", "zzz")
    assert told.startswith(
        f"{sms_own[0].upper()}{sms_own[1:]} chua hieu y {sms_second[0].lower()}{sms_second[1:]}."
    ) or (sms_second == "Ong/Ba" and told.startswith("Chau chua hieu y Ong/Ba."))


def test_a_birthday_still_to_come_counts(new_talk: NewTalk) -> None:
    talk = new_talk(citizen(birth_year=1946, birth_date=date(1946, 12, 24), gender=MALE))
    assert "Ông có muốn nhận" in talk.converse("có chứ", "đồng ý", "tôi tự khai")


@pytest.mark.parametrize("year", [1940, 1985, 2015])
def test_a_relative_is_anh_chi_whatever_the_beneficiarys_age(new_talk: NewTalk, year: int) -> None:
    talk = new_talk(citizen(birth_year=year))
    asked = talk.converse("có chứ", "đồng ý", "tôi là con gái bà", "zzzé")
    assert asked.startswith("Em chưa hiểu ý anh/chị.")
    assert "người hưởng trợ cấp muốn nhận vào tài khoản" in asked


def test_before_anybody_has_said_who_writes_nobody_is_taken_for_anybody(new_talk: NewTalk) -> None:
    asked = new_talk(citizen(birth_year=1940)).converse("có chứ", "zzzé")
    assert asked.startswith("Chúng tôi chưa hiểu ý ông/bà.")


def test_an_uninvited_person_is_ong_ba_even_with_a_code_of_the_roster(new_talk: NewTalk) -> None:
    known = citizen(birth_year=1940)
    talk = new_talk(channel=Channel.WEB)
    assert "Ông/bà có muốn nhận" in talk.converse("khai", "đồng ý", known.reference, "tôi tự khai")
