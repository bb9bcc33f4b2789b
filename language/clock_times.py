"""Times of day in a message: "8h30", "9 giờ rưỡi", "sau 5h chiều", "từ 8 đến 10 giờ", "trước mười giờ"."""

import re
from itertools import pairwise

from language.marks import is_marked_as
from language.number_words import digit_word
from language.spans import Folded, Found, Word
from language.visit_time import Clock, DayPart, VisitTime

# "5g" alone is a mobile network, from six on an hour.
_UNIT = r"(?:gio|h(?![a-z])|(?:(?<=[6-9])|(?<=\d\d))g(?![a-z])|g(?=\d\d)|:)"
_KEM = r"(?P<{0}kem>\d{{1,2}}|hai muoi|muoi lam|muoi|nam)"
_HOUR = (
    r"(?P<{0}h>\d{{1,2}})(?: *" + _UNIT + r"(?: ?(?P<{0}m>[0-5]?\d)(?![\dhg])| ?kem " + _KEM + r")?"
    r"(?: ?(?P<{0}half>ruoi))?| (?P<{0}bare>ruoi)\b)"
)
_PART = r"(?: ?(?P<{0}part>sang|trua|chieu|toi|dem)\b)?"
_BOUND = r"(?:\b(?P<bound>sau|ngoai|qua|truoc|tu|khoang|tam|luc|vao|toi|den) *)?"
_TO = r" *(?:-|–|den|toi|cho den) *"
_RANGE = re.compile(
    r"(?:\btu +)?(?<![\d/])(?P<ah>\d{1,2}) *(?:" + _UNIT + r" ?(?P<am>[0-5]\d)?)?"
    + _PART.format("a") + _TO + _HOUR.format("b")
    + _PART.format("b")
)  # fmt: skip
_SINGLE = re.compile(
    _BOUND + r"(?<![\d/.,\-])" + _HOUR.format("a") + _PART.format("a") + r"(?P<onward> (?:tro|do) (?:di|len))?"
)
_OFFICE_HOURS = re.compile(r"\b(?:(?P<after>ngoai|sau) |trong )?gio hanh chinh\b")
# "toi" after an hour is tối only where nothing follows that would make it "tôi" (8h toi o nha).
_AFTER_EVENING = re.compile(
    r"(?: (?:nhe|nha|a|duoc|dc|mai|nay|thu|t\d|cn|chu nhat|ngay|hom|hang|tro|do|di|thi)\b|[^a-z]*\Z|[,.])"
)
_FIRST_EVENING_HOUR, _LAST_MORNING_HOUR = 18, 11
_SPOKEN_MINUTES = {"nam": 5, "muoi": 10, "muoi lam": 15, "hai muoi": 20}
_PART_BY_WORD = {
    "sang": DayPart.MORNING,
    "trua": DayPart.NOON,
    "chieu": DayPart.AFTERNOON,
    "toi": DayPart.EVENING,
    "dem": DayPart.EVENING,
}


def find_clock(folded: Folded, part: DayPart | None = None) -> Found[VisitTime] | None:
    """The first time of day in a message, its span in the folded text.

    `part` is the part of day known from elsewhere in the message, for an hour without one of its own.
    """
    text = _hours_in_digits(folded)
    office = _OFFICE_HOURS.search(text)
    if office:
        hours = Clock(17 * 60, None) if office["after"] else Clock(8 * 60, 17 * 60)
        return Found(VisitTime(part=DayPart.ANY, clock=hours), *office.span())
    found = next((f for m in _RANGE.finditer(text) if (f := _range(m, text, part))), None)
    found = found or next((f for m in _SINGLE.finditer(text) if (f := _single(m, text, part))), None)
    return _trimmed(found, folded) if found else None


def _trimmed(found: Found[VisitTime], folded: Folded) -> Found[VisitTime]:
    """Without space at the end, and with the whole of a spoken hour, whose digits stand at its end."""
    end = found.start + len(folded.text[found.start : found.end].rstrip())
    start = found.start
    while start > 0 and folded.text[start].isalpha() and folded.text[start - 1].isalpha():
        start -= 1
    return Found(found.value, start, end)


def _hours_in_digits(folded: Folded) -> str:
    """The folded text with spoken hours ("tám giờ") as digits, every other character in its place."""
    text = folded.text
    words = folded.words() if "gio" in text else []
    for hour, gio in pairwise(words):
        value = _spoken_hour(hour, gio, text)
        if value:
            width = hour.end - hour.start
            text = text[: hour.start] + value.rjust(width) + text[hour.end :]
    return text


def _spoken_hour(hour: Word, gio: Word, text: str) -> str | None:
    if gio.folded != "gio" or hour.folded.isdigit() or hour.folded == "tu":  # "từ giờ": from now on
        return None
    # "bay gio" is bây giờ (now) unless its marks or a part of day say otherwise.
    part_follows = re.match(r" (?:sang|trua|chieu)\b", text[gio.end :])
    if hour.folded == "bay" and not (is_marked_as(hour.typed, "bảy") or part_follows):
        return None
    # "sau gio lam" is after working hours, "sau gio chieu" six in the evening.
    if hour.typed == "sau" and not (part_follows or text[gio.end :].strip(" .,!") in ("", "toi")):
        return None
    if hour.folded == "muoi":
        return "10"
    digit = digit_word(hour)
    return digit if digit not in (None, "0") else None


def _range(match: re.Match[str], text: str, known: DayPart | None) -> Found[VisitTime] | None:
    part_a, part_b = _part(match, "a", text) or known, _part(match, "b", text) or known
    start = _minutes(match, "a", part_a or part_b)
    end = _minutes(match, "b", part_b or part_a)
    if start is None or end is None or start >= end:
        return None
    value = VisitTime(part=part_a or part_b or _part_of(start), clock=Clock(start, end))
    return Found(value, match.start(), match.end())


def _single(match: re.Match[str], text: str, known: DayPart | None) -> Found[VisitTime] | None:
    own_part = _part(match, "a", text)
    part = own_part or known
    at = _minutes(match, "a", part)
    if at is None:
        return None
    clock = Clock(at, at)
    if match["bound"] in ("sau", "ngoai", "qua", "tu") or match["onward"]:
        clock = Clock(at, None)
    elif match["bound"] == "truoc":
        clock = Clock(None, at)
    end = match.end() if own_part or not match["apart"] else match.start("apart")
    return Found(VisitTime(part=part or _part_of(at), clock=clock), match.start(), end)


def _part(match: re.Match[str], which: str, text: str) -> DayPart | None:
    word = match[f"{which}part"]
    if word == "toi" and not _AFTER_EVENING.match(text, match.end(f"{which}part")):
        return None
    return _PART_BY_WORD.get(word) if word else None


def _minutes(match: re.Match[str], which: str, part: DayPart | None) -> int | None:
    """Minutes after midnight. Without a part of day, 1 to 6 o'clock is in the afternoon: nobody visits at
    night.
    """
    hour = int(match[f"{which}h"])
    groups = match.groupdict()
    half = groups.get(f"{which}half") or groups.get(f"{which}bare")
    minute = 30 if half else int(groups.get(f"{which}m") or 0)
    if hour > 23:
        return None
    late = part in (DayPart.AFTERNOON, DayPart.EVENING) or (part is DayPart.NOON and hour < 5)
    if hour < 12 and (late or (part is None and 1 <= hour <= 6)):
        hour += 12
    return hour * 60 + minute - _minutes_short(groups.get(f"{which}kem"))


def _minutes_short(kem: str | None) -> int:
    """ "kém 15", "kém mười lăm": how many minutes before the hour."""
    if kem is None:
        return 0
    return int(kem) if kem.isdigit() else _SPOKEN_MINUTES[kem]


def _part_of(minutes: int) -> DayPart:
    hour = minutes // 60
    if hour < _LAST_MORNING_HOUR:
        return DayPart.MORNING
    if hour < 13:
        return DayPart.NOON
    return DayPart.AFTERNOON if hour < _FIRST_EVENING_HOUR else DayPart.EVENING
