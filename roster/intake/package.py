"""Opening an .xlsx safely: is it one, may it be read, is it of a sane size?"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from typing import IO, BinaryIO

from roster.intake.errors import (
    BrokenWorkbook,
    EmptyFile,
    NotAWorkbook,
    OldExcelFormat,
    PasswordProtected,
    TooLarge,
)
from roster.intake.settings import MIB, IntakeSettings

type Source = str | PathLike[str] | BinaryIO

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK"
# The name of the stream that holds an encrypted workbook ([MS-OFFCRYPTO] 2.3.4.4), as OLE directories write it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAX_PARTS = 20_000
_RATIO_FROM = 64 * MIB
_OTHER_ZIPS = {
    "word/document.xml": "tệp Word (.docx)",
    "ppt/presentation.xml": "tệp PowerPoint (.pptx)",
    "xl/workbook.bin": "sổ Excel kiểu nhị phân (.xlsb)",
    "content.xml": "bảng tính OpenDocument (.ods)",
}

READ_ERRORS = (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, KeyError)
"""What reading a damaged archive raises; `zlib.error` is caught beside it where members are read."""


@contextmanager
def open_package(source: Source, settings: IntakeSettings) -> Iterator[zipfile.ZipFile]:
    """The archive of the workbook at a path or in a seekable binary file.

    Raises the typed errors of `roster.intake.errors` for anything that is no readable .xlsx of sane size.
    """
    if isinstance(source, str | PathLike):
        with open(source, "rb") as stream, _archive(stream, settings) as archive:
            yield archive
    else:
        with _archive(source, settings) as archive:
            yield archive


def _archive(stream: IO[bytes], settings: IntakeSettings) -> zipfile.ZipFile:
    _check_size(stream, settings.max_file_bytes)
    _check_kind(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except READ_ERRORS as problem:
        raise BrokenWorkbook from problem
    _check_members(archive, settings)
    return archive


def _check_size(stream: IO[bytes], limit: int) -> None:
    size = stream.seek(0, 2)
    stream.seek(0)
    if size == 0:
        raise EmptyFile
    if size > limit:
        raise TooLarge(f"{size // MIB} MB, mức cho phép là {limit // MIB} MB")


def _check_kind(stream: IO[bytes]) -> None:
    """Tell an .xlsx from what is often given its name."""
    start = stream.read(4096)
    stream.seek(0)
    if start.startswith(_OLE):
        encrypted = _contains(stream, _ENCRYPTED)
        stream.seek(0)
        raise PasswordProtected if encrypted else OldExcelFormat
    if not start.startswith(_ZIP):
        raise NotAWorkbook(_kind_of_text(start))


def _contains(stream: IO[bytes], needle: bytes) -> bool:
    tail = b""
    while chunk := stream.read(MIB):
        if needle in tail + chunk:
            return True
        tail = chunk[-len(needle) :]
    return False


def _kind_of_text(start: bytes) -> str:
    lowered = start.lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").lower()
    if lowered.startswith(b"%pdf"):
        return "tệp PDF"
    if lowered.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style")):
        return "trang web (HTML) đổi đuôi tệp"
    if lowered.startswith(b"<?xml"):
        return "tệp XML"
    if lowered.startswith((b"\xff\xd8", b"\x89png", b"gif8")):
        return "tệp ảnh"
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "một loại tệp khác"
    return "tệp văn bản (CSV)"


def _check_members(archive: zipfile.ZipFile, settings: IntakeSettings) -> None:
    """Refuse bombs by the sizes the archive declares; a reader never gets more than is declared."""
    members = archive.infolist()
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise PasswordProtected
    if "[Content_Types].xml" not in names or "xl/workbook.bin" in names:
        _refuse_other_zip(names)
    if len(members) > _MAX_PARTS:
        raise TooLarge(f"có {len(members)} phần bên trong")
    if sum(member.file_size for member in members) > settings.max_unpacked_bytes:
        raise TooLarge(f"giải nén ra hơn {settings.max_unpacked_bytes // MIB} MB")
    for member in members:
        if member.file_size > max(_RATIO_FROM, settings.max_ratio * member.compress_size):
            raise TooLarge("dung lượng giải nén lớn bất thường")
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        _refuse_other_zip(names)


def _refuse_other_zip(names: set[str]) -> None:
    for part, kind in _OTHER_ZIPS.items():
        if part in names:
            raise NotAWorkbook(kind)
    if not any(name.startswith("xl/") for name in names):
        raise NotAWorkbook("tệp nén (.zip)")
    raise BrokenWorkbook
