"""Choices, commands, questions beside answers, and whether a message says anything more than its answer."""

from __future__ import annotations

import time

import pytest

from language.answering.clauses import is_question
from language.answering.reader import read
from language.answering.reading import Choice, Open

WANTS = (
    Choice("Nhận qua tài khoản", "wants_account=yes"),
    Choice("Nhận tiền mặt", "wants_account=no"),
    Choice("Chưa rõ", "wants_account=unsure"),
)
CONFIRM = (Choice("Đúng", "confirm=yes"), Choice("Sửa lại", "intent=correct"))
DEATH = (Choice("Đúng, đã qua đời", "life=death_yes"), Choice("Không phải", "life=death_no"))
RESPONDENT = (Choice("Chính tôi", "respondent=self"), Choice("Người nhà khai giúp", "respondent=relative"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", "yes"),
        ("câu 1", "yes"),
        ("so 2", "no"),
        ("2.", "no"),
        ("cái đầu", "yes"),
        ("một", "yes"),
        ("chọn 3", "unsure"),
        ("Nhận tiền mặt", "no"),
    ],
)
def test_choice_by_number_or_place(text: str, value: str) -> None:
    reading = read(text, Open("wants_account", WANTS), (("restart", 0.9),))
    assert (reading.value("wants_account"), reading.whole) == (value, True)


def test_a_letter_is_no_choice() -> None:
    assert read("c", Open("wants_account", WANTS)).answers == []


def test_a_choice_that_means_an_intent() -> None:
    assert read("2", Open("confirm", CONFIRM)).intent == "correct"


CLOSE = (
    Choice("Muốn nhận tiền mặt", "intent=want_cash"),
    Choice("Hỏi có được giữ tiền mặt không", "intent=faq/keep_cash"),
)


@pytest.mark.parametrize("picked", ["1", "cái đầu", "Muốn nhận tiền mặt", "muon nhan tien mat"])
def test_a_meaning_that_answers_the_open_question_is_its_answer(picked: str) -> None:
    reading = read(picked, Open("wants_account", CLOSE))
    assert (reading.value("wants_account"), reading.intent) == ("no", None)


@pytest.mark.parametrize("picked", ["2", "số 2", "hoi co duoc giu tien mat khong"])
def test_a_meaning_that_answers_nothing_open_is_an_intent(picked: str) -> None:
    reading = read(picked, Open("wants_account", CLOSE))
    assert (reading.answers, reading.intent) == ([], "faq/keep_cash")


def test_a_meaning_by_its_button() -> None:
    assert read("Muốn nhận tiền mặt", Open("bank", CLOSE), payload="intent=want_cash").intent == "want_cash"
    assert read("Muốn nhận tiền mặt", Open(None, CLOSE), payload="intent=want_cash").value("wants_account") == "no"


def test_words_of_a_choice_do_not_hide_what_else_is_said() -> None:
    reading = read("toi khai giup vo", Open("respondent", RESPONDENT))
    assert (reading.value("respondent"), reading.value("relation")) == ("relative", "spouse")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("khong, ba van khoe", "death_no"), ("bà mất cái điện thoại thôi", "death_no"),
        ("không, chồng tôi mất, tôi vẫn sống đây", "death_no"),
        ("2", "death_no"), ("khong phai", "death_no"), ("vâng", "death_yes"), ("đúng", "death_yes"),
        ("1", "death_yes"),
    ],
)  # fmt: skip
def test_whether_somebody_died_comes_first(text: str, value: str) -> None:
    assert read(text, Open("consent", DEATH)).value("life") == value


def test_a_button_says_what_it_says() -> None:
    assert read("Chưa có", Open("has_account"), payload="has_account=none").value("has_account") == "none"


@pytest.mark.parametrize(
    "text", ["/affirm", "/session_start", ' /inform{"bank": "BIDV"}', '{"confirm": "yes"}', '"/affirm"']
)
@pytest.mark.parametrize("question", ["consent", "wants_account", "bank", "holder_name", "confirm", "cash_reason"])
def test_commands_answer_nothing(text: str, question: str) -> None:
    for typed in (text, "\u2060" + text):  # the relay puts an invisible sign before a slash
        assert read(typed, Open(question, answered=frozenset({"bank"}))).answers == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [("/start", "greet"), ("/help", "help"), ("/stop", "stop"), ("/restart", "restart"), ("/session_start", None)],
)
def test_of_commands_only_the_words_that_chat_programs_teach_mean_something(text: str, intent: str | None) -> None:
    assert read("\u2060" + text, Open("consent"), [("restart", 0.9)]).intent == intent


@pytest.mark.parametrize("text", ["cô ơi", "co oi", "bác ơi", "cô"])
@pytest.mark.parametrize("question", ["consent", "wants_account", "confirm"])
def test_a_call_is_no_yes(question: str, text: str) -> None:
    assert read(text, Open(question)).answers == []


@pytest.mark.parametrize("label", ["stop", "complaint", "report_death", "wrong_number", "talk_to_officer"])
@pytest.mark.parametrize("question", ["consent", "confirm"])
def test_what_binds_is_not_read_into_words_about_something_else(question: str, label: str) -> None:
    ranking = [(label, 0.9), ("affirm", 0.05)]
    assert read("toi bao dung roi ma", Open(question), ranking).answers == []
    assert read("đúng rồi, nhưng tôi bực lắm", Open(question), ranking).value(question) == "yes"


BESIDE = [
    ("consent", "Đồng ý, nhưng sao phải có tài khoản?", "yes"),
    ("consent", "dong y, ma cai nay la viec gi day", "yes"),
    ("respondent", "toi tu khai, co mat tien khong", "self"),
    ("wants_account", "nhan qua tai khoan, ma bao gio moi co tien", "yes"),
    ("has_account", "Chưa có, thế mở thì cần giấy tờ gì?", "none"),
    ("has_account", "chưa có thế cần giấy tờ gì", "none"),
    ("opening", "Ra phường, mà phường ở chỗ nào nhỉ?", "ward"),
    ("bank", "agribank, duoc khong hay phai ngan hang nao", "Agribank"),
    ("confirm", "đúng rồi. bao giờ có tiền?", "yes"),
    ("wants_account", "tiền mặt, mà con tôi lĩnh hộ được không", "no"),
    ("has_account", "có rồi nhưng quên mã pin thì làm thế nào", "own"),
    ("visit_time", "sáng thứ ba, cần chuẩn bị giấy gì không", "sáng thứ Ba"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text", "value"), BESIDE)
def test_an_answer_and_a_question_in_one_message(question: str, text: str, value: str) -> None:
    reading = read(text, Open(question))
    assert (reading.value(question), reading.whole, reading.asks) == (value, False, True)


PURE = [
    "co mat phi khong", "bao gio thi co tien", "mo tai khoan can giay to gi",
    "ngân hàng nào thì được hả cháu", "ai được hưởng",
    "thế bác vẫn nhận tiền mặt thì có được không?", "tôi mất thẻ thì sao", "co bat buoc phai lam khong",
    "lam o dau the ad",
    "tt cua ba co bi lo k", "ho so cua toi den dau roi", "phải lĩnh ở đâu, mấy giờ",
    "nếu tôi chưa có thì sao", "con tôi nhận hộ được không",
    "những ai thì được tiền này", "cái này là cái gì thế cháu", "han cuoi la hom nao v",
    "tiền về chưa cháu", "xong chưa em",
    "khai qua app VNeID co duoc k a", "các anh có đưa thông tin cho ai không", "sao tự dưng lại hỏi tôi",
]  # fmt: skip
QUESTIONS = [
    "consent",
    "respondent",
    "relation",
    "wants_account",
    "has_account",
    "bank",
    "holder_name",
    "opening",
    "cash_reason",
    "confirm",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_pure_question_answers_nothing(question: str) -> None:
    answered = [text for text in PURE if read(text, Open(question)).answers]
    assert answered == []


@pytest.mark.parametrize(
    "text",
    [
        "chưa bao giờ", "lúc nào cũng được", "không có giấy tờ gì", "chưa có cái nào", "không đi đâu được",
        "chưa biết thế nào",
        "thế nào cũng được", "làm gì có", "khi nào cán bộ đến thì lấy", "toi khai ho chau",
        "nhà không có ai", "co roi", "vâng ạ",
    ],
)  # fmt: skip
def test_statements_that_look_like_questions(text: str) -> None:
    assert not is_question(text)


WHOLE = [
    ("cash_reason", "toi so bi lua mat tien lam", True), ("consent", "toi dong y", True),
    ("opening", "lam o phuong", True),
    ("holder_relation", "con gai ba, co giay uy quyen phuong dong dau roi", True),
    ("respondent", "tôi, mượn máy người ta nhắn", True),
    ("cash_reason", "nhà không có điện thoại, máy này mượn của người ta", True),
    ("respondent", "toi tu khai, chong toi mat lau roi", False),
    ("has_account", "có rồi, hai tháng nay chưa nhận được tiền", False),
    ("consent", "đồng ý, cho tôi gặp cán bộ", False),
    ("wants_account", "tiền mặt, hôm nọ cán bộ hách dịch lắm", False),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text", "whole"), WHOLE)
def test_whether_a_message_says_more_than_its_answer(question: str, text: str, whole: bool) -> None:
    reading = read(text, Open(question))
    assert (reading.value(question) is not None, reading.whole) == (True, whole)


def test_a_corrected_number_leaves_no_wrong_number_to_serve() -> None:
    answered = frozenset({"consent", "bank", "account_number", "holder_name"})
    assert read("nham so roi, so dung la 2200205022222", Open("confirm", answered=answered)).whole


@pytest.mark.parametrize(
    ("question", "ranking", "value"),
    [
        ("wants_account", ("want_cash", 0.9), "no"),
        ("has_account", ("have_account", 0.7), "own"),
        ("wants_account", ("want_account", 0.65), None),
    ],
)
def test_the_classifier_is_asked_where_the_words_tell_nothing(
    question: str, ranking: tuple[str, float], value: str | None
) -> None:
    assert read("bà theo ý các cụ ngày xưa", Open(question), [ranking]).value(question) == value


def test_reading_is_quick() -> None:
    texts = [f"{text} {number}" for number in range(4) for text in PURE]
    started = time.process_time()
    for text in texts:
        read(text, Open("has_account", WANTS, frozenset({"consent", "respondent", "wants_account"})))
    assert (time.process_time() - started) / len(texts) < 0.01


@pytest.mark.parametrize("text", ["👍", " 👍🏻👍 ", "👌", "✅"])
def test_a_thumb_up_agrees(text: str) -> None:
    assert read(text, Open("consent")).value("consent") == "yes"


@pytest.mark.parametrize("text", ["", "  ", "😀", "🙏", "👎", "!", "…"])
def test_other_signs_and_no_word_at_all_say_nothing(text: str) -> None:
    assert read(text, Open("consent")).answers == []


@pytest.mark.parametrize("text", ["luc nao cung duoc", "thứ mấy cũng được", "sao co chu quen", "bà theo ý các cụ"])
def test_only_a_yes_to_the_whole_summary_confirms(text: str) -> None:
    assert read(text, Open("confirm"), [("affirm", 0.83)]).value("confirm") is None


def test_another_bank_where_its_number_is_asked() -> None:
    answered = frozenset({"consent", "bank"})
    assert read("de nguyen bidv", Open("account_number", answered=answered)).value("bank") == "BIDV"
    assert read("1201 0009 876543", Open("account_number", answered=answered)).value("bank") is None


@pytest.mark.parametrize(
    ("confidence", "answers"), [(0.63, []), (0.75, ["wants_account"]), (0.9, ["wants_account", "has_account"])]
)
def test_the_classifier_alone_adds_nothing_unasked_unless_it_is_very_sure(
    confidence: float, answers: list[str]
) -> None:
    reading = read("Hỏi lắm thế nhức cả đầu", Open("wants_account"), [("have_account", confidence)])
    assert [answer.question for answer in reading.answers] == answers
