"""Advice for whoever writes a text."""

from __future__ import annotations

from datetime import date

import pytest

from outreach.channels.shortcode import NOBODY_LISTENS
from outreach.template_findings import Hint
from outreach.template_readability import advice
from outreach.templates import CampaignWords
from outreach.usual_texts import INVITATION, USUAL_TEXTS

CAMPAIGN = CampaignWords(date(2027, 1, 20), {"phone": "024 3834 0000"}, "viết LP ở đầu, gửi 8079 (1.000đ/tin)")


def hints(text: str) -> list[Hint]:
    return [one.hint for one in advice(text, CAMPAIGN)]


@pytest.mark.parametrize("text", USUAL_TEXTS.values())
def test_there_is_nothing_to_say_about_the_texts_we_offer(text: str) -> None:
    assert advice(text, CAMPAIGN) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bác khỏe không? Tiền về chưa?", [Hint.QUESTIONS]),
        ("Tiền về chưa?", []),
        (
            "Từ tháng sau bà con ở phường ta ai muốn thì có thể nhận tiền trợ cấp hằng tháng của mình qua tài khoản.",
            [Hint.LONG_SENTENCE],
        ),
        ("Từ tháng sau có cách nhận tiền mới: ai muốn thì nhận qua tài khoản; ai quen tiền mặt thì vẫn như cũ.", []),
        ("Đề nghị chủ động liên hệ.", [Hint.HARD_WORD, Hint.HARD_WORD]),
        ("De nghi lien he voi to truong.", [Hint.HARD_WORD, Hint.HARD_WORD]),
        ("Mang theo căn cước.", []),
        (INVITATION + " Xin ông bà yên tâm.", [Hint.LONG]),
        ("Gọi {gio_lam_viec}", []),
    ],
)
def test_hints(text: str, expected: list[Hint]) -> None:
    assert hints(text) == expected


def test_advice_names_the_sentence_the_word_and_a_plainer_one() -> None:
    (told,) = advice("Kính chào bác. Vui lòng liên hệ tổ trưởng.", CAMPAIGN)
    assert str(told) == "Câu 2: “Vui lòng liên hệ” hơi khó hiểu với người già, có thể nói “xin hỏi”."


def test_an_account_that_hears_nothing_is_told_of() -> None:
    deaf = CampaignWords(CAMPAIGN.deadline, CAMPAIGN.facts, NOBODY_LISTENS)
    (told,) = advice("Tiền về chưa: {cach_tra_loi}?", deaf)
    assert told.hint is Hint.ONE_WAY and "không nhắn trả lời được" in str(told)
    assert advice("Tiền về ngày 5.", deaf) == []
