"""Files that are no workbook, damaged, protected, or made to hurt: each with its sentence for the officer."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from roster.intake import IntakeError, read_workbook
from roster.intake.errors import (
    BrokenWorkbook,
    EmptyFile,
    EmptyWorkbook,
    NoHeader,
    NoPeople,
    NotAWorkbook,
    OldExcelFormat,
    PasswordProtected,
    TooLarge,
)
from tests.roster.intake.books import HEADER, HOA, SETTINGS, people, read, save

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def _rewritten(source: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The same archive with every part passed through `change`."""
    target = source.with_name("changed.xlsx")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, change(member.filename, old.read(member.filename)))
    return target


def _sheet(change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    return lambda name, data: change(data) if "sheet1" in name else data


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyFile, "rỗng"),
        (b"STT,Ho ten\n1,A\n", NotAWorkbook, "CSV"),
        ("STT\tHọ tên".encode("utf-16"), NotAWorkbook, "CSV"),
        (b"<html><table><tr>", NotAWorkbook, "HTML"),
        (b"%PDF-1.7", NotAWorkbook, "PDF"),
        (OLE + bytes(2000), OldExcelFormat, ".xls"),
        (OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le"), PasswordProtected, "mật khẩu"),
        (b"PK\x03\x04 and then nothing of use", BrokenWorkbook, "hỏng"),
    ],
)
def test_files_that_are_no_workbook(tmp_path: Path, data: bytes, error: type[IntakeError], words: str) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(data)
    with pytest.raises(error, match=words):
        read(path)


@pytest.mark.parametrize(("part", "words"), [("word/document.xml", "Word"), ("content.xml", "ods"), ("a.txt", "zip")])
def test_other_archives(tmp_path: Path, part: str, words: str) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(NotAWorkbook, match=words):
        read(path)


def test_a_truncated_file(tmp_path: Path) -> None:
    path = save(tmp_path, [HEADER, HOA])
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(BrokenWorkbook):
        read(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: b"no xml at all",
        lambda xml: xml.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1),
        lambda xml: xml.replace(b't="inlineStr"', b't="s"').replace(b't="s"><v>0', b't="s"><v>99999'),
    ],
)
def test_damaged_sheets(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BrokenWorkbook):
        read(_rewritten(save(tmp_path, [HEADER, HOA]), _sheet(change)))


def test_damage_found_late_still_raises(tmp_path: Path) -> None:
    path = _rewritten(save(tmp_path, [HEADER, *([HOA] * 2000)]), _sheet(lambda xml: xml[:-500]))
    rows = read_workbook(path, SETTINGS)
    assert next(rows).row == 2
    with pytest.raises(BrokenWorkbook):
        list(rows)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = _rewritten(save(tmp_path, [HEADER, HOA]), _sheet(lambda xml: xml + b" " * 80_000_000))
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(TooLarge, match="bất thường"):
        read(bomb)


@pytest.mark.parametrize(
    ("limit", "words"),
    [({"max_rows": 10}, "10 dòng"), ({"max_file_bytes": 100}, "MB"), ({"max_unpacked_bytes": 100}, "giải nén")],
)
def test_limits(tmp_path: Path, limit: dict[str, int], words: str) -> None:
    path = save(tmp_path, [HEADER, *([HOA] * 20)])
    with pytest.raises(TooLarge, match=words):
        read(path, replace(SETTINGS, **limit))  # type: ignore[arg-type]


def test_shared_texts_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "shared.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, HEADER)
    with pytest.raises(TooLarge, match="phần chữ"):
        read(path, replace(SETTINGS, max_shared_text_bytes=100))


def test_nothing_in_it(tmp_path: Path) -> None:
    with pytest.raises(EmptyWorkbook):
        read(save(tmp_path, []))


def test_no_header(tmp_path: Path) -> None:
    with pytest.raises(NoHeader, match="Họ và tên"):
        read(save(tmp_path, [["Xã", "Tổng số", "Nam", "Nữ"], ["Hạ Bằng", 45, 20, 25]]))


def test_a_header_and_nobody(tmp_path: Path) -> None:
    with pytest.raises(NoPeople):
        read(save(tmp_path, [HEADER, ["Tổng cộng"]]))


def test_a_file_object_is_read_like_a_path(tmp_path: Path) -> None:
    path = save(tmp_path, [HEADER, HOA])
    with BytesIO(path.read_bytes()) as stream:
        assert [row.row for row in read_workbook(stream, SETTINGS)] == [2]


def test_prefixed_tags_are_read_alike(tmp_path: Path) -> None:
    def prefixed(xml: bytes) -> bytes:
        head, _, body = xml.partition(b"<worksheet")
        body = (b"<worksheet" + body).replace(b"</", b"</x:").replace(b"xmlns=", b"xmlns:x=")
        return head + body.replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:")

    [row] = people(_rewritten(save(tmp_path, [HEADER, HOA]), _sheet(prefixed)))
    assert row.findings == []


def test_every_error_is_a_sentence_with_a_remedy() -> None:
    for error in (
        EmptyFile(),
        OldExcelFormat(),
        PasswordProtected(),
        BrokenWorkbook(),
        EmptyWorkbook(),
        NoHeader(),
        NoPeople(),
    ):
        assert "Xin " in str(error)
    assert "Xin " in str(TooLarge("hơn 5 dòng")) and "Xin " in str(NotAWorkbook("tệp PDF"))
