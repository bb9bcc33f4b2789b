"""What the loudspeaker says beside each kind of wave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from outreach.loudspeaker import LONGEST_SECONDS, Announcement, announcement, reading_seconds
from outreach.step import StepKind
from outreach.template_findings import Fault, Hint
from outreach.template_readability import advice
from outreach.templates import WARNING, CampaignWords
from roster.commune import Commune

WORDS = CampaignWords(date(2027, 1, 20), {"phone": "024 3834 0000", "office": "bộ phận một cửa, trụ sở UBND"})
BARE = replace(WORDS, facts={})
LONG_NAME = "Phường Văn Miếu - Quốc Tử Giám"
BEGINS = date(2026, 12, 3)


def made(
    kind: StepKind, words: CampaignWords = WORDS, name: str = LONG_NAME, begins: date | None = BEGINS
) -> Announcement:
    return announcement(kind, Commune(code="00199", name=name, folded_name=""), words, begins)


def said(kind: StepKind, words: CampaignWords = WORDS, name: str = LONG_NAME, begins: date | None = BEGINS) -> str:
    return " ".join(made(kind, words, name, begins).paragraphs)


@pytest.mark.parametrize("words", [WORDS, BARE], ids=["with facts", "without"])
@pytest.mark.parametrize("kind", StepKind)
def test_each_kind_is_read_within_a_minute_and_breaks_no_rule(kind: StepKind, words: CampaignWords) -> None:
    whole = made(kind, words)
    assert not whole.too_long and whole.seconds <= LONGEST_SECONDS
    assert whole.findings == ()


@pytest.mark.parametrize("kind", StepKind)
def test_each_kind_says_who_speaks_where_to_ask_and_warns(kind: StepKind) -> None:
    text = said(kind)
    assert text.startswith("Kính thưa bà con! Ủy ban nhân dân phường Văn Miếu - Quốc Tử Giám xin thông báo.")
    assert "hỏi tổ trưởng, gọi số 024 3834 0000, hoặc đến bộ phận một cửa, trụ sở Ủy ban nhân dân" in text
    assert WARNING in text
    assert "{" not in text and "UBND" not in text


@pytest.mark.parametrize("kind", StepKind)
def test_words_are_plain_and_sentences_short(kind: StepKind) -> None:
    found = advice(said(kind, BARE, "Phường Láng"), BARE)
    assert [str(one) for one in found if one.hint is not Hint.LONG] == []


@pytest.mark.parametrize("kind", [kind for kind in StepKind if kind is not StepKind.MONEY_CAME])
def test_whoever_does_nothing_loses_nothing(kind: StepKind) -> None:
    assert "Không đăng ký cũng không mất trợ cấp" in said(kind)
    assert "ngày 20 tháng 1" in said(kind)


def test_the_invitation_names_the_day_where_there_is_one() -> None:
    assert "Từ ngày 3 tháng 12, Ủy ban nhắn tin" in said(StepKind.INVITATION)
    assert "Mấy ngày này, Ủy ban nhắn tin" in said(StepKind.INVITATION, begins=None)


def test_a_hamlet_has_another_head_and_what_is_not_stated_is_not_said() -> None:
    text = said(StepKind.INVITATION, BARE, "Xã An Lạc")
    assert "Ủy ban nhân dân xã An Lạc" in text and "xin hỏi trưởng thôn." in text
    assert "gọi số" not in text and "hoặc đến" not in text


@pytest.mark.parametrize(
    ("facts", "fault"),
    [({"phone": "zalo.me/123"}, Fault.LINK), ({"office": "phòng người có công"}, Fault.CATEGORY)],
)
def test_facts_are_held_to_the_rules_of_every_text(facts: dict[str, str], fault: Fault) -> None:
    whole = made(StepKind.FINAL, replace(WORDS, facts=facts))
    assert [one.fault for one in whole.findings] == [fault]


def test_a_long_office_makes_it_too_long() -> None:
    assert made(StepKind.INVITATION, replace(WORDS, facts={"office": "nhà văn hóa tổ dân phố " * 8})).too_long


@pytest.mark.parametrize(
    ("text", "seconds"), [("", 0), ("một hai ba", 1), ("một hai ba bốn", 2), ("024 3834 0000", 5), ("ngày 21", 2)]
)
def test_numbers_take_as_long_as_they_are_said(text: str, seconds: int) -> None:
    assert reading_seconds(text) == seconds
