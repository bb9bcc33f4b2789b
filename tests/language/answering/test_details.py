"""Numbers, names and codes: asked for, sent unasked, or not what they look like."""

from __future__ import annotations

import pytest

from language.answering.reader import read
from language.answering.reading import Open

NUMBERS = [
    ("0011 0041 23456", "0011004123456"), ("stk 2205205011223", "2205205011223"),
    ("1201.0001.2345.67", "12010001234567"),
    ("cho ông đeo kính đã, đây rồi, 0451 0003 45678", "0451000345678"),
    ("so 123456789 nhe chau", "123456789"),
    ("stk trùng số điện thoại 0987 123 654", "0987123654"), ("0868246135", "0868246135"),
    ("tk 1903123456789 cccd 001148012345", "1903123456789"),
    ("một không hai ba bốn năm sáu bảy tám chín", "1023456789"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_account_number(text: str, number: str) -> None:
    assert read(text, Open("account_number")).value("account_number") == number


@pytest.mark.parametrize(
    "text",
    [
        "so can cuoc cua toi 001148012345", "cccd 001148012345", "số CMND 012345678",
        "sdt của tôi 0912345678", "ma otp 482913",
        "gọi tôi số 0912345678", "số bảo hiểm y tế 0123456789", "thẻ 9704180012345670011", "mất thẻ rồi",
        "sinh ngày 12/5/1948",
        "200.000 đồng một tháng",
    ],
)  # fmt: skip
def test_no_account_number(text: str) -> None:
    assert read(text, Open("account_number")).value("account_number") is None


@pytest.mark.parametrize("question", ["account_number", "holder_name"])
def test_details_may_be_left_to_an_officer(question: str) -> None:
    assert read("thôi để cán bộ đến ghi", Open(question)).value("bank") == "officer"


NAMES = [
    ("nguyen van nam", "nguyen van nam"), ("Hồ Nữ", "Hồ Nữ"), ("ten la Le Thi Bong a", "Le Thi Bong"),
    ("NÔNG THỊ LÀNH", "NÔNG THỊ LÀNH"),
    ("chủ tk: Bà Nguyễn Thị Đào", "Nguyễn Thị Đào"), ("H'Hen Niê", "H'Hen Niê"),
    ("lo thi pin nhe chau", "lo thi pin"),
    ("nguyen manh dung", "nguyen manh dung"), ("tran thi minh chau", "tran thi minh chau"),
    ("Mai Xuân Trường", "Mai Xuân Trường"),
    ("tên tôi chứ tên ai, Ngô Văn Khoái", "Ngô Văn Khoái"), ("ho thi nu", "ho thi nu"),
    ("vàng a páo", "vàng a páo"),
    ("Phạm Gia Bảo Anh", "Phạm Gia Bảo Anh"), ("cu thi nhan", "cu thi nhan"), ("đỗ mười", "đỗ mười"),
    ("phi thi hat", "phi thi hat"), ("loc thi hien", "loc thi hien"), ("chu the la loc thi hien nhe", "loc thi hien"),
    ("thao a sinh", "thao a sinh"), ("ly mai", "ly mai"), ("lê hiếu", "lê hiếu"), ("khuc van tam", "khuc van tam"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_holder_name(text: str, name: str) -> None:
    assert read(text, Open("holder_name"), (("faq/fees", 0.2),)).value("holder_name") == name


def test_a_sure_name_is_a_name_whatever_the_classifier_thinks() -> None:
    assert read("phi thi hat", Open("holder_name"), (("faq/fees", 0.99),)).value("holder_name") == "phi thi hat"


@pytest.mark.parametrize(
    "text",
    [
        "INFORM ACCOUNT NUMBER", '/inform{"account_number": "999999999"}', "tên ai cơ?", "khong nho",
        "thế nào cũng được",
        "chờ bà tí", "toi mat the roi", "để tôi hỏi con đã", "có mất phí không", "chính tôi", "vâng",
        "can bo den ghi",
        "sdfjk wer", "mai ong nhan nhe", "chau oi",
        "toi thi khong biet", "de mai hoi con", "vang a chau", "minh thi chua ro", "chao chau", "nhac lai di",
    ],
)  # fmt: skip
def test_no_holder_name(text: str) -> None:
    assert read(text, Open("holder_name")).value("holder_name") is None


def test_several_details_in_one_message() -> None:
    reading = read("co, bac co tk vietcom so 0011 0041 23456 ten Nguyen Thi Hoa", Open("wants_account"))
    found = {answer.question: answer.value for answer in reading.answers}
    assert found == {
        "wants_account": "yes", "has_account": "own", "bank": "Vietcombank",
        "account_number": "0011004123456",
        "holder_name": "Nguyen Thi Hoa",
    }  # fmt: skip


def test_details_line_by_line() -> None:
    reading = read("Ngân hàng: HDBank\nSTK: 068704070012345\nChủ TK: NÔNG THỊ LÀNH", Open("bank"))
    found = {answer.question: answer.value for answer in reading.answers}
    assert found == {"bank": "HDBank", "account_number": "068704070012345", "holder_name": "NÔNG THỊ LÀNH"}


def test_name_and_relation_in_one_message() -> None:
    reading = read("nguyen huu phuc, con trai toi, co giay uy quyen", Open("holder_name"))
    assert (reading.value("holder_name"), reading.value("holder_relation")) == ("nguyen huu phuc", "child+papers")


CODES = [
    ("khong co ma", "none"),
    ("mất giấy rồi", "none"),
    ("khong biet", "none"),
    ("làm gì có mã nào", "none"),
    ("quên để đâu rồi", "none"),
]


@pytest.mark.parametrize(("text", "value"), CODES)
def test_no_code(text: str, value: str) -> None:
    assert read(text, Open("reference")).value("reference") == value


@pytest.mark.parametrize(
    ("text", "value"), [("0978 123 456", "0978123456"), ("không có", "none"), ("gọi số 024 3825 1234", "02438251234")]
)
def test_contact_phone(text: str, value: str) -> None:
    assert read(text, Open("contact_phone")).value("contact_phone") == value


def test_a_phone_named_as_one_is_kept_aside() -> None:
    reading = read("đồng ý, sđt liên hệ 0978123456", Open("consent"))
    assert (reading.value("contact_phone"), reading.value("account_number")) == ("0978123456", None)


def test_next_questions_answered_ahead() -> None:
    reading = read("Chưa có, nhờ cán bộ đến nhà chiều thứ ba nhé", Open("has_account"))
    found = {answer.question: answer.value for answer in reading.answers}
    assert found == {"has_account": "none", "opening": "home", "visit_time": "chiều thứ Ba"}


def test_cash_and_its_reason_in_one_message() -> None:
    reading = read("bà lấy tiền mặt thôi, chân đau không đi ngân hàng được", Open("wants_account"))
    assert (reading.value("wants_account"), reading.value("cash_reason")) == ("no", "cannot_travel")


def test_all_at_once_after_consent() -> None:
    reading = read("đồng ý, tôi là chính chủ, nhận qua tài khoản, có thẻ agribank rồi", Open("consent"))
    found = {answer.question: answer.value for answer in reading.answers}
    assert found == {
        "consent": "yes",
        "respondent": "self",
        "wants_account": "yes",
        "has_account": "own",
        "bank": "Agribank",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("nguyễn thj hoa", "nguyễn thi hoa"), ("Nguyeenx Thij Hoaf", "Nguyen Thi Hoa"),
        ("NGUYEN THJ HOA", "NGUYEN THI HOA"),
        ("H'Hen Niê", "H'Hen Niê"), ("Trần Thị Mận", "Trần Thị Mận"),
    ],
)  # fmt: skip
def test_slips_of_the_keys_do_not_get_into_a_name(text: str, name: str) -> None:
    assert read(text, Open("holder_name")).value("holder_name") == name
