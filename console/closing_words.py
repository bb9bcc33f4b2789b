"""How a conversation with an officer ends, and ready-made answers: by the reason for which it came."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.escalation import Reason


@dataclass(frozen=True)
class Outcome:
    """One way to close. `key` is stored by nobody; `title` is."""

    key: str
    title: str


_GENERAL = (
    Outcome("answered", "Đã trả lời, người dân đã rõ"),
    Outcome("called", "Đã gọi điện giải thích"),
    Outcome("visit", "Hẹn đến nhà hoặc mời lên xã, phường"),
    Outcome("passed_on", "Đã chuyển nơi khác giải quyết"),
    Outcome("no_contact", "Không liên lạc được"),
)
_BY_REASON: dict[Reason, tuple[Outcome, ...]] = {
    Reason.DEATH: (
        Outcome("dead", "Đã xác minh: người hưởng đã mất"),
        Outcome("alive", "Báo nhầm: người hưởng vẫn còn, tiếp tục khảo sát"),
        Outcome("no_contact", "Không liên lạc được"),
    ),
    Reason.MONEY_MISSING: (
        Outcome("paid", "Đã kiểm tra: tiền đã chi trả"),
        Outcome("will_pay", "Đã kiểm tra: sẽ chi trả lại, đã báo người dân"),
        *_GENERAL[3:],
    ),
    Reason.SCAM: (
        Outcome("police", "Đã chuyển Công an xã, phường"),
        Outcome("warned", "Đã dặn người dân cảnh giác"),
        Outcome("no_contact", "Không liên lạc được"),
    ),
}

_ANSWERS = (
    "Dạ, cán bộ đã nhận được tin của ông/bà. Chúng tôi sẽ kiểm tra và báo lại trong ngày làm việc ạ.",
    "Dạ, ông/bà cho xin một giờ thuận tiện để cán bộ gọi lại ạ.",
    "Dạ, trợ cấp của ông/bà vẫn được trả như trước. Việc nhận qua tài khoản là tự nguyện ạ.",
)
_ANSWERS_BY_REASON: dict[Reason, tuple[str, ...]] = {
    Reason.DEATH: ("Chúng tôi xin chia buồn cùng gia đình. Cán bộ sẽ liên hệ để hướng dẫn giấy tờ ạ.",),
    Reason.MONEY_MISSING: ("Dạ, chúng tôi đang kiểm tra khoản tiền của ông/bà và sẽ báo lại sớm ạ.",),
    Reason.SCAM: ("Dạ, ông/bà đừng làm theo và đừng gửi mã, mật khẩu hay tiền cho ai. Cán bộ sẽ gọi lại ngay ạ.",),
}


def outcomes_for(reason: Reason) -> tuple[Outcome, ...]:
    """The outcomes an officer chooses from."""
    return _BY_REASON.get(reason, _GENERAL)


def outcome_named(reason: Reason, key: str) -> Outcome | None:
    """The outcome with this key; None where the reason knows none of that name."""
    return next((outcome for outcome in outcomes_for(reason) if outcome.key == key), None)


def canned_answers(reason: Reason) -> tuple[str, ...]:
    """Ready-made answers, the reason's own first."""
    return (*_ANSWERS_BY_REASON.get(reason, ()), *_ANSWERS)
