import pytest

from language.number_words import find_number_words

NUMBERS = [
    ("không chín bảy tám", "0978"),
    ("khong chin bay tam", "0978"),
    ("KHÔNG CHÍN BẢY TÁM", "0978"),
    ("khoong chins bayr tams", "0978"),
    ("kho6ng chi1n ba3y ta1m", "0978"),
    ("mot hai ba bon nam tu tám", "1234548"),
    ("mot hai ba bon lam tu tám", "1234548"),
    ("một hai ba bốn lăm tư tám", "1234548"),
    ("0 chín 7", "097"),
    ("0 chin 1 hai ba 4", "091234"),
    ("số cuối là ba bốn", "34"),
    ("so cuoi la bay chin", "79"),
    ("hai bảy", "27"),
    ("chín mươi hai tám bảy", "9287"),
    ("hai muoi ba", "23"),
    ("mười lăm", "15"),
    ("chín lẻ năm", "905"),
    ("chín linh năm tám", "9058"),
    ("0912 bảy tám ba 456", "0912783456"),
    ("stk 0011 bon nam sau 789", "0011456789"),
    ("0912 345 67 tám", "0912345678"),
    ("khong chin mot\nhai ba bon", "091234"),
    ("không-chín-một-hai", "0912"),
]

NO_NUMBERS = [
    "không",
    "khong",
    "ko",
    "không ạ",
    "khong lam",
    "khong lam gi duoc",
    "khong ba mat roi",
    "không, ba tôi mất rồi",
    "ba năm nay tôi ốm",
    "ba nam nay",
    "78 nam nay",
    "hai ba ngày nữa",
    "hai ba ngay nua",
    "năm ba người",
    "bốn năm hôm",
    "ngay 12 thang 5 nam 1948",
    "khong 0912345678",
    "ba 0912345678",
    "0912345678 khong",
    "0912345678 dung khong",
    "80 khong di duoc",
    "ba toi khong co",
    "tu hai den",
    "sau nay",
    "nam sau",
    "o voi hai con",
    "mot minh",
    "bay gio",
    "muoi gio",
    "chin roi",
    "toi nam vien",
    "",
]


@pytest.mark.parametrize(("text", "digits"), NUMBERS)
def test_spoken_digits_are_read(text: str, digits: str) -> None:
    assert [f.value for f in find_number_words(text)] == [digits]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_everyday_words_are_no_numbers(text: str) -> None:
    assert find_number_words(text) == []


def test_the_span_covers_the_words_and_digits_of_the_number() -> None:
    text = "stk la 0011 bon nam sau nhe"
    (found,) = find_number_words(text)
    assert text[found.start : found.end] == "0011 bon nam sau"


def test_two_numbers_in_one_message_stay_apart() -> None:
    text = "khong chin mot hai, hoac khong ba tam bay"
    assert [f.value for f in find_number_words(text)] == ["0912", "0387"]
