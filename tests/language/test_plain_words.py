"""Hard words of offices and plainer ones."""

from __future__ import annotations

from language.plain_words import hard_words
from language.tables import read_table
from language.unaccented import reads_as_obscene

ROWS = read_table("plain_words.csv")


def test_hard_words_are_found_in_order_each_once_in_any_spelling() -> None:
    found = hard_words("ĐỀ NGHỊ đối tượng thụ  hưởng hoàn thiện hồ sơ, hoàn thiện sớm")
    assert [one.plainer for one in found] == ["xin", "người nhận trợ cấp", "làm xong"]
    assert hard_words("uỷ quyền") == hard_words("uỷ quyền uỷ quyền") and hard_words("uỷ quyền")


def test_the_longest_phrase_counts() -> None:
    assert [one.plainer for one in hard_words("mang căn cước công dân")] == ["căn cước"]


def test_without_marks_only_phrases_are_sure() -> None:
    assert [one.plainer for one in hard_words("de nghi nham lan")] == ["xin"]


def test_the_table_is_whole_and_offers_nothing_hard_itself() -> None:
    assert len(ROWS) >= 120
    assert len({row["phrase"] for row in ROWS}) == len(ROWS)
    hard = {row["phrase"] for row in ROWS}
    assert [row for row in ROWS if not row["plainer"] or row["plainer"] in hard] == []
    assert [row for row in ROWS if reads_as_obscene(row["plainer"])] == []
