"""The choices that go with a question: their words and what they stand for."""

from __future__ import annotations

from roster.survey.questions import Question

Choice = dict[str, str]
"""{"title": the words, "payload": "question=value" or "intent=label"}."""


def _of(question: Question, *choices: tuple[str, str]) -> list[Choice]:
    return [{"title": title, "payload": f"{question.value}={value}"} for value, title in choices]


OFFICER: Choice = {"title": "Gặp cán bộ", "payload": "intent=talk_to_officer"}
LEAVE_DETAILS: Choice = {"title": "Để cán bộ ghi", "payload": "bank=officer"}

CHOICES: dict[Question, list[Choice]] = {
    Question.CONSENT: _of(Question.CONSENT, ("yes", "Đồng ý"), ("no", "Không")),
    Question.RESPONDENT: _of(Question.RESPONDENT, ("self", "Chính tôi"), ("relative", "Người nhà khai giúp")),
    Question.WANTS_ACCOUNT: _of(
        Question.WANTS_ACCOUNT, ("yes", "Nhận qua tài khoản"), ("no", "Nhận tiền mặt"), ("unsure", "Chưa rõ")
    ),
    Question.HAS_ACCOUNT: _of(
        Question.HAS_ACCOUNT, ("own", "Có rồi"), ("none", "Chưa có"), ("relatives", "Dùng tài khoản người nhà")
    ),
    Question.OPENING: _of(
        Question.OPENING, ("home", "Cán bộ đến nhà"), ("ward", "Làm tại phường/xã"), ("self", "Tự ra ngân hàng")
    ),
    Question.CASH_REASON: _of(
        Question.CASH_REASON,
        ("no_phone", "Không có điện thoại"),
        ("cannot_travel", "Đi lại khó"),
        ("no_atm", "Xa cây ATM"),
        ("distrust", "Sợ mất tiền"),
        ("prefers", "Quen tiền mặt"),
    ),
    Question.CONFIRM: [
        {"title": "Đúng", "payload": "confirm=yes"},
        {"title": "Sửa lại", "payload": "intent=correct"},
    ],
}
_RELATIONS = (("child", "Con"), ("spouse", "Vợ hoặc chồng"), ("grandchild", "Cháu"), ("neighbour", "Hàng xóm"))
_LAST_RESORT: dict[Question, list[Choice]] = {
    Question.RELATION: _of(Question.RELATION, *_RELATIONS),
    Question.HOLDER_RELATION: _of(Question.HOLDER_RELATION, *_RELATIONS),
    Question.BANK: [LEAVE_DETAILS],
    Question.ACCOUNT_NUMBER: [LEAVE_DETAILS],
    Question.HOLDER_NAME: [LEAVE_DETAILS],
    Question.REFERENCE: _of(Question.REFERENCE, ("none", "Không có mã")),
    Question.VISIT_TIME: _of(Question.VISIT_TIME, ("lúc nào cũng được", "Lúc nào cũng được")),
    Question.CONTACT_PHONE: _of(Question.CONTACT_PHONE, ("none", "Không có số nào")),
}
"""What is offered after a second failure, where the question itself has no choices."""

TITLES: dict[Question, str] = {
    Question.RESPONDENT: "Người khai",
    Question.RELATION: "Quan hệ",
    Question.WANTS_ACCOUNT: "Cách nhận",
    Question.HAS_ACCOUNT: "Có tài khoản chưa",
    Question.BANK: "Ngân hàng",
    Question.ACCOUNT_NUMBER: "Số tài khoản",
    Question.HOLDER_NAME: "Tên chủ tài khoản",
    Question.HOLDER_RELATION: "Quan hệ với chủ tài khoản",
    Question.OPENING: "Nơi mở",
    Question.VISIT_TIME: "Giờ hẹn",
    Question.CASH_REASON: "Lý do tiền mặt",
    Question.CONTACT_PHONE: "Số điện thoại",
    Question.REFERENCE: "Mã hồ sơ",
}
"""How a question's answer is called in the summary and when one is chosen for correction."""


def choices_for(question: Question, failures: int) -> list[Choice]:
    """What is offered with `question`: its own choices, and after a second failure a way out."""
    own = CHOICES.get(question, [])
    if failures < 2:
        return own
    return [*(own or _LAST_RESORT.get(question, [])), OFFICER]


def corrections(questions: list[Question]) -> list[Choice]:
    """One choice for each answered question, to say which is to be corrected."""
    return [{"title": TITLES[question], "payload": f"correct={question.value}"} for question in questions]
