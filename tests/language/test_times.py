from datetime import date
from itertools import product

import pytest

from language.times import Clock, DayPart, RelativeDay, VisitTime, describe, find_visit_time, resolve

M, N, A, E, ANY = DayPart.MORNING, DayPart.NOON, DayPart.AFTERNOON, DayPart.EVENING, DayPart.ANY
R = RelativeDay
AT_8, AT_9_30 = Clock(480, 480), Clock(570, 570)

FOUND = [
    # relative days
    ("mai", VisitTime(relative=R.TOMORROW)),
    ("ngày mai", VisitTime(relative=R.TOMORROW)),
    ("mai a", VisitTime(relative=R.TOMORROW)),
    ("hen mai", VisitTime(relative=R.TOMORROW)),
    ("mai den nhe", VisitTime(relative=R.TOMORROW)),
    ("mai toi o nha", VisitTime(relative=R.TOMORROW)),
    ("chú mai đến nhé", VisitTime(relative=R.TOMORROW)),
    ("sáng mai", VisitTime(relative=R.TOMORROW, part=M)),
    ("sang mai", VisitTime(relative=R.TOMORROW, part=M)),
    ("sang ngay mai", VisitTime(relative=R.TOMORROW, part=M)),
    ("chieu mai", VisitTime(relative=R.TOMORROW, part=A)),
    ("trua mai", VisitTime(relative=R.TOMORROW, part=N)),
    ("toi mai", VisitTime(relative=R.TOMORROW, part=E)),
    ("tối mai nhé", VisitTime(relative=R.TOMORROW, part=E)),
    ("ngày kia", VisitTime(relative=R.DAY_AFTER_TOMORROW)),
    ("mốt", VisitTime(relative=R.DAY_AFTER_TOMORROW)),
    ("chieu ngay mot", VisitTime(relative=R.DAY_AFTER_TOMORROW, part=A)),
    ("3 ngay nua", VisitTime(relative=R.IN_THREE_DAYS)),
    ("hôm nay", VisitTime(relative=R.TODAY)),
    ("chieu nay", VisitTime(relative=R.TODAY, part=A)),
    ("toi nay", VisitTime(relative=R.TODAY, part=E)),
    ("cuối tuần", VisitTime(relative=R.WEEKEND)),
    ("thu bay chu nhat", VisitTime(relative=R.WEEKEND)),
    ("đầu tuần", VisitTime(relative=R.WEEK_START)),
    ("dau tuan sau", VisitTime(relative=R.NEXT_WEEK_START)),
    ("cuoi tuan sau", VisitTime(relative=R.NEXT_WEEKEND)),
    ("tuan sau", VisitTime(relative=R.NEXT_WEEK)),
    ("cuoi thang nay", VisitTime(relative=R.MONTH_END)),
    ("thang sau", VisitTime(relative=R.NEXT_MONTH)),
    # weekdays
    ("thứ 7", VisitTime(weekday=5)),
    ("t7", VisitTime(weekday=5)),
    ("T7 nhé", VisitTime(weekday=5)),
    ("thu7", VisitTime(weekday=5)),
    ("thứ bảy", VisitTime(weekday=5)),
    ("thu bay", VisitTime(weekday=5)),
    ("thứ bẩy", VisitTime(weekday=5)),
    ("thu hai", VisitTime(weekday=0)),
    ("thứ tư", VisitTime(weekday=2)),
    ("thu tu", VisitTime(weekday=2)),
    ("chủ nhật", VisitTime(weekday=6)),
    ("chu nhat toi o nha", VisitTime(weekday=6)),
    ("cn", VisitTime(weekday=6)),
    ("chieu cn", VisitTime(weekday=6, part=A)),
    ("sang thu 2", VisitTime(weekday=0, part=M)),
    ("thu nam sang", VisitTime(weekday=3, part=M)),
    ("sang thu nam", VisitTime(weekday=3, part=M)),
    ("tối thứ 7", VisitTime(weekday=5, part=E)),
    ("toi thu 7", VisitTime(weekday=5, part=E)),
    ("toi thu 7 ranh", VisitTime(weekday=5)),
    ("buổi sáng thứ tư", VisitTime(weekday=2, part=M)),
    ("tuần sau thứ 3", VisitTime(weekday=1, relative=R.NEXT_WEEK)),
    ("thu 3 tuan sau", VisitTime(weekday=1, relative=R.NEXT_WEEK)),
    ("chieu thu 6 tuan nay", VisitTime(weekday=4, relative=R.THIS_WEEK, part=A)),
    ("sang nha toi chieu thu 5", VisitTime(weekday=3, part=A)),
    ("sang thu 7 hoac cn", VisitTime(weekday=5, part=M)),
    ("thu 7 ban, chu nhat duoc", VisitTime(weekday=6)),
    ("thứ 7 không được, chủ nhật nhé", VisitTime(weekday=6)),
    ("sang mai khong duoc, chieu mai nhe", VisitTime(relative=R.TOMORROW, part=A)),
    # parts of day
    ("buổi sáng", VisitTime(part=M)),
    ("sáng", VisitTime(part=M)),
    ("sang", VisitTime(part=M)),
    ("sang som", VisitTime(part=M)),
    ("chieu", VisitTime(part=A)),
    ("buoi toi", VisitTime(part=E)),
    ("tối", VisitTime(part=E)),
    ("bac ranh buoi sang thoi", VisitTime(part=M)),
    ("sang hoac chieu", VisitTime(part=ANY)),
    ("buổi nào cũng được", VisitTime(part=ANY)),
    ("buoi nao cung dc", VisitTime(part=ANY)),
    ("bac o nha ca ngay", VisitTime(part=ANY)),
    ("lúc nào cũng được", VisitTime(relative=R.ANY, part=ANY)),
    ("luc nao cung duoc", VisitTime(relative=R.ANY, part=ANY)),
    ("khi nao den cung duoc", VisitTime(relative=R.ANY, part=ANY)),
    ("ngày nào cũng được", VisitTime(relative=R.ANY, part=ANY)),
    ("hom nao cung duoc", VisitTime(relative=R.ANY, part=ANY)),
    ("thu 2 den thu 6", VisitTime(relative=R.ANY, part=ANY)),
    ("tuy can bo", VisitTime(relative=R.ANY, part=ANY)),
    ("lúc nào cũng được trừ chủ nhật", VisitTime(relative=R.ANY, part=ANY)),
    ("buoi sang ngay nao cung duoc", VisitTime(relative=R.ANY, part=M)),
    ("mai luc nao cung duoc", VisitTime(relative=R.TOMORROW, part=ANY)),
    # clock
    ("8 giờ", VisitTime(part=M, clock=AT_8)),
    ("8h", VisitTime(part=M, clock=AT_8)),
    ("8g", VisitTime(part=M, clock=AT_8)),
    ("tám giờ", VisitTime(part=M, clock=AT_8)),
    ("tam gio sang", VisitTime(part=M, clock=AT_8)),
    ("9h30", VisitTime(part=M, clock=AT_9_30)),
    ("9:30", VisitTime(part=M, clock=AT_9_30)),
    ("9 gio ruoi", VisitTime(part=M, clock=AT_9_30)),
    ("12h trua", VisitTime(part=N, clock=Clock(720, 720))),
    ("3h", VisitTime(part=A, clock=Clock(900, 900))),
    ("khoang 3 gio chieu", VisitTime(part=A, clock=Clock(900, 900))),
    ("8h toi", VisitTime(part=E, clock=Clock(1200, 1200))),
    ("8h toi o nha", VisitTime(part=M, clock=AT_8)),
    ("bảy giờ tối", VisitTime(part=E, clock=Clock(1140, 1140))),
    ("sau 5h chiều", VisitTime(part=A, clock=Clock(1020, None))),
    ("sau 5h chieu mai", VisitTime(relative=R.TOMORROW, part=A, clock=Clock(1020, None))),
    ("sau 17h", VisitTime(part=A, clock=Clock(1020, None))),
    ("10h tro di", VisitTime(part=M, clock=Clock(600, None))),
    ("trước 9h", VisitTime(part=M, clock=Clock(None, 540))),
    ("tu 8h den 10h sang", VisitTime(part=M, clock=Clock(480, 600))),
    ("8-10h", VisitTime(part=M, clock=Clock(480, 600))),
    ("2-4h chieu", VisitTime(part=A, clock=Clock(840, 960))),
    ("8 rưỡi sáng mai", VisitTime(relative=R.TOMORROW, part=M, clock=Clock(510, 510))),
    ("4 giờ kém 15", VisitTime(part=A, clock=Clock(945, 945))),
    ("sau5h chieu", VisitTime(part=A, clock=Clock(1020, None))),
    ("ngoài giờ hành chính", VisitTime(part=ANY, clock=Clock(1020, None))),
    ("doi gio hen sang buoi chieu", VisitTime(part=A)),
    ("sang thu bay cho bac, chieu bac di kham", VisitTime(weekday=5, part=M)),
    ("giờ hành chính", VisitTime(part=ANY, clock=Clock(480, 1020))),
    ("sang mai 8h", VisitTime(relative=R.TOMORROW, part=M, clock=AT_8)),
    ("tối mai 7h", VisitTime(relative=R.TOMORROW, part=E, clock=Clock(1140, 1140))),
    ("chieu thu 7 luc 3h", VisitTime(weekday=5, part=A, clock=Clock(900, 900))),
    # dates
    ("25/12", VisitTime(day=25, month=12)),
    ("ngày 25/12", VisitTime(day=25, month=12)),
    ("ngày 25 tháng 12", VisitTime(day=25, month=12)),
    ("ngay 25-12", VisitTime(day=25, month=12)),
    ("31/12/2026", VisitTime(day=31, month=12)),
    ("ngay 25", VisitTime(day=25)),
    ("sang 25/12", VisitTime(day=25, month=12, part=M)),
    ("9h ngay 15/12", VisitTime(day=15, month=12, part=M, clock=Clock(540, 540))),
]

NOT_FOUND = [
    "toi muon nhan tien mat",
    "noi mai khong nghe",
    "cho mai khong thay tien",
    "benh vien Bach Mai",
    "mai kia hang hay",
    "moi thang toi ra linh",
    "hai tuan nay khong ai den",
    "may hom nay toi om",
    "toi da lam hom thu hai",
    "bà mất tối qua",
    "ba cu mat hom mung 3",
    "con trai thu hai cua ong Lap",
    "sua dong thu hai",
    "tien t6 chua ve",
    "tien dau roi, t7 t8 khong co",
    "chao buoi sang",
    "ho chieu co duoc khong",
    "em doi chieu ca roi",
    "sáu mốt phần trăm",
    "mang 5g co chua",
    "bay gio toi song o que",
    "sau gio lam viec",
    "lam phien suot ngay",
    "",
    "vang",
    "toi",
    "toi khong biet",
    "toi la con gai ba Mai",
    "ten toi la Mai",
    "chi Mai den nhe",
    "Nguyen Thi Mai",
    "con Mai",
    "toi mai ban roi",
    "sang nha toi",
    "bac sang day di",
    "sang nam",
    "nay toi di vang",
    "mot",
    "ba 3",
    "bay gio",
    "may gio den",
    "khi nao den",
    "lan thu 2",
    "con thu 3 cua ba",
    "mai mot",
    "hom kia",
    "12/5/1948",
    "sinh ngay 12 thang 5 nam 1948",
    "ngo 12/5 pho Hue",
    "24/7",
    "mùng 5 tết",
    "vietcombank cn ha noi",
    "khong duoc",
    "thu 7 toi ban roi",
    "78 tuoi",
    "0912345678",
    "0011 0041 2345",
    "sau nay tinh",
    "cho toi hoi",
    "tien mat",
    "tu tu da",
    "o nha",
]

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(("text", "value"), FOUND)
def test_a_time_is_read(text: str, value: VisitTime) -> None:
    found = find_visit_time(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", NOT_FOUND)
def test_everyday_words_are_no_times(text: str) -> None:
    assert find_visit_time(text) is None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("mọi hôm bận, sáng mai lúc 8h nhé", "sáng mai lúc 8h"),
        ("bác rảnh sau tám giờ tối", "sau tám giờ tối"),
        ("thu 7 ban, chu nhat duoc", "chu nhat"),
        ("vang, toi nay nhe", "toi nay"),
    ],
)
def test_the_span_holds_the_whole_time(text: str, span: str) -> None:
    found = find_visit_time(text)
    assert found is not None
    assert text[found.start : found.end] == span


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sang mai", "sáng mai"),
        ("mai", "ngày mai"),
        ("t7", "thứ Bảy"),
        ("tuan sau thu 3 buoi sang", "sáng thứ Ba tuần sau"),
        ("cn", "Chủ nhật"),
        ("sau 5h chieu mai", "sau 17 giờ ngày mai"),
        ("9h30 thu 5", "lúc 9 giờ 30 thứ Năm"),
        ("8-10h sang 25/12", "từ 8 giờ đến 10 giờ ngày 25/12"),
        ("truoc 9h", "trước 9 giờ"),
        ("buoi chieu", "buổi chiều"),
        ("luc nao cung duoc", "lúc nào cũng được"),
        ("mai luc nao cung duoc", "ngày mai, buổi nào cũng được"),
        ("buoi sang ngay nao cung duoc", "buổi sáng, ngày nào cũng được"),
        ("cuoi tuan", "cuối tuần"),
        ("ngay 25", "ngày 25"),
    ],
)
def test_described_in_vietnamese(text: str, words: str) -> None:
    found = find_visit_time(text)
    assert found is not None
    assert describe(found.value) == words


def every_kind_of_time() -> list[VisitTime]:
    days = [
        {},
        *({"relative": relative} for relative in R),
        *({"weekday": weekday} for weekday in range(7)),
        {"weekday": 4, "relative": R.NEXT_WEEK},
        {"weekday": 2, "relative": R.THIS_WEEK},
        {"day": 25, "month": 12},
        {"day": 5},
    ]
    whens = [{"part": part} for part in DayPart] + [
        {"part": M, "clock": AT_8},
        {"part": A, "clock": Clock(1020, None)},
        {"part": M, "clock": Clock(None, 540)},
        {"part": A, "clock": Clock(840, 970)},
    ]
    return [VisitTime(**day, **when) for day, when in product(days, whens)]  # type: ignore[arg-type]


@pytest.mark.parametrize("visit", every_kind_of_time(), ids=describe)
def test_what_is_described_is_read_back_the_same(visit: VisitTime) -> None:
    found = find_visit_time(describe(visit))
    assert found is not None
    assert found.value == visit


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("hom nay", (2026, 11, 23), (2026, 11, 23)),
        ("mai", (2026, 11, 24), (2026, 11, 24)),
        ("ngay kia", (2026, 11, 25), (2026, 11, 25)),
        ("t7", (2026, 11, 28), (2026, 11, 28)),
        ("thu 2", (2026, 11, 30), (2026, 11, 30)),
        ("thu 2 tuan nay", (2026, 11, 23), (2026, 11, 23)),
        ("tuan sau thu 3", (2026, 12, 1), (2026, 12, 1)),
        ("cuoi tuan", (2026, 11, 28), (2026, 11, 29)),
        ("cuoi tuan sau", (2026, 12, 5), (2026, 12, 6)),
        ("dau tuan sau", (2026, 11, 30), (2026, 12, 1)),
        ("tuan nay", (2026, 11, 23), (2026, 11, 29)),
        ("tuan sau", (2026, 11, 30), (2026, 12, 6)),
        ("cuoi thang", (2026, 11, 24), (2026, 11, 30)),
        ("thang sau", (2026, 12, 1), (2026, 12, 31)),
        ("25/12", (2026, 12, 25), (2026, 12, 25)),
        ("20/11", (2027, 11, 20), (2027, 11, 20)),
        ("ngay 5", (2026, 12, 5), (2026, 12, 5)),
        ("29/2", (2028, 2, 29), (2028, 2, 29)),
        ("luc nao cung duoc", (2026, 11, 24), None),
        ("buoi sang", (2026, 11, 24), None),
    ],
)
def test_resolved_from_a_monday(text: str, first: tuple[int, int, int], last: tuple[int, int, int] | None) -> None:
    found = find_visit_time(text)
    assert found is not None
    resolved = resolve(found.value, MONDAY)
    assert resolved is not None
    assert resolved.first == date(*first)
    assert resolved.last == (date(*last) if last else None)


def test_a_time_that_is_past_or_never_comes_has_no_days() -> None:
    friday = date(2026, 11, 27)
    assert resolve(VisitTime(weekday=1, relative=R.THIS_WEEK), friday) is None
    assert resolve(VisitTime(day=31, month=2), friday) is None


def test_a_range_that_has_begun_starts_today() -> None:
    sunday = date(2026, 11, 29)
    weekend = resolve(VisitTime(relative=R.WEEKEND), sunday)
    assert weekend is not None and (weekend.first, weekend.last) == (sunday, sunday)
    start = resolve(VisitTime(relative=R.WEEK_START), sunday)
    assert start is not None and start.first == date(2026, 11, 30)


def test_part_and_clock_are_kept_and_an_unsaid_part_is_any() -> None:
    resolved = resolve(VisitTime(weekday=5, part=A, clock=Clock(1020, None)), MONDAY)
    assert resolved is not None
    assert (resolved.part, resolved.clock) == (A, Clock(1020, None))
    bare = resolve(VisitTime(weekday=5), MONDAY)
    assert bare is not None and bare.part is ANY
