"""Categories by name, abbreviation and kind of person."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.intake import Field, IntakeSettings, Status
from roster.intake.categories import load_categories
from roster.intake.settings import DATA
from tests.roster.intake.books import TODAY, read, read_one, reasons, save

CATEGORIES = load_categories(DATA / "categories.yml")


@pytest.mark.parametrize(
    ("category", "texts"),
    [
        (
            "social_protection",
            [
                "BTXH",
                "Đối tượng BTXH",
                "bao tro xa hoi",
                "B.T.X.H",
                "NKT đặc biệt nặng",
                "Trẻ mồ côi",
                "Người cao tuổi từ đủ 80 tuổi",
                "Trẻ em không nguồn nuôi dưỡng",
                "Đang hưởng BTXH",
            ],
        ),
        (
            "meritorious",
            [
                "NCC",
                "Người có công",
                "N.C.C",
                "Thương binh",
                "Thương binh hạng 2/4 (61%)",
                "Thân nhân liệt sĩ",
                "Con liệt sỹ",
                "Mẹ VNAH",
                "Bệnh binh",
                "CĐHH",
                "NCC với cách mạng",
            ],
        ),
        (
            "poor_household",
            [
                "HN",
                "hộ nghèo ",
                "HỘ NGHÈO",
                "Hộ nghèo năm 2025",
                "Hộ nghèo (loại A)",
                "1. Hộ nghèo",
                "thuộc diện hộ nghèo",
                "nghèo",
            ],
        ),
        ("near_poor_household", ["HCN", "Cận nghèo", "Hộ cận nghèo", "ho can ngheo"]),
        ("social_pension", ["Trợ cấp hưu trí xã hội", "TC HTXH"]),
        ("other", ["Khác", "Trường hợp khác", "Đối tượng khác"]),
    ],
)
def test_names_and_abbreviations(category: str, texts: list[str]) -> None:
    assert {text: CATEGORIES.match(text).names for text in texts} == dict.fromkeys(texts, (category,))


@pytest.mark.parametrize(
    "text", ["???", "x", "Hộ thoát nghèo", "Không thuộc hộ nghèo", "Mai táng phí", "Cựu chiến binh"]
)
def test_what_names_no_category(text: str) -> None:
    assert CATEGORIES.match(text).names == ()


@pytest.mark.parametrize("text", ["BTXH, HN", "NKT thuộc hộ nghèo", "BTXH + Hộ nghèo", "Bảo trợ xã hội (hộ nghèo)"])
def test_two_categories_in_one_cell(tmp_path: Path, text: str) -> None:
    row = read_one(tmp_path, category=text)
    assert row.person is not None
    assert (row.person.category, row.person.further_categories) == ("social_protection", ("poor_household",))
    assert row.status is Status.WARNING


def test_an_unknown_category_is_an_error_that_names_the_known_ones(tmp_path: Path) -> None:
    row = read_one(tmp_path, category="???")
    assert row.errors == [Field.CATEGORY] and row.person is not None and row.person.category is None
    assert "Hộ cận nghèo" in reasons(row)


def test_a_fallen_soldier_is_no_recipient_but_a_relative_is(tmp_path: Path) -> None:
    fallen, relative = read_one(tmp_path, category="Liệt sĩ"), read_one(tmp_path, category="Thân nhân liệt sĩ")
    assert fallen.person is not None and fallen.person.deceased and fallen.person.category == "meritorious"
    assert relative.person is not None and not relative.person.deceased and relative.findings == []


def test_an_office_may_have_its_own_categories(tmp_path: Path) -> None:
    own = tmp_path / "categories.yml"
    own.write_text(
        "categories:\n  veterans: {label: Cựu chiến binh, exact: [ccb], contains: [cuu chien binh]}\n"
        "fillers: []\ndenials: []\nfallen: []\n",
        encoding="utf-8",
    )
    path = save(tmp_path, [["Họ tên", "CCCD", "Diện", "Xã"], ["Lê Văn Tám", "001050000001", "CCB", "Xã Hạ Bằng"]])
    [row] = read(path, IntakeSettings(today=TODAY, categories_file=own))
    assert row.person is not None and row.person.category == "veterans"
