"""Where to open, when to come, why cash; and who may open at a counter only."""

from __future__ import annotations

import pytest

from language.answering.reader import read
from language.answering.reading import Open

OPENINGS = [
    ("đến nhà giúp bà", "home"), ("cán bộ xuống nhà tôi nhé", "home"), ("tôi liệt không đi được", "home"),
    ("tai nha", "home"),
    ("mời cán bộ đến, tôi nằm một chỗ", "home"), ("tôi không ra phường được, đến nhà đi", "home"),
    ("chân yếu lắm", "home"),
    ("các cháu đến đây làm cho bà", "home"),
    ("ra phường làm", "ward"), ("e đưa bà ra ub phường", "ward"), ("nhà văn hoá gần nhà", "ward"),
    ("lên xã", "ward"),
    ("thôi để tôi ra uỷ ban", "ward"), ("lam o xa", "ward"), ("cháu đèo ông ra phg làm", "ward"),
    ("phường", "ward"),
    ("đến nhà văn hoá thôn", "ward"), ("tôi tự ra phường được", "ward"),
    ("chân đau nhưng con chở ra phường", "ward"),
    ("tự ra ngân hàng", "self"), ("con trai chở ra ngân hàng", "self"), ("mở online cho nhanh", "self"),
    ("toi tu mo lay", "self"),
    ("để con gái đưa đi ngân hàng mở", "self"), ("lên chi nhánh gần chợ", "self"),
    ("tôi tự làm được", "self"),
    ("nhờ con mở trên điện thoại", "self"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), OPENINGS)
def test_where_to_open(text: str, value: str) -> None:
    assert read(text, Open("opening")).value("opening") == value


@pytest.mark.parametrize(
    "text", ["phường ở chỗ nào", "đi mở thì mang giấy gì?", "khong biet", "có mất phí không", "cán bộ đến nhà thật à?"]
)
def test_where_to_open_is_not_told(text: str) -> None:
    assert read(text, Open("opening")).value("opening") is None


ANY = "lúc nào cũng được"
TIMES = [
    ("sáng thứ bảy", "sáng thứ Bảy"), ("chieu t5 nha", "chiều thứ Năm"), ("thứ 3 có được không", "thứ Ba"),
    ("tuỳ cháu", ANY), ("lúc nào bà cũng ở nhà", ANY), ("hom nao cung duoc", ANY), ("báo trước là được", ANY),
    ("khi nào tiện thì đến", ANY), ("thứ hai bận, thứ tư nhé", "thứ Tư"),
    ("mai đi viện, sáng thứ sáu nhé", "sáng thứ Sáu"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), TIMES)
def test_when_to_come(text: str, value: str) -> None:
    assert read(text, Open("visit_time")).value("visit_time") == value


@pytest.mark.parametrize("text", ["vâng", "mấy giờ thì đến?", "người đến là ai", "khong biet", "hạn cuối là hôm nào"])
def test_when_to_come_is_not_told(text: str) -> None:
    assert read(text, Open("visit_time")).value("visit_time") is None


REASONS = [
    ("không có điện thoại", "no_phone"), ("máy cục gạch không biết bấm", "no_phone"),
    ("mù chữ cháu ạ", "no_phone"),
    ("xa cây atm lắm", "no_atm"), ("trong làng làm gì có cây rút", "no_atm"),
    ("ở đây không có ngân hàng", "no_atm"),
    ("chân đau không đi được", "cannot_travel"), ("cụ già yếu rồi", "cannot_travel"),
    ("đi lại khó khăn", "cannot_travel"),
    ("sợ mất", "distrust"), ("bọn nó lừa đảo nhiều lắm, bị lừa thì chết", "distrust"),
    ("toi so bi lua mat tien lam", "distrust"),
    ("không tin ngân hàng", "distrust"), ("ngân hàng hay trừ tiền", "distrust"),
    ("mắt mờ không nhìn thấy", "disability"), ("tôi bị câm điếc", "disability"),
    ("cháu nó thiểu năng", "disability"),
    ("quen rồi", "prefers"), ("thích cầm tiền", "prefers"), ("tiền mặt cho nó chắc", "prefers"),
    ("lằng nhằng lắm", "prefers"),
    ("vì tôi muốn tự tay chia cho các cháu hôm rằm", "other"),
    ("để còn đóng hụi với mấy bà trong xóm", "other"),
    ("việc riêng của tôi", "other"), ("khong biet", "other"), ("con cái tranh nhau cái thẻ", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), REASONS)
def test_why_cash(text: str, value: str) -> None:
    assert read(text, Open("cash_reason")).value("cash_reason") == value


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("cháu ăn cơm chưa", ()), ("jfjfj kdkd", ()), ("con tôi lĩnh thay có được không", ()),
        ("hỏi làm gì?", ()),
        ("trời hôm nay nóng quá", (("chitchat", 0.9),)), ("cho gặp cán bộ phường", ()),
        ("thôi chào cháu", (("goodbye", 0.9),)),
    ],
)  # fmt: skip
def test_why_cash_is_not_told(text: str, ranking: tuple[tuple[str, float], ...]) -> None:
    assert read(text, Open("cash_reason"), ranking).value("cash_reason") is None


@pytest.mark.parametrize(
    "text",
    [
        "cháu mới 13 tuổi", "sinh 2014", "em sinh năm 2012", "cháu đang học lớp 7", "cháu còn bé",
        "nó chưa đủ 15 tuổi",
        "anh ấy mất năng lực hành vi, có người giám hộ", "cháu được mười một tuổi", "chau 12t chua co",
        "trẻ mồ côi",
        "bé sinh ngày 3/5/2016",
    ],
)  # fmt: skip
def test_under_age_or_ward(text: str) -> None:
    assert read(text, Open("has_account", year=2026)).value("minor_or_ward") == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "tôi 80 tuổi rồi", "sinh 1948", "bà ba năm tuổi rồi", "bảy mươi tư tuổi",
        "cháu học lớp 9 bấm hộ bà", "có 2 con nhỏ",
        "tám mươi ba tuổi", "sinh năm 1960",
    ],
)  # fmt: skip
def test_of_age(text: str) -> None:
    assert read(text, Open("has_account", year=2026)).value("minor_or_ward") is None


@pytest.mark.parametrize(
    ("text", "year", "value"),
    [
        ("sinh 2014", 2026, "yes"), ("sinh 2014", 2033, None), ("sinh năm 14", 2026, "yes"),
        ("sinh năm 48", 2026, None),
        ("cháu sinh tháng 5 năm 2014", 2026, "yes"), ("sinh 2014", None, None),
    ],
)  # fmt: skip
def test_age_is_counted_from_the_year_in_which_it_was_said(text: str, year: int | None, value: str | None) -> None:
    assert read(text, Open("opening", year=year)).value("minor_or_ward") == value


@pytest.mark.parametrize("text", ["ra phg", "lên phg làm", "làm ở p", "ra ub phg", "ra nvh", "lên ph"])
def test_the_ward_in_short(text: str) -> None:
    assert read(text, Open("opening")).value("opening") == "ward"


@pytest.mark.parametrize("question", ["has_account", "bank", "account_number", "holder_name", "opening", "visit_time"])
def test_cash_after_all_while_the_accounts_details_are_asked(question: str) -> None:
    answered = frozenset({"consent", "respondent", "wants_account"})
    assert read("toi muon nhan tien mat", Open(question, answered=answered)).value("wants_account") == "no"
