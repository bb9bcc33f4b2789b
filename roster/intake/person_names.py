"""The name of a person as a cell has it: titles, remarks in brackets and capitals taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass

from language.names import display_name
from language.text import fold
from roster.intake.cells import Cell, CellError, as_text, one_line
from roster.intake.staged import Field, Finding, error, warning
from roster.intake.wordlists import phrase_set

_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]?\s*")
_NUMBERED = re.compile(r"^\d{1,5}\s*[.)/-]\s*(?=\D)")
_TITLE = re.compile(
    r"^(?:ông/bà|ông bà|ông|bà|cụ ông|cụ bà|cụ|ong/ba|ong|ba|cu|anh|chị|chi|cháu|chau|bé|em)\s*[.:]?\s+", re.IGNORECASE
)
_TITLE_WITHOUT_DOUBT = phrase_set("cụ, cụ ông, cụ bà, bà, ông/bà, ông bà, ong/ba, cháu, bé, chị, anh")
_SEVERAL = re.compile(r"\s*(?:[/;,&+]|\bvà\b)\s*", re.IGNORECASE)
_ALIAS = re.compile(r"\s+(?:tức|tuc|còn gọi là|bí danh|tên khác)\s+.*$", re.IGNORECASE)
_EMPTY = phrase_set(
    """x, ., ?, ??, ???, -, --, ..., …, n/a, không rõ, khong ro, không tên, khong ten, không có, khong co, chưa rõ,
    chua ro, chưa có tên, chua co ten, chưa đặt tên, chua dat ten"""
)
# "Mất" also means lost (papers, strength), and a note may speak of a relative's death.
_DEAD = re.compile(
    r"\b(?:da (?:mat|chet)|tu tran|qua doi|chet|mat (?:ngay|nam|thang)|mat \d|bao tu)\b"
    r"(?!\s+(?:cccd|cmnd|cmt|giay|the|so|dien|sim|suc|kha nang|lien lac|viec))"
)
_OF_A_RELATIVE = re.compile(r"\b(?:vo|chong|con|bo|me|cha|anh|chi|em|chau|ong|ba|than|giam ho)\b[\w\s]{0,20}$")
_FALLEN = re.compile(r"^(?:liệt sĩ|liệt sỹ|liet si|liet sy|ls)\s*[.:]?\s+", re.IGNORECASE)
_NOT_LATIN = re.compile(r"[^\W\d_A-Za-zÀ-ɏḀ-ỿ]")
# Letters of the fonts of before Unicode (.VnTime and others) and of texts decoded wrongly.
_OLD_FONT = re.compile(r"[¡-©«-¹»-¿†‡‰Š‹ŒŽ•–—™š›œžŸƒ„…]")
_LONGEST = 60
_LONGEST_EMPTY = 15
_FEWEST_WITH_ALIAS = 2

# The family names that begin nearly every name: they tell the title "Ông" from the rare family name Ông.
_FAMILY_NAMES = phrase_set(
    """nguyen, tran, le, pham, hoang, huynh, vu, vo, phan, truong, bui, dang, do, ngo, ho, duong, dinh, doan, lam, mai,
    trinh, dao, cao, ly, luong, luu, ha, to, ta, quach, khuat, can, kieu, dam, chu, thai, phung, vuong, kim, tong,
    nghiem, chau, hua, bach, la, dau, tang, quan, phi, giang, lai, nong, ma, ninh, vi, dong, tieu, van, thach, au, sam,
    long, ung, tu, lu, mac, trieu, nham, cu, thieu, hac, ong, ba"""
)


@dataclass(frozen=True, slots=True)
class NameRead:
    """A name fit to be shown, what stood in brackets behind it, and whether that says the person has died."""

    name: str | None
    remark: str
    deceased: bool
    findings: tuple[Finding, ...]


def read_name(cell: Cell) -> NameRead:
    """The name in one cell, NFC, single spaces, CAPITALS as "Nguyễn Thị Hoa"; None with an error where unusable."""
    written = one_line(as_text(cell))
    if isinstance(cell, CellError):
        return _unusable(written, f"Ô họ tên báo lỗi {cell.code}")
    only_letters = written.replace(" ", "").isalpha() and " và " not in written
    text, remark = (written, "") if only_letters else _without_extras(written)
    if not text or (len(text) < _LONGEST_EMPTY and text.lower() in _EMPTY):
        return _unusable(written, "Thiếu họ tên")
    text = _without_title(text)
    deceased = bool(remark) and is_death(remark)
    if fallen := _FALLEN.match(text):
        text, deceased, remark = text[fallen.end() :], True, f"{fallen.group().strip()}; {remark}".strip("; ")
    problem = None if only_letters else _problem(text)
    if problem:
        return _unusable(written, problem, remark, deceased)
    doubts = tuple(warning(Field.FULL_NAME, written, doubt) for doubt in _doubts(text))
    shown = text if only_letters and text.istitle() else display_name(text)
    return NameRead(shown, remark, deceased, doubts)


def is_death(text: str) -> bool:
    """Whether a remark says that the person has died: "đã mất", "chết 12/3/2025", "báo tử"."""
    folded = fold(text)
    match = _DEAD.search(folded)
    return match is not None and not _OF_A_RELATIVE.search(folded[: match.start()])


def looks_like_name(text: str) -> bool:
    """Whether a text could be a person's name at all: two to seven words of letters, the first a family name's."""
    words = fold(text).split()
    return 2 <= len(words) <= 7 and all(w.replace("'", "").isalpha() for w in words) and words[0] in _FAMILY_NAMES


def _unusable(written: str, reason: str, remark: str = "", deceased: bool = False) -> NameRead:
    return NameRead(None, remark, deceased, (error(Field.FULL_NAME, written, reason),))


def _without_extras(text: str) -> tuple[str, str]:
    """The name without its number, brackets and "tức …", and what stood in the brackets."""
    text = _NUMBERED.sub("", text)
    remark = " ".join(match.group(1).strip() for match in _BRACKETS.finditer(text))
    text = _BRACKETS.sub(" ", text).strip(" .,;:*-+_\"“”'")
    return text, remark


def _without_title(text: str) -> str:
    if text.count(" ") > _FEWEST_WITH_ALIAS:
        text = _ALIAS.sub("", text)
    match = _TITLE.match(text)
    if not match:
        return text
    rest = text[match.end() :]
    title = match.group().strip(" .:").lower()
    words = fold(rest).split()
    certain = title in _TITLE_WITHOUT_DOUBT and len(words) >= 2
    return rest if certain or (len(words) >= 3 and words[0] in _FAMILY_NAMES) else text


def _problem(text: str) -> str | None:
    parts = _SEVERAL.split(text)
    if len(parts) > 1 and all(len(part.split()) >= 2 for part in parts):
        return "Ô ghi nhiều người; xin tách mỗi người một dòng"
    if any(c.isdigit() for c in text):
        return "Họ tên có chữ số"
    if _OLD_FONT.search(text):
        return "Họ tên bị lỗi phông chữ (phông cũ .VnTime, VNI); xin gõ lại bằng Unicode"
    if not any(c.isalpha() for c in text):
        return "Không phải họ tên"
    return None


def _doubts(text: str) -> list[str]:
    doubts = []
    if " " not in text:
        doubts.append("Họ tên chỉ có một chữ")
    elif text.isascii():
        doubts.append("Họ tên không có dấu")
    if len(text) > _LONGEST:
        doubts.append("Họ tên dài bất thường")
    if not text.isascii() and _NOT_LATIN.search(text):
        doubts.append("Họ tên có chữ cái lạ")
    if "?" in text or "�" in text:
        doubts.append("Họ tên có dấu hỏi, có thể mất chữ")
    return doubts
