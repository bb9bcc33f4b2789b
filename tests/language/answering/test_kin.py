"""What the writer is to the beneficiary, where it takes more than one word of kinship to tell."""

from __future__ import annotations

import pytest

from language.answering.reader import read
from language.answering.reading import Open

ASKED = [
    ("em vợ", "sibling"), ("em vo", "sibling"), ("anh chồng", "sibling"), ("tôi là em trai chồng bà ấy", "sibling"),
    ("chị dâu", "sibling"), ("anh rể", "sibling"), ("chị em", "sibling"), ("anh em ruột", "sibling"),
    ("con rể", "child"), ("con dâu", "child"), ("vợ con trai bà", "child"), ("chong con gai", "child"),
    ("mẹ chồng", "child"), ("mẹ chồng em", "child"), ("bố vợ tôi", "child"), ("bố cháu", "child"),
    ("cháu ngoại", "grandchild"), ("cháu dâu", "grandchild"), ("con của con gái bà", "grandchild"),
    ("chắt", "grandchild"),
    ("bố cháu Nam", "guardian"), ("mẹ bé An", "guardian"), ("tôi là bà nội cháu Nam", "guardian"),
    ("toi khai ho con trai", "guardian"), ("khai cho cháu nội", "guardian"),
    ("tôi là mẹ chồng", "other"), ("con của anh trai ông ấy", "other"), ("dì", "other"), ("chú ruột", "other"),
    ("dì cháu Nam", "other"), ("giúp việc", "other"), ("bạn", "other"), ("toi khai ho con dau", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "relation"), ASKED)
def test_asked_outright(text: str, relation: str) -> None:
    assert read(text, Open("relation")).value("relation") == relation


@pytest.mark.parametrize("text", ["bo chau nam", "cô ơi", "mẹ nuôi", "dạ bác"])
def test_what_may_mean_two_things_is_asked_again(text: str) -> None:
    assert read(text, Open("relation")).value("relation") is None


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("em vợ", "sibling"), ("mẹ bé An", "guardian"), ("bố cháu Nam", "guardian"), ("vợ con trai bà", "child"),
        ("toi khai ho con trai", "guardian"), ("tôi là mẹ chồng", "other"), ("dì cháu Nam", None),
        ("bo chau nam", None),
    ],
)  # fmt: skip
def test_told_where_it_was_asked_who_writes(text: str, relation: str | None) -> None:
    reading = read(text, Open("respondent"))
    assert (reading.value("respondent"), reading.value("relation")) == ("relative", relation)


@pytest.mark.parametrize("text", ["chú ơi", "cô ơi đúng chưa", "dạ bác", "chị em nhà tôi cảm ơn"])
def test_a_call_changes_no_relation_at_the_summary(text: str) -> None:
    answered = frozenset({"consent", "respondent", "relation"})
    assert read(text, Open("confirm", answered=answered)).value("relation") is None
