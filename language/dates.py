"""The year somebody was born, as people tell it: "sinh năm 48", "12/5/1948", "năm nay 78 tuổi"."""

import re

from language.number_words import find_number_words
from language.spans import Folded, Found, fold_aligned

_OLDEST = 120
_DAY_MONTH = r"(?:ngay )?(?:0?[1-9]|[12]\d|3[01])(?: ?[/.\-] ?| thang | )(?:0?[1-9]|1[0-2])(?: ?[/.\-] ?| nam | )"
_BORN = re.compile(
    r"\b(?:sinh nam|nam sinh|sinh|sn|ns)(?: la|:| vao| hoi| khoang| dau| cuoi| thang \d{1,2})* *(?:"
    + _DAY_MONTH
    + r"|nam )?(?P<year>(?:1[89]|20)\d\d|\d\d)(?![\d/.\-])"
)
_DATE = re.compile(r"(?<![\d/.\-])" + _DAY_MONTH + r"(?P<year>(?:19|20)\d\d)(?!\d)")
_AGE = re.compile(r"(?<![\w.,/])(?P<age>\d{1,3}) ?(?:tuoi|t)\b")
_BARE = re.compile(r"\W*(?:(?:nam|toi|bac|da|vang|la|ba|ong|co|chu) )*(?P<year>(?:19|20)\d\d)(?: (?:a|nhe))?\W*\Z")


def find_birth_year(text: str, this_year: int) -> Found[int] | None:
    """The year of birth told in `text`, or None; an age is counted back from `this_year`.

    An age may be a year too high: many count from conception ("tuổi mụ"). A bare year counts as the whole
    message.
    """
    folded = fold_aligned(text)
    matches = ((_BORN.search(folded.text), this_year), (_DATE.search(folded.text), this_year - 1))
    for match, latest in (*matches, (_BARE.match(folded.text), this_year)):
        # A whole date of this year is more likely a day to come than a birthday.
        year = _full_year(match["year"], this_year) if match else None
        if match and year and year <= latest:
            return folded.found(year, *match.span())
    return _from_age(folded, this_year)


def _full_year(digits: str, this_year: int) -> int | None:
    """ "48" → 1948, "10" → 2010 (in 2026); None for a year in which nobody alive was born."""
    year = int(digits)
    if len(digits) == 2:
        century = this_year // 100 * 100
        year += century if century + year <= this_year else century - 100
    return year if this_year - _OLDEST <= year <= this_year else None


def _from_age(folded: Folded, this_year: int) -> Found[int] | None:
    match = _AGE.search(folded.text)
    if match and 0 < int(match["age"]) <= _OLDEST:
        return folded.found(this_year - int(match["age"]), *match.span())
    for spoken in find_number_words(folded.composed):
        after = re.match(r" tuoi\b", folded.text[spoken.end :])
        if after and 0 < int(spoken.value) <= _OLDEST:
            return folded.found(this_year - int(spoken.value), spoken.start, spoken.end + after.end())
    return None
