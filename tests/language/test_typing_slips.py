import random

import pytest

from language.codes import new_code
from language.typing_slips import repair_typing, repair_word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("maawtj", "mặt"),
        ("khoong", "không"),
        ("tooi", "tôi"),
        ("cos", "có"),
        ("ddược", "được"),
        ("dduowcj", "được"),
        ("dduwowcj", "được"),
        ("dduwocj", "được"),
        ("ddungs", "đúng"),
        ("nguowif", "người"),
        ("nguwowif", "người"),
        ("oong", "ông"),
        ("baf", "bà"),
        ("bacs", "bác"),
        ("mej", "mẹ"),
        ("laf", "là"),
        ("uwf", "ừ"),
        ("chuwa", "chưa"),
        ("chuaw", "chưa"),
        ("thuowr", "thuở"),
        ("giowf", "giờ"),
        ("bieets", "biết"),
        ("nhieuef", "nhiều"),
        ("cungx", "cũng"),
        ("taif", "tài"),
        ("khoanr", "khoản"),
        ("ngaan", "ngân"),
        ("khongo", "không"),
        ("luwong", "lương"),
        ("Nguyeenx", "Nguyễn"),
        ("KHOONG", "KHÔNG"),
        ("Dduowcj", "Được"),
        ("hoaf", "hòa"),
        ("quys", "quý"),
    ],
)
def test_telex_slips(typed: str, meant: str) -> None:
    assert repair_word(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kho6ng", "không"),
        ("d9u7o7c5", "được"),
        ("d9uoc75", "được"),
        ("toi6", "tôi"),
        ("to6i", "tôi"),
        ("co1", "có"),
        ("bac1", "bác"),
        ("ba2", "bà"),
        ("tie61n", "tiến"),
        ("chu7a", "chưa"),
        ("d9i", "đi"),
        ("KHO6NG", "KHÔNG"),
        ("D9U7O7C5", "ĐƯỢC"),
        ("nga6n", "ngân"),
        ("ha2ng", "hàng"),
    ],
)
def test_vni_slips(typed: str, meant: str) -> None:
    assert repair_word(typed) == meant


@pytest.mark.parametrize(
    "word",
    [
        *("bos", "as", "cas", "bas", "los", "visa", "momo", "zalo", "test", "list", "box", "fax", "taxi", "bus", "gas"),
        *("is", "or", "this", "too", "see", "how", "now", "news", "beer", "web", "wifi", "free", "pass", "book", "his"),
        *("khong", "duoc", "không", "xoong", "boong", "ko", "dc", "stk", "vcb", "vneid", "app", "haha", "papa", "ok"),
    ],
)
def test_brands_names_and_plain_words_stay(word: str) -> None:
    assert repair_word(word) == word


@pytest.mark.parametrize(
    "token",
    [
        *("0011004123456", "0912345678", "stk0011", "tk12", "K7M2X9QA", "H3KR7M2P", "h2o", "tp2", "p3", "q1"),
        *("so1", "cau2", "thu7", "to5", "ngo12", "khu3", "thang4", "Y1", "a2", "b2b", "500k", "8h30", "ba12", "1234"),
    ],
)
def test_numbers_and_codes_are_never_read_as_vni(token: str) -> None:
    assert repair_word(token) == token


def test_no_file_code_is_ever_read_as_vni() -> None:
    draw = random.Random(1).randrange
    codes = [new_code(draw) for _ in range(500)]
    assert [code for code in codes if repair_word(code) != code or repair_word(code.lower()) != code.lower()] == []


def test_a_text_is_repaired_word_by_word() -> None:
    typed = "Toi6 cos soos tk 0011004123456 owr VCB, mã H3KR7M2P; ddược khoong?"
    assert repair_typing(typed) == "Tôi có số tk 0011004123456 ở VCB, mã H3KR7M2P; được không?"


def test_repairing_twice_changes_nothing_more() -> None:
    once = repair_typing("khoong bieets dduowcj to6i")
    assert repair_typing(once) == once == "không biết được tôi"
