"""Account or cash, whose account, which bank."""

from __future__ import annotations

import pytest

from language.answering.reader import read
from language.answering.reading import Open

FOR_ANOTHER = frozenset({"consent", "respondent", "relation", "wants_account"})
FOR_ONESELF = frozenset({"consent", "respondent", "wants_account"})

WANTS = [
    ("có", "yes"), ("nhận qua tài khoản", "yes"),
    ("qua momo", "yes"),
    ("đăng ký luôn", "yes"),
    ("bà nhận ở bưu điện quen rồi", "no"),
    ("nhận kiểu nào cũng được", "unsure"), ("ck qua tk", "yes"), ("cho vào thẻ cho tiện", "yes"),
    ("cụ bảo chuyển vào tài khoản", "yes"), ("tai khoan", "yes"), ("muốn ạ", "yes"), ("làm thẻ đi", "yes"),
    ("thôi không lấy tiền mặt nữa", "yes"), ("lay qua the", "yes"), ("qua ngân hàng", "yes"),
    ("ừ được", "yes"),
    ("tiền mặt", "no"), ("toi van linh tien mat nhu moi khi", "no"), ("không muốn qua tài khoản", "no"),
    ("bà cứ ra phường lĩnh", "no"), ("không", "no"), ("chả cần, cứ như cũ", "no"), ("khong lam the", "no"),
    ("cầm tiền cho chắc", "no"), ("tôi không thích tài khoản", "no"), ("tien mat thoi, khong qua the", "no"),
    ("để bà hỏi con đã", "unsure"), ("chưa biết chọn cái nào", "unsure"), ("khong biet", "unsure"),
    ("phân vân quá", "unsure"),
    ("tuỳ cháu", "unsure"), ("cái nào cũng được", "unsure"),
]  # fmt: skip
WANTS_NOT_TOLD = [
    "tôi muốn nhận tiền mặt nhưng con tôi bảo qua tài khoản", "chưa",
    "tôi cứ lĩnh tiền mặt có được không?", "hỏi lắm thế", "tiền vào tài khoản thì rút kiểu gì",
    "cái này có bắt buộc không",
    "bà không biết bấm thế nào", "tiền tháng này lĩnh rồi", "sao phải có tài khoản", "cam on",
    "cho tôi nói chuyện với cán bộ",
]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["thang nay bac nhan duoc tien roi nhe", "tiền về tài khoản rồi", "lĩnh đủ tiền tháng này rồi"]
)
def test_money_that_has_come_is_no_wish_for_cash_whatever_the_classifier_thinks(text: str) -> None:
    assert read(text, Open("wants_account"), (("want_cash", 0.95),)).answers == []


@pytest.mark.parametrize("text", ["nhận tiền mặt quen rồi", "bà nhận tiền mặt rồi cũng quen", "già rồi nhận tiền mặt"])
def test_cash_with_a_roi_is_still_cash(text: str) -> None:
    assert read(text, Open("wants_account")).value("wants_account") == "no"


@pytest.mark.parametrize(("text", "value"), WANTS)
def test_account_or_cash(text: str, value: str) -> None:
    assert read(text, Open("wants_account")).value("wants_account") == value


@pytest.mark.parametrize("text", WANTS_NOT_TOLD)
def test_account_or_cash_is_not_told(text: str) -> None:
    assert read(text, Open("wants_account")).value("wants_account") is None


HAS = [
    ("có rồi", "own"), ("co", "own"), ("co roi con gai lam cho", "own"),
    ("bác có tài khoản Vietinbank", "own"),
    ("thẻ lĩnh lương hưu BIDV", "own"), ("có thẻ vietcom rồi", "own"), ("đã khai trên vneid", "own"),
    ("agribank", "own"),
    ("tôi có tài khoản cháu ạ", "own"), ("thằng cháu nó mở cho từ năm ngoái", "own"),
    ("có 1 cái ở xã", "own"),
    ("chưa có", "none"),
    ("hồi trước có vietcombank, giờ không dùng", "none"),
    ("chưa làm bao giờ", "none"),
    ("có mà quên số rồi", "own"),
    ("mới đăng ký hôm qua", "own"),
    ("ông nhà tôi có", "relatives"), ("chưa", "none"), ("lam gi co", "none"), ("bà có tài khoản đâu", "none"),
    ("k có", "none"),
    ("tài khoản chung với chồng", "none"), ("có nhưng bị khoá rồi", "none"), ("the het han lau roi", "none"),
    ("ngày xưa có, giờ đóng rồi", "none"), ("chx có tk", "none"),
    ("tài khoản đứng tên cả hai vợ chồng", "none"),
    ("chưa bao giờ mở", "none"),
    ("dùng của con gái", "relatives"), ("nhờ tk con trai", "relatives"),
    ("cho vào tài khoản vợ tôi", "relatives"),
    ("tôi không có, nhờ thẻ của con dâu", "relatives"), ("qua tài khoản cháu ngoại", "relatives"),
    ("của con tôi", "relatives"),
    ("tai khoan cua hang xom", "relatives"), ("nhan vao the cua chong", "relatives"),
    ("người nhà", "relatives"),
]  # fmt: skip
HAS_NOT_TOLD = [
    "mở tài khoản có mất tiền không?", "khong biet", "mẹ tôi mất tuần trước rồi", "sdfjk wer",
    "VNeID khai kiểu gì",
    "thôi đừng nhắn tin nữa", "chờ bà tí",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), HAS)
def test_whose_account(text: str, value: str) -> None:
    assert read(text, Open("has_account", answered=FOR_ONESELF)).value("has_account") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mẹ em có rồi", "own"), ("bố không có, dùng tài khoản của tôi", "relatives"),
        ("nhận vào tk của em", "relatives"),
        ("cụ chưa có", "none"),
        ("của mẹ em đứng tên", "own"), ("của bà luôn ạ", "own"), ("ông dùng tài khoản của bố em", "relatives"),
        ("có rồi ạ", "own"),
    ],
)  # fmt: skip
def test_whose_account_said_by_another(text: str, value: str) -> None:
    assert read(text, Open("has_account", answered=FOR_ANOTHER)).value("has_account") == value


@pytest.mark.parametrize("text", HAS_NOT_TOLD)
def test_whose_account_is_not_told(text: str) -> None:
    assert read(text, Open("has_account")).value("has_account") is None


def test_having_none_is_no_wish_for_cash() -> None:
    reading = read("tôi chưa có tài khoản", Open("wants_account"))
    assert (reading.value("wants_account"), reading.value("has_account")) == (None, "none")


def test_the_bank_in_the_answer_is_taken_with_it() -> None:
    reading = read("có thẻ vietcom rồi", Open("has_account"))
    assert reading.value("bank") == "Vietcombank"


@pytest.mark.parametrize("text", ["tôi không lấy thẻ agribank, tiền mặt thôi", "chưa có thẻ agribank"])
def test_no_bank_is_taken_where_there_is_no_account(text: str) -> None:
    question = "wants_account" if "tiền mặt" in text else "has_account"
    assert read(text, Open(question)).value("bank") is None


BANKS = [
    ("agri", "Agribank"), ("cái thẻ bidv ấy", "BIDV"), ("quân đội", "MB"), ("để cán bộ ghi", "officer"),
    ("ngân hàng nông nghiệp cháu ạ", "Agribank"), ("đến nơi tôi đưa", "officer"),
    ("tôi không gửi số qua tin nhắn", "officer"),
    ("khi nào cán bộ đến thì lấy", "officer"), ("vietcombank có được không", "Vietcombank"),
    ("thôi để các cháu đến ghi cho", "officer"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), BANKS)
def test_bank(text: str, value: str) -> None:
    assert read(text, Open("bank")).value("bank") == value


@pytest.mark.parametrize("text", ["ngân hàng nào thì được", "khong nho", "tôi mất thẻ rồi", "để mai nhé"])
def test_no_bank_is_named(text: str) -> None:
    assert read(text, Open("bank")).value("bank") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("con gái", "child"), ("con trai tôi, không có giấy tờ gì", "child"),
        ("con gái bà, có giấy uỷ quyền", "child+papers"),
        ("vợ tôi, chưa có giấy", "spouse"), ("người giám hộ, có quyết định của xã", "guardian+papers"),
        ("hàng xóm", "neighbour"),
        ("chau noi, da lam giay uy quyen roi", "grandchild+papers"),
        ("là con trai, giấy thì chưa", "child"), ("chồng", "spouse"),
        ("con dâu tôi đứng tên, uỷ quyền ở phường rồi", "child+papers"),
    ],
)  # fmt: skip
def test_holder_relation(text: str, value: str) -> None:
    assert read(text, Open("holder_relation")).value("holder_relation") == value


def test_unsure_tells_no_holder_relation() -> None:
    assert read("khong biet", Open("holder_relation")).value("holder_relation") is None
