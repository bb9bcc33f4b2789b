"""What people say to "do you agree?", "is this you?" and "what are you to them?"."""

from __future__ import annotations

import pytest

from language.answering.reader import read
from language.answering.reading import Open

YES = [
    "đồng ý", "dong y", "vâng tôi đồng ý nhé", "ừ cứ làm đi cháu", "co", "u", "ok em", "nhất trí",
    "Dạ được ạ",
    "thôi được rồi, bà đồng ý", "uh dong y chau a", "đồng í", "cho phep", "tôi không phản đối", "vg a",
    "oke luôn",
    "da vang dong y a", "bác đồng ý cho các cháu hỏi", "ĐỒNG Ý", "a thoi, nghi lai roi, toi dong y",
    "toi già rồi nhưng thôi cũng đồng ý", "đồngg ýyyy",
]  # fmt: skip
NO = ["không", "khong dong y", "không nhé, tôi không đồng ý", "thôi", "ko", "toi khong cho", "k", "không muốn"]
NEITHER = [
    "để làm gì thế", "nham so roi ban oi", "minh khong phai nguoi do", "mẹ tôi mất tháng trước rồi",
    "chưa hiểu",
    "đồng ý thì được gì?", "co phai lua dao khong", "sao lại hỏi tôi", "chưa đồng ý vội", "ai đấy",
    "gửi nhầm rồi em ơi",
    "sim này tôi mới mua", "cho toi gap can bo", "stop", "đừng nhắn nữa", "/affirm", "bao giờ có tiền",
    "khong biet",
    "chuyển khẩu đi Nam Định rồi", "có người gọi bảo nộp phí mới được nhận tiền, bắt đọc mã otp",
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_consent_is_given(text: str) -> None:
    assert read(text, Open("consent")).value("consent") == "yes"


@pytest.mark.parametrize("text", NO)
def test_consent_is_refused(text: str) -> None:
    assert read(text, Open("consent")).value("consent") == "no"


@pytest.mark.parametrize("text", NEITHER)
def test_consent_stays_open(text: str) -> None:
    assert read(text, Open("consent")).value("consent") is None


SELF = [
    "tôi", "toi day", "chính tôi", "ba tu khai", "bà Hợi đây", "toi la Nhu, toi tu khai", "bác đây cháu",
    "tôi là chính chủ", "minh tu nhan", "cụ tự nhắn đấy", "chinh la toi", "la ong day", "tôi chứ ai",
    "nguoi huong day",
    "tôi nhờ cháu bấm hộ", "con nó bấm hộ tôi", "toi, dung may cua con gai", "bản thân tôi", "e tự khai ạ",
    "ong tu nhan chu khong nho ai",
]  # fmt: skip
RELATIVES = [
    ("tôi khai hộ vợ", "spouse"), ("em là con dâu, khai giúp mẹ", "child"), ("toi la hang xom", "neighbour"),
    ("con gái khai giùm mẹ", "child"), ("chồng tôi yếu, tôi khai thay", "spouse"),
    ("toi khai thay chong", "spouse"),
    ("cháu ngoại nhắn hộ ông", "grandchild"), ("tôi là bà nội, người giám hộ của cháu", "guardian"),
    ("bác ruột giám hộ hai cháu", "guardian"), ("em trai khai hộ chị gái em", "sibling"), ("em vợ", "sibling"),
    ("khai ho me", "child"),
    ("tôi là mẹ cháu", "guardian"), ("e nhan tin ho bo e", "child"), ("con rể ạ", "child"),
    ("cháu nội cụ đây ạ", "grandchild"),
    ("tôi làm thay cho bà nhà tôi", "spouse"), ("toi la to truong dan pho khai giup cu", "other"),
    ("không phải tôi, tôi là con trai", "child"), ("em gái viết hộ anh trai em", "sibling"),
]  # fmt: skip
RELATIVES_UNNAMED = [
    "dì ruột cháu bé",
    "ba má tôi nhờ tôi khai",
    "toi khai ho chau", "tôi khai giúp cụ", "khai hộ bà", "e khai hộ ạ", "tôi không phải người hưởng",
    "người nhà",
    "toi viet ho ong cu ben canh khong biet chu", "mình trả lời thay ông", "nguoi nha khai giup",
    "tôi khai cho cháu bé",
]  # fmt: skip


@pytest.mark.parametrize("text", SELF)
def test_the_beneficiary_writes(text: str) -> None:
    assert read(text, Open("respondent")).value("respondent") == "self"


@pytest.mark.parametrize(("text", "relation"), RELATIVES)
def test_a_relative_writes_and_says_which(text: str, relation: str) -> None:
    reading = read(text, Open("respondent"))
    assert (reading.value("respondent"), reading.value("relation")) == ("relative", relation)


@pytest.mark.parametrize("text", RELATIVES_UNNAMED)
def test_a_relative_writes_and_is_asked_which(text: str) -> None:
    reading = read(text, Open("respondent"))
    assert (reading.value("respondent"), reading.value("relation")) == ("relative", None)


@pytest.mark.parametrize(
    "text",
    [
        "cho tôi làm lại",
        "giup toi voi",
        "gửi lại câu hỏi cho tôi",
        "ai cũng khai được à?",
        "cam on chau nhe",
        "ba mat roi",
        "gõ nhầm người rồi",
        "khong biet",
    ],
)
def test_who_writes_is_not_told(text: str) -> None:
    assert read(text, Open("respondent")).value("respondent") is None


RELATIONS = [
    ("con", "child"), ("em gai ruot a", "sibling"), ("vợ", "spouse"), ("chồng bà ấy", "spouse"),
    ("cháu nội", "grandchild"),
    ("cháu gọi bằng cô", "other"), ("tôi gọi cụ bằng bà", "grandchild"), ("người giám hộ", "guardian"),
    ("hang xom canh nha", "neighbour"), ("con dâu cả", "child"), ("em là con út ạ", "child"),
    ("cháu họ", "other"),
    ("toi la nguoi giam ho, em ruot cua anh", "guardian"), ("mẹ tôi đấy", "child"),
    ("không phải con, cháu ngoại", "grandchild"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "relation"), RELATIONS)
def test_relation_asked(text: str, relation: str) -> None:
    assert read(text, Open("relation")).value("relation") == relation


@pytest.mark.parametrize("text", ["khong biet", "hỏi làm gì", "chào cháu", "thôi", "cần giấy tờ gì không?"])
def test_relation_not_told(text: str) -> None:
    assert read(text, Open("relation")).value("relation") is None


@pytest.mark.parametrize("text", ["toi, muon may nguoi ta nhan", "toi muon may nguoi ta nhan", "bà mượn máy hàng xóm"])
def test_who_writes_on_a_borrowed_phone_writes_for_himself_or_herself(text: str) -> None:
    reading = read(text, Open("respondent"), [("talk_to_officer", 0.9)])
    assert (reading.value("respondent"), reading.whole) == ("self", True)
