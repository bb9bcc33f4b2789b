import timeit
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.reading_form import reading_form, tokens


@pytest.mark.parametrize(
    "typed",
    [
        "không",
        "khong",
        "khoong",
        "kho6ng",
        "ko",
        "k",
        "Ko",
        "KHÔNG",
        "khôngggg",
        "koooo",
        "kooo!!",
        "hok",
        " k. ",
        "kg",
    ],
)
def test_all_ways_to_say_no_meet(typed: str) -> None:
    assert reading_form(typed) == "khong"


def test_decomposed_text_reads_the_same() -> None:
    text = "Dạ được, tôi là con gái bà Hoà ạ"
    assert reading_form(unicodedata.normalize("NFD", text)) == reading_form(text) == "da duoc toi la con gai ba hoa a"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("dạaaa", "da"),
        ("vânggg ạ", "vang a"),
        ("okkkk", "ok"),
        ("okk", "ok"),
        ("alooo", "alo"),
        ("ừuuu", "u"),
        ("dạa", "da"),
        ("khooong", "khong"),
        ("emm", "em"),
        ("app", "app"),
        ("Khu III", "khu iii"),
    ],
)
def test_elongated_letters(typed: str, read: str) -> None:
    assert reading_form(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("có,không", "co khong"),
        ("vâng.Dạ", "vang da"),
        ("anh/chị", "anh chi"),
        ("“có”… – (không)", "co khong"),
        ("500.000đ/tháng", "500.000d thang"),
        ("giảm 50%nhé😀👍🏻", "giam 50 % nhe 😀 👍"),
        ("thật ko???", "that khong ?"),
        ("?", "?"),
        ("0911.222.333", "0911.222.333"),
        ("mã H3KR7M2P", "ma h3kr7m2p"),
        ("", ""),
        ("...", ""),
    ],
)
def test_separators_numbers_and_signs(typed: str, read: str) -> None:
    assert reading_form(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("co, bac co tk vietcom so 0011 0041 23456 ten Hoa", "co bac co tai khoan vietcom so 0011 0041 23456 ten hoa"),
        ("E KO BIET", "em khong biet"),
        ("bây h mấy h r", "bay gio may gio roi"),
        ("t7 nay đc k v", "thu 7 nay duoc khong vay"),
        ("ck 500k vào tk nhé", "chuyen khoan 500k vao tai khoan nhe"),
        ("toi6 mất stk r, fai lm sao", "toi mat so tai khoan roi phai lam sao"),
        ("Chị A hỏi", "chi a hoi"),
        ("lua dao a? kó fải k", "lua dao a ? co phai khong"),
        ("đúg r chj", "dung roi chi"),
        ("dduowcj, cam on e", "duoc cam on em"),
        ("xem http://abc.xyz/a?b=1 đi", "xem http://abc.xyz/a?b=1 di"),
    ],
)
def test_whole_messages(typed: str, read: str) -> None:
    assert reading_form(typed) == read


@given(st.text(max_size=60))
def test_any_text_gives_single_spaced_lower_case(text: str) -> None:
    read = reading_form(text)
    assert read == " ".join(read.split())
    assert read == read.lower()


def test_tokens_are_offered_with_places_in_the_original() -> None:
    text = "Dạ,kooo"
    assert [(t.text, t.start, t.end) for t in tokens(text)] == [("Dạ", 0, 2), (",", 2, 3), ("kooo", 3, 7)]


def test_a_message_of_fifteen_words_takes_under_a_third_of_a_millisecond() -> None:
    text = "da chau chao bac, bac ko co tk ngan hang thi dc nhan tien mat ko ạ???"
    best = min(timeit.repeat(lambda: reading_form(text), number=200, repeat=5)) / 200
    assert best < 0.0003
