"""When may the team come: weekday, relative day, date, part of day and clock time in one message."""

import re
from collections.abc import Sequence
from dataclasses import replace

from language.clock_times import find_clock
from language.doubtful_times import find_doubtful_times
from language.number_words import digit_word
from language.phrases import phrase_set
from language.spans import Folded, Found, Word, fold_aligned
from language.tables import word_set
from language.time_words import NO_TIMES, TIME_PHRASES
from language.visit_dates import find_date
from language.visit_time import Clock, DayPart, RelativeDay, ResolvedVisit, VisitTime, describe, resolve

__all__ = [
    "Clock",
    "DayPart",
    "RelativeDay",
    "ResolvedVisit",
    "VisitTime",
    "describe",
    "find_visit_time",
    "resolve",
]

_Piece = Found[VisitTime]

# "lần thứ hai", "con gái thứ ba": no weekday.
_ORDINALS_BEFORE = word_set(
    "lan con nguoi dua so cau tang cai vo hang giai chau muc dieu thuong quan benh chon y em trai gai dau re dong thang"
)
# "tiền t6", "từ t5": months.
_MONTHS_AFTER = word_set("tien thang tu luong cua ky")
_COUNTS = word_set("hai 2 ba 3 bon 4 may vai ca mot 1")
_BUSY = phrase_set(
    "bận", "không được", "ko được", "k được", "không dc", "ko dc", "k dc", "đi vắng", "không có nhà",
    "không ở nhà", "mắc việc", "không có ai", "không rảnh", "ko rảnh", "đi viện", "không tiện",
)  # fmt: skip
_EXCEPT = phrase_set("trừ", "không phải", "ngoài", "đừng")
_OR = re.compile(r"[ ,/]*(?:(?:hoac|hay|va|voi|ca|la) )*\Z")
_WEEKS = (RelativeDay.NEXT_WEEK, RelativeDay.THIS_WEEK)


def find_visit_time(text: str) -> Found[VisitTime] | None:
    """The time for a visit named in `text`, or None. Of several days the first counts, busy ones left out."""
    folded = fold_aligned(text)
    pieces = _pieces(folded)
    groups = _groups(pieces, folded.text)
    kept = [p for g in groups if not _is_ruled_out(g, pieces, folded.composed) for p in g]
    if not kept:
        return None
    values = [p.value for p in _with_either_part(kept, folded.text)]
    return folded.found(_put_together(values), kept[0].start, kept[-1].end)


def _pieces(folded: Folded) -> list[_Piece]:
    """Everything that names a time, in order; spans in the folded text."""
    words = fold_aligned(folded.composed).words()
    no_times = NO_TIMES.find_in(words)
    clock = find_clock(folded)
    figures = [p for p in (find_date(folded.text), clock) if p is not None]
    pieces = [*figures]
    for phrase in TIME_PHRASES.find_in(words):
        is_free = not any(phrase.overlaps(other) for other in (*figures, *no_times))
        if is_free and not _is_ordinal(phrase, words) and not _is_number(phrase, words):
            pieces.append(phrase)
    doubtful = find_doubtful_times(words, pieces)
    pieces += [p for p in doubtful if not any(p.overlaps(other) for other in no_times)]
    if clock is not None:
        pieces = _with_clock_in_its_part(pieces, clock, folded)
    return sorted(pieces, key=lambda p: p.start)


def _with_clock_in_its_part(pieces: list[_Piece], clock: _Piece, folded: Folded) -> list[_Piece]:
    """ "tối mai 7h": the hour read again with the part of day that stands elsewhere in the message."""
    others = [p for p in pieces if p is not clock]
    parts = [p for p in others if p.value.part not in (None, DayPart.ANY)]
    nearest = min(parts, key=lambda p: abs(p.start - clock.start), default=None)
    part = nearest.value.part if nearest else None
    again = find_clock(folded, part) if part else clock
    return [*others, again or clock]


def _is_ordinal(finding: _Piece, words: Sequence[Word]) -> bool:
    if finding.value.weekday is None:
        return False
    before = [w.folded for w in words if w.end <= finding.start]
    return bool(before) and before[-1] in _ORDINALS_BEFORE


def _is_number(finding: _Piece, words: Sequence[Word]) -> bool:
    """ "sáu mốt" (61), "hai tuần nay", "tiền t6", "t7 t8": numbers, stretches of time and months, no days."""
    at = next(i for i, word in enumerate(words) if word.start == finding.start)
    before = words[at - 1] if at else None
    if words[at].folded in ("tuan", "thang") and before is not None and before.folded in _COUNTS:
        return at < 2 or words[at - 2].folded != "thu"  # but "thứ hai tuần này"
    after = words[at + 1].folded if at + 1 < len(words) else ""
    if words[at].folded == "mot":
        return before is not None and digit_word(before) is not None
    is_short = re.fullmatch(r"t\d", words[at].folded) is not None
    months_follow = re.fullmatch(r"t(?:[89]|1[0-2])", after) is not None
    return is_short and (months_follow or (before is not None and before.folded in _MONTHS_AFTER))


def _groups(pieces: Sequence[_Piece], text: str) -> list[list[_Piece]]:
    """Pieces with nothing but spaces between them say one thing together."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and not text[groups[-1][-1].end : piece.start].strip():
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _is_ruled_out(group: list[_Piece], pieces: Sequence[_Piece], text: str) -> bool:
    """Whether it is said that this time does not suit: "thứ 7 bận", "trừ chủ nhật"."""
    end = min((p.start for p in pieces if p.start >= group[-1].end), default=len(text))
    after = re.split(r"[,.;\n]", text[group[-1].end : end])[0]
    before = " ".join(text[: group[0].start].split()[-2:])
    return after in _BUSY or (before in _EXCEPT and not before.endswith(","))


def _with_either_part(pieces: list[_Piece], text: str) -> list[_Piece]:
    """ "sáng hoặc chiều" is any part of the day; "sáng thứ bảy …, chiều bận" is not."""
    merged = pieces[:1]
    for piece in pieces[1:]:
        last = merged[-1]
        is_or = _OR.match(text[last.end : piece.start])
        if is_or and _is_only_part(piece.value) and last.value.part not in (None, DayPart.ANY) and not last.value.clock:
            merged[-1] = Found(replace(last.value, part=DayPart.ANY), last.start, piece.end)
        else:
            merged.append(piece)
    return merged


def _is_only_part(value: VisitTime) -> bool:
    return value.part is not None and value == VisitTime(part=value.part)


def _put_together(values: Sequence[VisitTime]) -> VisitTime:
    """One time of all that was said, the first of each kind."""
    whole = values[0]
    for value in values[1:]:
        whole = _joined(whole, value)
    if whole.relative is RelativeDay.ANY and whole.part is None:
        return replace(whole, part=DayPart.ANY)
    return whole


def _joined(whole: VisitTime, value: VisitTime) -> VisitTime:
    part = value.part if whole.part in (None, DayPart.ANY) and value.part else whole.part
    joined = replace(whole, part=part, clock=whole.clock or value.clock)
    if not whole.has_day or whole.relative is RelativeDay.ANY:
        relative = value.relative or whole.relative
        if value.weekday is not None or value.day is not None:
            relative = value.relative
        return replace(joined, relative=relative, weekday=value.weekday, day=value.day, month=value.month)
    if whole.relative in _WEEKS and whole.weekday is None:
        return replace(joined, weekday=value.weekday)
    if whole.weekday is not None and whole.relative is None and value.relative in _WEEKS:
        return replace(joined, relative=value.relative)
    return joined
