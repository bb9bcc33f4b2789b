"""Several sheets, gaps, and the report."""

from __future__ import annotations

import json
from pathlib import Path

from roster.intake import Field, Role, RowReason, Severity, read_texts, to_json, to_record
from tests.roster.intake.books import HEADER, HOA, SETTINGS, people, read, read_one, save, save_sheets

KEYS = [
    "row",
    "kind",
    "status",
    "full_name",
    "birth_year",
    "gender",
    "citizen_id",
    "category",
    "ward",
    "phones",
    "errors",
    "duplicate_of",
    "candidates",
]


def test_sheets_without_a_list_are_passed_over(tmp_path: Path) -> None:
    path = save_sheets(tmp_path, {"Hướng dẫn": [["Điền theo mẫu"]], "Danh sách": [HEADER, HOA], "Trống": []})
    [row] = read(path)
    assert (row.sheet, row.row) == ("Danh sách", 2) and list(to_json(row)) == KEYS


def test_one_sheet_for_each_commune(tmp_path: Path) -> None:
    header, hoa = HEADER[:6], HOA[:6]
    path = save_sheets(tmp_path, {"Hạ Bằng": [header, hoa], "P. Láng": [header, hoa]})
    first, second = read(path)
    assert first.person is not None and first.person.ward == "Xã Hạ Bằng"
    assert second.person is not None and second.person.ward == "Phường Láng"
    assert (second.duplicate_of, second.duplicate_sheet) == (2, "Hạ Bằng")
    assert "Hạ Bằng" in second.findings[-1].reason
    assert (to_json(second)["sheet"], to_json(second)["duplicate_sheet"]) == ("P. Láng", "Hạ Bằng")


def test_a_hidden_sheet_counts_only_where_no_visible_one_is_a_list(tmp_path: Path) -> None:
    both = save_sheets(tmp_path, {"cũ": [HEADER, HOA, HOA], "mới": [HEADER, HOA]}, hidden=["cũ"])
    assert [row.sheet for row in read(both)] == ["mới"]
    alone = save_sheets(tmp_path, {"Hướng dẫn": [["a"]], "cũ": [HEADER, HOA]}, hidden=["cũ"])
    assert [row.sheet for row in read(alone)] == ["cũ"]


def test_every_row_below_the_header_is_reported(tmp_path: Path) -> None:
    rows = read(save(tmp_path, [["DANH SÁCH"], HEADER, HOA, [], [], ["Tổng cộng"]]))
    assert [(row.row, row.reason) for row in rows] == [
        (3, None),
        (4, RowReason.BLANK),
        (5, RowReason.BLANK),
        (6, RowReason.TOTAL),
    ]


def test_a_gap_of_thousands_is_no_list(tmp_path: Path) -> None:
    rows = read(save(tmp_path, [HEADER, HOA, *([[]] * 3000), ["Tổng cộng"]]))
    assert [row.row for row in rows] == [2, 3003]


def test_the_report_of_a_person(tmp_path: Path) -> None:
    assert to_json(read_one(tmp_path, category="NCC")) == {
        "row": 2,
        "kind": "person",
        "status": "ok",
        "full_name": "Nguyễn Thị Hoa",
        "birth_year": 1948,
        "gender": "female",
        "citizen_id": "001148000001",
        "category": "meritorious",
        "ward": "Xã Hạ Bằng",
        "phones": ["0912345678"],
        "errors": [],
        "duplicate_of": None,
        "candidates": [],
    }


def test_the_report_of_errors_and_of_other_rows(tmp_path: Path) -> None:
    path = save(
        tmp_path,
        [HEADER, (1, None, "31/02/1950", "x", "00114800001", "???", "Láng Hạ, Đống Đa", "0912"), ["Tổng cộng"]],
    )
    person, total = (to_json(row) for row in read(path))
    assert person["status"] == "error"
    assert person["errors"] == ["full_name", "birth_year", "citizen_id", "category", "ward", "phones"]
    assert person["candidates"] == ["Phường Giảng Võ", "Phường Láng", "Phường Đống Đa"]
    assert {person[key] for key in ("full_name", "birth_year", "gender", "citizen_id", "category", "ward")} == {None}
    assert (total["kind"], total["status"], total["full_name"], total["phones"]) == ("not_a_person", "ok", None, [])


def test_the_record_holds_everything_and_is_json(tmp_path: Path) -> None:
    row = read_one(tmp_path, ward="Tản Lĩnh, Ba Vì")
    record = json.loads(json.dumps(to_record(row)))
    assert record["birth_date"] == "1948-05-12" and record["ward"] == "Xã Suối Hai"
    [finding] = record["findings"]
    assert (finding["field"], finding["severity"], finding["value"]) == ("ward", "warning", "Tản Lĩnh, Ba Vì")
    assert record["raw"]["ward"] == "Tản Lĩnh, Ba Vì"


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = save(tmp_path, [HEADER, HOA, HOA, ["Tổng cộng"]])
    assert [to_record(row) for row in read(path)] == [to_record(row) for row in read(path)]


def test_corrections_are_read_by_the_same_rules() -> None:
    texts = {
        Role.FULL_NAME: "NGUYỄN THỊ HOA",
        Role.BIRTH: "12/5/1948",
        Role.CITIZEN_ID: "00114800001",
        Role.CATEGORY: "HN",
        Role.WARD: "P. Láng",
        Role.PHONES: "912345678",
        Role.GENDER: "nữ",
    }
    person, findings = read_texts(texts, SETTINGS)
    assert (person.full_name, person.ward, person.phones) == ("Nguyễn Thị Hoa", "Phường Láng", ("0912345678",))
    assert [(f.field, f.severity) for f in findings] == [(Field.CITIZEN_ID, Severity.ERROR)]
    assert read_texts(texts | {Role.CITIZEN_ID: "001148000001"}, SETTINGS)[1] == []


def test_a_person_in_each_of_two_tables_side_by_side_is_not_expected(tmp_path: Path) -> None:
    header = (*HEADER, None, "Ghi chú")
    [row] = people(save(tmp_path, [header, (*HOA, None, "chuyển đi tháng 3")]))
    assert row.person is not None and row.person.note == "chuyển đi tháng 3"
