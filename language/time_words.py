"""The words and phrases that name a day or a part of day, written in full Vietnamese.

Only what is sure without its marks stands in `TIME_PHRASES`; "sang", "toi", "mai" and "cn" are for
`doubtful_times`, which looks at their neighbours.
"""

from collections.abc import Iterable

from language.phrases import Phrases, phrase_set
from language.visit_time import DayPart, RelativeDay, VisitTime

_R, _P = RelativeDay, DayPart

_WEEKDAY_WORDS = (
    ("hai", "2"),
    ("ba", "3"),
    ("tư", "4"),
    ("năm", "5"),
    ("sáu", "6"),
    ("bảy", "7"),
)


def _weekdays() -> Iterable[tuple[str, VisitTime]]:
    for weekday, (word, number) in enumerate(_WEEKDAY_WORDS):
        for phrase in (
            f"thứ {word}",
            f"thứ {number}",
            f"thu{number}",
            f"thứ{number}",
            f"t{number}",
            f"t {number}",
        ):
            yield phrase, VisitTime(weekday=weekday)
    yield "thứ bẩy", VisitTime(weekday=5)
    yield "chủ nhật", VisitTime(weekday=6)
    yield "chúa nhật", VisitTime(weekday=6)
    yield "ngày cn", VisitTime(weekday=6)
    for first in ("thứ 2", "thứ hai", "t2"):
        for last in ("thứ 6", "thứ sáu", "t6", "thứ 7", "thứ bảy", "t7", "chủ nhật", "cn"):
            for to in (" đến ", " tới ", " "):
                yield f"{first}{to}{last}", VisitTime(relative=_R.ANY)
    for both in ("thứ bảy chủ nhật", "thứ 7 chủ nhật", "t7 cn", "thứ 7 cn", "t7 chủ nhật"):
        yield both, VisitTime(relative=_R.WEEKEND)


_DAYS: dict[RelativeDay, tuple[str, ...]] = {
    _R.TODAY: ("hôm nay", "bữa nay", "ngày hôm nay", "hnay"),
    _R.TOMORROW: ("ngày mai", "hôm mai", "bữa mai"),
    _R.DAY_AFTER_TOMORROW: (
        "ngày kia",
        "bữa kia",
        "ngày mốt",
        "bữa mốt",
        "hai ngày nữa",
        "2 ngày nữa",
        "2 hôm nữa",
    ),
    _R.IN_THREE_DAYS: ("ba ngày nữa", "3 ngày nữa", "3 hôm nữa", "ba hôm nữa"),
    _R.THIS_WEEK: ("tuần này", "trong tuần", "trong tuần này"),
    _R.WEEK_START: ("đầu tuần",),
    _R.MID_WEEK: ("giữa tuần",),
    _R.WEEKEND: ("cuối tuần", "cuối tuần này"),
    _R.NEXT_WEEK: ("tuần sau", "tuần tới", "tuần kế", "sang tuần"),
    _R.NEXT_WEEK_START: ("đầu tuần sau", "đầu tuần tới", "sang đầu tuần"),
    _R.NEXT_WEEKEND: ("cuối tuần sau", "cuối tuần tới"),
    _R.MONTH_END: ("cuối tháng", "cuối tháng này"),
    _R.NEXT_MONTH: ("tháng sau", "tháng tới", "đầu tháng sau", "sang tháng"),
}
_ENDINGS = ("cũng được", "cũng đc", "cũng dc", "cũng ok", "cũng oke", "cũng tiện", "cũng rảnh", "cũng ở nhà")
_WHATEVER = (*_ENDINGS, *(f"{verb} cũng được" for verb in ("đến", "tới", "qua", "ghé", "về", "bác")))
_ANY_DAY = ("ngày nào", "hôm nào", "bữa nào", "thứ mấy", "ngày giờ nào")
_ANY_PART = ("buổi nào", "giờ nào", "lúc mấy giờ")
_ANY_TIME = ("lúc nào", "khi nào", "bao giờ", "thời gian nào", "bất cứ lúc nào")


def _day_phrases() -> Iterable[tuple[str, VisitTime]]:
    yield from _weekdays()
    for relative, phrases in _DAYS.items():
        yield from ((phrase, VisitTime(relative=relative)) for phrase in phrases)
    for whatever in _WHATEVER:
        yield from ((f"{ask} {whatever}", VisitTime(relative=_R.ANY)) for ask in _ANY_DAY)
        yield from ((f"{ask} {whatever}", VisitTime(part=_P.ANY)) for ask in _ANY_PART)
        yield from ((f"{ask} {whatever}", VisitTime(relative=_R.ANY, part=_P.ANY)) for ask in _ANY_TIME)
    for phrase in ("bất cứ lúc nào", "tùy cán bộ", "tùy các cháu", "tùy các chú", "tùy cháu"):
        yield phrase, VisitTime(relative=_R.ANY, part=_P.ANY)
    for at_home in ("ở nhà", "rảnh", "có nhà"):
        yield f"{at_home} cả ngày", VisitTime(part=_P.ANY)
        yield f"cả ngày {at_home}", VisitTime(part=_P.ANY)


# Sure enough without marks; "sang", "toi" and "dem" are not.
_PART_PHRASES: dict[DayPart, tuple[str, ...]] = {
    _P.MORNING: ("buổi sáng", "sáng sớm", "đầu giờ sáng"),
    _P.NOON: ("trưa", "buổi trưa", "gần trưa", "giữa trưa"),
    _P.AFTERNOON: ("chiều", "buổi chiều", "đầu giờ chiều", "xế chiều", "chiều muộn"),
    _P.EVENING: ("buổi tối", "chập tối"),
}
_MARKED_PARTS = (
    ("sáng", _P.MORNING),
    ("tối", _P.EVENING),
    ("tối muộn", _P.EVENING),
    ("đêm", _P.EVENING),
)

TIME_PHRASES = Phrases(
    [
        *_day_phrases(),
        *((phrase, VisitTime(part=part)) for part, phrases in _PART_PHRASES.items() for phrase in phrases),
        ("chiều nay", VisitTime(relative=_R.TODAY, part=_P.AFTERNOON)),
        ("trưa nay", VisitTime(relative=_R.TODAY, part=_P.NOON)),
    ],
    marked=[
        *((word, VisitTime(part=part)) for word, part in _MARKED_PARTS),
        ("mốt", VisitTime(relative=_R.DAY_AFTER_TOMORROW)),
        ("ngày kìa", VisitTime(relative=_R.IN_THREE_DAYS)),
        ("sáng nay", VisitTime(relative=_R.TODAY, part=_P.MORNING)),
        ("tối nay", VisitTime(relative=_R.TODAY, part=_P.EVENING)),
    ],
)


def _no_times() -> Iterable[str]:
    """Not a time to come although its words are in the tables."""
    yield from ("mai mốt", "mai sau", "mai kia", "nay mai", "mai mối", "hôm kia", "chiều cao", "chiều dài")
    yield from ("hộ chiếu", "đối chiếu", "lịch chiếu", "chiếu phim", "chiều theo", "được chiều", "chiều ý")
    yield from (
        "từ sáng tới giờ",
        "từ sáng đến giờ",
        "sáng giờ",
        "mấy hôm nay",
        "mấy bữa nay",
        "mấy ngày nay",
    )
    for part in ("sáng", "trưa", "chiều", "tối", "đêm"):
        yield from (f"{part} qua", f"chào buổi {part}", f"buổi {part} vui vẻ", f"buổi {part} tốt lành")
    for each in ("mỗi", "các", "hàng", "hằng", "mấy"):
        yield from (f"{each} tháng tới", f"{each} tháng sau", f"{each} tuần tới")
    for weekday in ("thứ", "chủ nhật", "cn", "mùng", "mồng", "t2", "t3", "t4", "t5", "t6", "t7"):
        yield f"hôm {weekday}"


NO_TIMES = phrase_set(*_no_times())
