"""Words that name a time only beside other words of time: mai, sang, toi and cn without their marks.

"mai" is tomorrow or a woman's name, "sang" morning or "come over", "toi" evening, I or until, "cn" Sunday
or a branch office. When in doubt they are left alone: the bot then asks, which costs less than a visit to
a locked door.
"""

from collections.abc import Sequence

from language.spans import Found, Word
from language.tables import word_set
from language.visit_time import DayPart, RelativeDay, VisitTime

_Piece = Found[VisitTime]

_PERSONS_BEFORE = word_set("chi co ba em bac chu anh ong chau con toi minh can bo")
_LEADING = word_set(
    "de hen vao tu den thi hoac hay va sang chieu trua nay da vang u roi duoc chac khoang ok thoi cu luc"
)
_COMING = word_set(
    "den qua len xuong ghe ve di duoc dc nhe cung luc chieu trua sang toi buoi khoang tam vao tu sau truoc "
    "thi hay moi hen a nghe ok"
)
_PARTICLES = word_set("nhe a duoc dc cung thi di ok nghe hay hoac luc khoang tam vao sau truoc ca voi va deu")
_LAST_PARTICLES = _PARTICLES | word_set("nha")
_TIME_CUES = word_set("buoi vao luc tu hen de khoang tam cho hoac hay va ca den ngay")
_YES = word_set("da vang u")


class _Around:
    """The words of a message and the times already found in it, asked about neighbours by word index."""

    def __init__(self, words: Sequence[Word], times: Sequence[_Piece]) -> None:
        self.words = words
        self.times = times

    def folded(self, i: int) -> str:
        return self.words[i].folded if 0 <= i < len(self.words) else ""

    def is_last(self, i: int) -> bool:
        return i == len(self.words) - 1

    def time_starts(self, i: int) -> bool:
        """Whether a definite time begins with word `i` ("any time" does not count: "sang lúc nào" is come
        over).
        """
        return 0 <= i < len(self.words) and any(
            t.start == self.words[i].start
            and t.value.part is not DayPart.ANY
            and t.value.relative is not RelativeDay.ANY
            for t in self.times
        )

    def day_starts(self, i: int) -> bool:
        """Whether a day without a part of day begins with word `i`."""
        return self.time_starts(i) and any(
            t.start == self.words[i].start and t.value.has_day and t.value.part is None for t in self.times
        )

    def part_starts(self, i: int) -> bool:
        """Whether a part of day without a day begins with word `i`."""
        return self.time_starts(i) and not self.day_starts(i)

    def time_ends(self, i: int) -> bool:
        return 0 <= i < len(self.words) and any(t.end == self.words[i].end for t in self.times)

    def after_time(self, i: int) -> int:
        """The index of the first word from `i` on that belongs to no time already found."""
        while i < len(self.words) and any(t.start <= self.words[i].start < t.end for t in self.times):
            i += 1
        return i

    def is_particle(self, i: int) -> bool:
        ends = self.is_last(i) or (i + 1 < len(self.words) and self.words[i + 1].after_break)
        return self.folded(i) in (_LAST_PARTICLES if ends else _PARTICLES)

    def ends_at(self, i: int) -> bool:
        """Whether the sentence ends before word `i`, but for a particle."""
        return i >= len(self.words) or self.is_particle(i)


def find_doubtful_times(words: Sequence[Word], times: Sequence[_Piece]) -> list[_Piece]:
    """The times that those words name, given the `times` found so far.

    The last word comes first, so that "sang" sees the "mai" after it.
    """
    found: list[_Piece] = []
    for i in reversed(range(len(words))):
        word = words[i]
        if any(t.start <= word.start < t.end for t in times):
            continue
        value = _value(i, _Around(words, [*times, *found]))
        if value is not None:
            last = words[i + 1] if value.relative is RelativeDay.TODAY else word
            found.append(Found(value, word.start, last.end))
    return found


def _value(i: int, around: _Around) -> VisitTime | None:
    typed = around.words[i].typed
    if typed == "mai" and _is_tomorrow(i, around):
        return VisitTime(relative=RelativeDay.TOMORROW)
    if typed == "sang" and _is_morning(i, around):
        return VisitTime(part=DayPart.MORNING)
    if typed == "toi" and _is_evening(i, around):
        today = RelativeDay.TODAY if around.folded(i + 1) == "nay" else None
        return VisitTime(relative=today, part=DayPart.EVENING)
    if typed == "cn" and _is_sunday(i, around):
        return VisitTime(weekday=6)
    return None


def _is_tomorrow(i: int, around: _Around) -> bool:
    """Not the name Mai nor "mãi" (on and on, after a verb): it begins the sentence or follows a word that
    leads to a time; after a person only where "mai đến", "mai nhé" follows.
    """
    word, before = around.words[i], around.folded(i - 1)
    if i == 0 or word.after_break or around.time_ends(i - 1):
        return True
    if before == "toi" and around.ends_at(i + 1):
        return True
    if before in _PERSONS_BEFORE:
        return around.folded(i + 1) in _COMING and not word.capital
    return before in _LEADING and not word.capital


def _is_morning(i: int, around: _Around) -> bool:
    """Not "sang nhà tôi" (come over) and not "sang năm" (next year)."""
    if around.folded(i + 1) in ("nam", "tuan", "thang"):
        return False
    before = around.folded(i - 1)
    if around.part_starts(i + 1):
        # "sáng chiều đều được", but "đổi sang buổi chiều"
        return around.folded(around.after_time(i + 1)) in ("deu", "cung")
    if around.time_starts(i + 1) or before == "buoi":
        return True
    beside_time = around.time_ends(i - 1) or before in _TIME_CUES
    begins = i == 0 or around.words[i].after_break or before in _YES
    return around.ends_at(i + 1) and (beside_time or begins)


def _is_evening(i: int, around: _Around) -> bool:
    """Not tôi (I) nor tới (come, until): only before a day that ends the sentence, or as "buổi tối"."""
    if around.folded(i - 1) == "buoi":
        return True
    if around.folded(i + 1) == "nay":
        return around.ends_at(i + 2)
    return around.day_starts(i + 1) and around.ends_at(around.after_time(i + 1))


def _is_sunday(i: int, around: _Around) -> bool:
    """Not the branch (chi nhánh) of a bank or company, nor "khu cn" (công nghiệp)."""
    if around.folded(i - 1) == "khu":
        return False
    if len(around.words) <= 2 or around.time_ends(i - 1) or around.time_starts(i + 1):
        return True
    return around.folded(i - 1) in _TIME_CUES | {"sang", "toi", "chieu"} or around.is_particle(i + 1)
