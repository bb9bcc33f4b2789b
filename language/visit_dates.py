"""Dates to come in a message: "25/12", "ngày 25 tháng 12", "ngày 25"; not birthdays, addresses or lunar
dates.
"""

import re

from language.spans import Found
from language.visit_time import VisitTime

_DATE = re.compile(
    r"(?:\b(?P<cue>ngay|hom|mung|mong) )?(?<![\d/.])(?P<day>[0-3]?\d)"
    r"(?:(?:/| ?thang ?|(?<=\d)[-.])(?P<month>[01]?\d))(?:[/.-](?P<year>\d{2,4}))?(?![\d/])"
)
_DAY_OF_MONTH = re.compile(
    r"(?<!hom )\b(?:ngay|mung|mong) (?P<day>[0-3]?\d)(?![\d/.hg]| ?(?:tuoi|thang|nam|gio|nguoi|hom))"
)
_ADDRESS_BEFORE = re.compile(r"\b(?:so|ngo|nha|hem|ngach|kiet|hang|to|duong|thon|sinh|sn)(?: la)? \Z")
_LUNAR_AFTER = re.compile(r" (?:am|tet|am lich)\b")
_FIRST_YEAR = 2024


def find_date(text: str) -> Found[VisitTime] | None:
    """The first such date in a folded text, its span in that text."""
    match = next((m for m in _DATE.finditer(text) if _is_visit_date(m, text)), None)
    if match:
        return Found(VisitTime(day=int(match["day"]), month=int(match["month"])), *match.span())
    match = _DAY_OF_MONTH.search(text)
    if match and 1 <= int(match["day"]) <= 31 and not _LUNAR_AFTER.match(text, match.end()):
        return Found(VisitTime(day=int(match["day"])), *match.span())
    return None


def _is_visit_date(match: re.Match[str], text: str) -> bool:
    """A date to come: not an address (ngõ 12/5), a birthday, "24/7" or a lunar date."""
    day, month, year = int(match["day"]), int(match["month"]), match["year"]
    if not (1 <= day <= 31 and 1 <= month <= 12) or _ADDRESS_BEFORE.search(text[: match.start()]):
        return False
    if year and int(year if len(year) == 4 else "20" + year) < _FIRST_YEAR:
        return False
    plain = "/" in match[0] or "thang" in match[0] or bool(match["cue"])
    return plain and (day, month) != (24, 7) and not _LUNAR_AFTER.match(text, match.end())
