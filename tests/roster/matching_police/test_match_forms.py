"""The forms of match files: one for a commune, words both ways, nothing in them that must not go out."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.matching_police.forms import Holds, form_for, load_forms
from roster.matching_police.going_out import is_password, new_password
from roster.matching_police.results import FOLLOWS, NEEDS_A_VISIT, MatchResult

OWN = """
forms:
  - {key: own, label: Riêng, source: Công văn thử, communes: ["00118"], day: "%Y-%m-%d",
     columns: [{title: Khóa, holds: key, width: 9}, {title: Sinh, holds: birth, width: 9},
               {title: KQ, holds: result, width: 9}],
     results: {matched: [Đ], mismatch: [S], not_found: [K], no_id: [C], deceased: [M], moved: [CĐ], absent: [V],
               temporary_residence: [T]}}
"""


def test_every_result_has_words_and_consequences() -> None:
    assert set(FOLLOWS) == set(MatchResult)
    for form in load_forms():
        for result, words in form.results.items():
            assert all(form.result(word) is result for word in words), words
            assert form.result(f"  {words[0].upper()} .") is result
        assert form.result("gì đó") is None
    assert not {MatchResult.MATCHED, MatchResult.DECEASED, MatchResult.MOVED} & set(NEEDS_A_VISIT)


def test_no_column_can_hold_a_phone_an_account_or_an_allowance() -> None:
    assert not any(word in holds.value for holds in Holds for word in ("phone", "account", "categor", "bank", "amount"))


def test_an_office_brings_its_own_form(tmp_path: Path) -> None:
    path = tmp_path / "forms.yml"
    path.write_text(OWN, encoding="utf-8")
    [form] = load_forms(path)
    assert [column.title for column in form.columns] == ["Khóa", "Sinh", "KQ"]
    assert (form.written_day("27/01/1950"), form.written_day("1950")) == ("1950-01-27", "1950")
    assert (form.read_day("1950-01-27"), form.read_day("khoảng 1950")) == ("27/01/1950", "khoảng 1950")
    path_without = tmp_path / "without.yml"
    path_without.write_text(OWN.replace("holds: key", "holds: place"), encoding="utf-8")
    with pytest.raises(ValueError, match="own"):
        load_forms(path_without)


def test_a_commune_without_a_form_of_its_own_has_the_general_one() -> None:
    assert form_for("99999").key == "general"


def test_passwords_are_long_and_never_the_same() -> None:
    made = {new_password() for _ in range(50)}
    assert len(made) == 50 and all(is_password(one) and len(one) == 24 for one in made)
    for wrong in ("", "123456", "abcd-abcd-abcd-abcd", "ABCD-ABCD-ABCD-ABCD-ABCD"):
        assert not is_password(wrong)
