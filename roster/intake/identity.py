"""The citizen's number in a cell: zeros given back, old cards told from new, mistyped numbers refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from language.citizen_ids import CitizenId, CitizenIdFinding, check_citizen_id, read_citizen_id
from language.text import fold
from roster.intake.cells import Cell, CellError, as_text, number_text
from roster.intake.staged import Field, Finding, error, warning
from roster.intake.wordlists import phrase_set

_NEW, _OLD = 12, 9
_NONE = phrase_set(
    """-, --, x, 0, ?, n/a, ..., khong, khong co, ko co, k co, khong ro, khong nho, mat, chua, chua co, chua lam,
    chua cap, dang lam, chua co cccd, khong co cccd, gks, giay khai sinh"""
)
_ROUNDED = re.compile(r"\d[.,]?\d*e\+?\d+")
_BETWEEN = re.compile(r"[/;,\n|&+]|\bvà\b|\bva\b")
_BRACKETS = re.compile(r"\([^)]*\)?")
_WORDS = re.compile(
    r"\b(?:so|cccd|cmnd|cmtnd|cmt|ddcn|can cuoc|cong dan|dinh danh|the|cu|moi|cap ngay.*|ngay cap.*)\b[\s:.]*"
)
_JOINTS = re.compile(r"[\s.\-_'’`*]+")
_LOOK_ALIKES = str.maketrans("oil", "011")
_MISTYPED_LETTERS = re.compile(r"(?=(?:\D*\d){6})[\doil]+")


@dataclass(frozen=True, slots=True)
class IdentityRead:
    """`number` is valid as far as its digits tell; `digits` is what was written; `holder` what a new number says."""

    number: str | None
    digits: str
    holder: CitizenId | None
    findings: tuple[Finding, ...]


def read_identity(cell: Cell, today: date, birth_year: int | None = None) -> IdentityRead:
    """The citizen's number of one cell. `birth_year` is asked only where it is unsure which number was meant."""
    if isinstance(cell, CellError):
        return _refused(cell.code, "", f"Ô báo lỗi {cell.code}")
    text, was_number = number_text(cell)
    if text.isdecimal() and text.isascii():
        return _of_digits(text, as_text(cell), was_number, today, birth_year)
    folded = fold(text)
    if not folded or folded in _NONE:
        return _missing(text)
    if _ROUNDED.fullmatch(folded):
        return _refused(text, "", "Excel đã làm tròn số CCCD và mất chữ số; xin nhập lại số")
    numbers = [digits for piece in _BETWEEN.split(_BRACKETS.sub(" ", folded)) if (digits := _digits(piece))]
    if not numbers:
        return _refused(text, "", "Không đọc được số CCCD")
    chosen = _choose(numbers)
    if chosen is None:
        return _refused(text, "", "Ô ghi nhiều số CCCD; xin giữ một số")
    read = _of_digits(chosen, text, False, today, birth_year)
    if read.number and chosen not in _JOINTS.sub("", folded):
        doubt = warning(Field.CITIZEN_ID, text, f"Số CCCD có chữ cái; hiểu là {read.number}")
        return replace(read, findings=(*read.findings, doubt))
    return read


def choose_identity(reads: list[IdentityRead]) -> IdentityRead:
    """The best of several columns (CCCD, CMND): a new number before an old one, anything before nothing."""
    return min(reads, key=lambda r: (r.number is None, len(r.number or "") != _NEW, not r.digits))


def _digits(piece: str) -> str:
    bare = _JOINTS.sub("", _WORDS.sub(" ", piece.strip()))
    if not bare.isdecimal() and _MISTYPED_LETTERS.fullmatch(bare):
        bare = bare.translate(_LOOK_ALIKES)
    return bare if bare.isdecimal() and bare.isascii() else ""


def _choose(numbers: list[str]) -> str | None:
    unique = list(dict.fromkeys(numbers))
    new = [number for number in unique if len(number) == _NEW]
    if len(new) == 1 or len(unique) == 1:
        return new[0] if new else unique[0]
    return None


def _missing(text: str) -> IdentityRead:
    return IdentityRead(None, "", None, (warning(Field.CITIZEN_ID, text, "Thiếu số CCCD"),))


def _refused(text: str, digits: str, reason: str) -> IdentityRead:
    return IdentityRead(None, digits, None, (error(Field.CITIZEN_ID, text, reason),))


def _of_digits(digits: str, text: str, was_number: bool, today: date, birth_year: int | None) -> IdentityRead:
    if not digits.strip("0"):
        return _missing(text)
    padded, remark = _with_zeros(digits, was_number, today, birth_year)
    if len(padded) == _NEW:
        return _of_new(padded, digits, text, remark, today)
    if len(padded) == _OLD:
        reason = remark or "Số CMND cũ 9 số, không còn giá trị từ 1/1/2025; xin bổ sung số CCCD"
        return IdentityRead(padded, digits, None, (warning(Field.CITIZEN_ID, text, reason),))
    return _refused(text, digits, f"Số CCCD có {len(digits)} chữ số, phải đủ 12")


def _with_zeros(digits: str, was_number: bool, today: date, birth_year: int | None) -> tuple[str, str | None]:
    """The digits with the zeros that a spreadsheet dropped. Text without its zeros is taken only where the result
    fits the year of birth."""
    if digits.startswith("0") or len(digits) >= _NEW:
        return digits, None
    if len(digits) in (10, 11):
        padded = digits.zfill(_NEW)
        if was_number:
            return padded, None
        holder = read_citizen_id(padded)
        fits = holder and holder.province and holder.birth_year <= today.year
        if fits and holder and birth_year in (None, holder.birth_year):
            return padded, "Số CCCD thiếu số 0 ở đầu, đã thêm vào"
    if len(digits) == _OLD - 1 and was_number:
        return "0" + digits, None
    return digits, None


def _of_new(number: str, digits: str, text: str, remark: str | None, today: date) -> IdentityRead:
    holder = read_citizen_id(number)
    if CitizenIdFinding.UNKNOWN_PROVINCE in check_citizen_id(number, None):
        return _refused(text, digits, f"Số CCCD sai: không có mã tỉnh {number[:3]}")
    if holder and holder.birth_year > today.year:
        return _refused(text, digits, f"Số CCCD sai: chữ số thứ tư đến thứ sáu chỉ năm sinh {holder.birth_year}")
    remarks = (warning(Field.CITIZEN_ID, text, remark),) if remark else ()
    return IdentityRead(number, number, holder, remarks)
