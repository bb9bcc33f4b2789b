"""Rows that are no persons, and persons that look as if they were none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from roster.intake import Field, RowReason
from tests.roster.intake.books import HEADER, HOA, people, read, save

TAM = (2, "Lê Văn Tám", 1950, "Nam", "001050000002", "HN", "Xã Hạ Bằng", "0912345679")


def _reason(folder: Path, row: Sequence[Any]) -> RowReason | None:
    """How a row between two persons is sorted."""
    return read(save(folder, [HEADER, HOA, row, TAM]))[1].reason


@pytest.mark.parametrize(
    "row",
    [
        [None, "Cộng Xã Hạ Bằng", None, None, None, None, None, 12_000_000],
        ["Tổng cộng"],
        ["TỔNG CỘNG: 45 người", None, 1950, 12],
        [None, "Tổng số", 45, 23],
        ["Cộng trang 1"],
        [None, "cong", None, None, None, None, None, 500000],
        [None, "I. Tổng", 4],
        [None, "Lũy kế", None, None, None, None, None, 1],
        ["Số người: 45"],
    ],
)
def test_totals(tmp_path: Path, row: list[Any]) -> None:
    assert _reason(tmp_path, row) is RowReason.TOTAL


@pytest.mark.parametrize(
    "row",
    [
        [None, "NGƯỜI LẬP BIỂU", None, None, None, None, None, "CHỦ TỊCH"],
        [None, None, None, None, None, "Hà Nội, ngày 12 tháng 11 năm 2026"],
        [None, "(Ký, họ tên)", None, None, "(Ký tên, đóng dấu)"],
        [None, "TM. ỦY BAN NHÂN DÂN"],
        [None, "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"],
        ["Nơi nhận:"],
        ["- Như trên;"],
        [None, "Kế toán", None, "Thủ trưởng đơn vị"],
        ["Số tiền bằng chữ: Mười hai triệu đồng"],
        ["Danh sách này có 45 người./."],
    ],
)
def test_signatures(tmp_path: Path, row: list[Any]) -> None:
    assert _reason(tmp_path, row) is RowReason.SIGNATURE


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (HEADER, RowReason.HEADER),
        ([str(i) for i in range(1, 9)], RowReason.COLUMN_NUMBERS),
        (list(range(1, 9)), RowReason.COLUMN_NUMBERS),
        ([f"({i})" for i in range(1, 9)], RowReason.COLUMN_NUMBERS),
        (["A", "B", "1", "2", "3", "4=2+3"], RowReason.COLUMN_NUMBERS),
        (["I", "Người có công"], RowReason.HEADING),
        ([None, "II. BẢO TRỢ XÃ HỘI"], RowReason.HEADING),
        ([None, "Xã Xuân Mai"], RowReason.HEADING),
        (["1", "Phường Láng (12 người)"], RowReason.HEADING),
        ([None, "Thôn 5"], RowReason.HEADING),
        (["B", "Đối tượng hưởng mới", None, None, None, None, None, 4], RowReason.HEADING),
        ([3], RowReason.NUMBER_ONLY),
        ([None, "Lưu ý: những người chưa có tài khoản thì ghi rõ ở cột ghi chú"], RowReason.NOTE),
        ([None, None, None, None, None, None, "Xã Hạ Bằng"], RowReason.NOTE),
        ([], RowReason.BLANK),
    ],
)
def test_other_rows_that_are_no_persons(tmp_path: Path, row: Sequence[Any], reason: RowReason) -> None:
    assert _reason(tmp_path, row) is reason


@pytest.mark.parametrize(
    "row",
    [
        [3, "Tống Thị Số", 1950, "Nữ", None, "HN", "Xã Hạ Bằng"],
        [3, "TỐNG VĂN CỘNG", None, None, None, "HN", "Xã Hạ Bằng"],
        [3, "Công Thị Hoa", None, None, None, "HN", "Xã Hạ Bằng"],
        [3, "Cong Van Hoa", None, None, None, "HN", "Xã Hạ Bằng"],
        [3, "Đặng Thị Ký", None, None, None, "HN", "Xã Hạ Bằng"],
        [3, "Lê Văn Chủ", 1950],
        [3, "Chu Thị Tịch"],
        [None, "Trần Văn Thôn", 1950],
        [3, "K'Brơi", 1950, "Nam", "068050000001"],
    ],
)
def test_people_with_names_like_other_rows(tmp_path: Path, row: list[Any]) -> None:
    assert _reason(tmp_path, row) is None


def test_a_row_without_a_name_but_with_a_number_is_a_person_in_error(tmp_path: Path) -> None:
    [row] = people(save(tmp_path, [HEADER, (1, None, *HOA[2:])]))
    assert row.errors == [Field.FULL_NAME] and row.person is not None and row.person.full_name is None


def test_the_signers_below_the_signatures_are_no_beneficiaries(tmp_path: Path) -> None:
    rows = [
        HEADER,
        HOA,
        [],
        [None, "NGƯỜI LẬP BIỂU", None, None, "CHỦ TỊCH"],
        [],
        [],
        [None, "Nguyễn Văn Ký", None, None, "Trần Chủ"],
    ]
    reasons = [row.reason for row in read(save(tmp_path, rows))]
    assert reasons == [
        None,
        RowReason.BLANK,
        RowReason.SIGNATURE,
        RowReason.BLANK,
        RowReason.BLANK,
        RowReason.SIGNATURE,
    ]


def test_a_list_goes_on_after_the_signatures_of_a_page(tmp_path: Path) -> None:
    rows = [
        HEADER,
        HOA,
        [None, "NGƯỜI LẬP BIỂU"],
        [None, "Nguyễn Văn Ký"],
        HEADER,
        TAM,
        [3, "Lê Văn Chín", None, None, None, "HN"],
    ]
    assert [row.row for row in people(save(tmp_path, rows))] == [2, 6, 7]


def test_headings_supply_what_the_columns_lack(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "CCCD"],
        ["A", "NGƯỜI CÓ CÔNG"],
        ["I", "Xã Hạ Bằng"],
        [1, "Lê Văn Tám", 1950, "001050000001"],
        ["Cộng xã Hạ Bằng", None, 1],
        ["II", "PHƯỜNG LÁNG (2 người)"],
        [None, "Tổ dân phố số 5"],
        [1, "Lê Văn Chín", 1951, "001051000001"],
        ["B", "Đối tượng bảo trợ xã hội"],
        [2, "Lê Văn Mười", 1952, "001052000001"],
    ]
    found = [
        (r.person.category, r.person.ward, r.person.neighbourhood) for r in people(save(tmp_path, rows)) if r.person
    ]
    assert found == [
        ("meritorious", "Xã Hạ Bằng", None),
        ("meritorious", "Phường Láng", "Tổ dân phố số 5"),
        ("social_protection", "Phường Láng", "Tổ dân phố số 5"),
    ]


def test_titles_supply_what_the_columns_lack(tmp_path: Path) -> None:
    rows = [
        ["UBND PHƯỜNG LÁNG"],
        ["DANH SÁCH HỘ NGHÈO NĂM 2026"],
        ["STT", "Họ và tên", "CCCD"],
        [1, "Lê Văn Tám", "001050000001"],
    ]
    [row] = people(save(tmp_path, rows))
    assert row.person is not None and (row.person.category, row.person.ward) == ("poor_household", "Phường Láng")
    assert row.errors == []


def test_an_empty_cell_takes_the_heading_with_a_warning(tmp_path: Path) -> None:
    rows = [HEADER, [None, "Xã Xuân Mai"], (*HOA[:6], None, HOA[7])]
    [row] = people(save(tmp_path, rows))
    assert row.person is not None and row.person.ward == "Xã Xuân Mai"
    assert [f.field for f in row.findings] == [Field.WARD] and row.errors == []


@pytest.mark.parametrize("ditto", ['"', "-nt-", "nt", "Như trên", "〃"])
def test_ditto_marks_repeat_the_cell_above(tmp_path: Path, ditto: str) -> None:
    rows = [HEADER, HOA, (*TAM[:5], ditto, ditto, None), (3, "Lê Văn Chín", 1951, "Nam", "001051000003", ditto, ditto)]
    assert [(r.person.category, r.person.ward) for r in people(save(tmp_path, rows)) if r.person] == [
        ("social_protection", "Xã Hạ Bằng")
    ] * 3


def test_a_cell_merged_over_rows_counts_for_each(tmp_path: Path) -> None:
    rows = [HEADER, HOA, (*TAM[:6], None, None), (3, "Lê Văn Chín", 1951, "Nam", "001051000003", "HN")]
    found = people(save(tmp_path, rows, merges=["G2:G3"]))
    assert [r.person.ward for r in found if r.person] == ["Xã Hạ Bằng", "Xã Hạ Bằng", None]
