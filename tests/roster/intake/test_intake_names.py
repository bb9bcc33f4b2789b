"""Names as cells have them: cleaned, written as people write them, refused where they are none."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from roster.intake import Field, Severity
from roster.intake.person_names import is_death, looks_like_name, read_name
from tests.roster.intake.books import read_one, reasons


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("NGUYỄN THỊ HOA", "Nguyễn Thị Hoa"),
        ("nguyễn thị hoa", "Nguyễn Thị Hoa"),
        ("1. Lê Văn An", "Lê Văn An"),
        ("Bà Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        ("Cụ Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        ("Ông Nguyễn Văn Thắng", "Nguyễn Văn Thắng"),
        ("Ông Cao Thắng", "Ông Cao Thắng"),
        ("Nguyễn Thị Hoa (vợ ông Lâm)", "Nguyễn Thị Hoa"),
        ("Nguyễn Thị Hoa tức Lan", "Nguyễn Thị Hoa"),
        ("Nguyễn Thị\nHoa", "Nguyễn Thị Hoa"),
        ("Nguyễn Thị Hoa*", "Nguyễn Thị Hoa"),
        ("K'Brơi Thị H'Linh", "K'Brơi Thị H'Linh"),
        ("Tống Thị Cộng", "Tống Thị Cộng"),
    ],
)
def test_names_are_written_as_people_write_them(cell: str, name: str) -> None:
    read = read_name(cell)
    assert (read.name, read.findings) == (name, ())


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (None, "Thiếu"),
        ("???", "Thiếu"),
        ("-", "Thiếu"),
        ("Nguyễn Thị Hoa1", "chữ số"),
        (12345, "chữ số"),
        ("Lê Văn An và Trần Thị Bình", "nhiều người"),
        ("Lê Văn An, Trần Thị Bình", "nhiều người"),
        ("NguyÔn V¨n A", "phông"),
        ("Nguyá»…n VÄƒn A", "phông"),
    ],
)
def test_what_is_no_name_is_an_error(cell: str | int | None, reason: str) -> None:
    read = read_name(cell)
    assert read.name is None
    [finding] = read.findings
    assert finding.severity is Severity.ERROR and reason in finding.reason


@pytest.mark.parametrize(
    ("cell", "name", "doubt"),
    [
        ("Nguyen Thi Hoa", "Nguyen Thi Hoa", "không có dấu"),
        ("Hoa", "Hoa", "một chữ"),
        ("Nguy?n Thị Hoa", "Nguy?n Thị Hoa", "mất chữ"),
    ],
)
def test_doubtful_names_are_kept_with_a_warning(cell: str, name: str, doubt: str) -> None:
    read = read_name(cell)
    [finding] = read.findings
    assert read.name == name and finding.severity is Severity.WARNING and doubt in finding.reason


def test_a_decomposed_name_with_invisible_characters_comes_out_composed(tmp_path: Path) -> None:
    written = unicodedata.normalize("NFD", "  Bùi\u00a0 Hữu\u200b  Đông ")
    row = read_one(tmp_path, name=written, citizen_id=None)
    assert row.person is not None and row.person.full_name == "Bùi Hữu Đông"
    assert unicodedata.is_normalized("NFC", row.person.full_name)


def test_letters_that_only_look_like_d_with_stroke(tmp_path: Path) -> None:
    row = read_one(tmp_path, name="Ðỗ Thị Hoa")
    assert row.person is not None and row.person.full_name == "Đỗ Thị Hoa"


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Hoa (đã mất)", "Nguyễn Thị Hoa (chết 12/3/2025)", "Liệt sĩ Nguyễn Văn An"]
)
def test_the_dead_are_marked(tmp_path: Path, name: str) -> None:
    row = read_one(tmp_path, name=name)
    assert row.person is not None and row.person.deceased
    assert row.person.full_name in ("Nguyễn Thị Hoa", "Nguyễn Văn An")
    assert any(f.field is Field.DECEASED for f in row.findings) and "đã mất" in reasons(row)


@pytest.mark.parametrize(
    "note", ["mất CCCD", "đã mất giấy tờ", "mất sức lao động", "chồng đã mất", "con liệt sĩ", "Mất liên lạc"]
)
def test_mat_is_not_always_death(note: str) -> None:
    assert not is_death(note)


def test_what_may_be_a_name() -> None:
    assert looks_like_name("Tran Van A") and looks_like_name("ĐẶNG THU HOA")
    assert not looks_like_name("Đối tượng hưởng mới") and not looks_like_name("Hoa")
