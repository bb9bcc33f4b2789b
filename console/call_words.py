"""What the call-back pages call sources and outcomes, and how a call may end."""

from __future__ import annotations

from outreach.follow_up import FollowUp, FollowUpOutcome, FollowUpSource

SOURCES = {
    FollowUpSource.MISSED_CALL: "Gọi nhỡ tổng đài",
    FollowUpSource.OFFICER: "Cán bộ ghi số",
    FollowUpSource.RELATIVE_YES: "Hỏi ý chính người hưởng",
    FollowUpSource.LADDER: "Tin nhắn chưa tới",
    FollowUpSource.PAYMENT_RETURNED: "Tiền bị trả lại",
    FollowUpSource.SYNC_REFUSED: "Phần mềm an sinh từ chối",
}

OUTCOMES = {
    FollowUpOutcome.DECLARED: "Đã trả lời khảo sát",
    FollowUpOutcome.AGREED: "Người hưởng đồng ý",
    FollowUpOutcome.ANSWERED: "Đã giải đáp",
    FollowUpOutcome.UNDECIDED: "Còn phân vân",
    FollowUpOutcome.REFUSED: "Không muốn trả lời",
    FollowUpOutcome.WRONG_NUMBER: "Nhầm số",
    FollowUpOutcome.DECEASED: "Người hưởng đã mất",
    FollowUpOutcome.NOT_FOUND: "Không có trong danh sách",
    FollowUpOutcome.NO_ANSWER: "Không nghe máy",
    FollowUpOutcome.NEEDLESS: "Không còn cần gọi",
}

_ENDS = {
    FollowUpOutcome.ANSWERED: "Đã giải đáp, người dân đã rõ",
    FollowUpOutcome.UNDECIDED: "Còn phân vân, hẹn khi khác",
    FollowUpOutcome.REFUSED: "Không muốn trả lời khảo sát",
    FollowUpOutcome.WRONG_NUMBER: "Nhầm số: không gọi, không nhắn số này cho người hưởng này nữa",
    FollowUpOutcome.DECEASED: "Gia đình xác nhận người hưởng đã mất",
    FollowUpOutcome.NOT_FOUND: "Người gọi không có trong danh sách của xã, phường",
}
_ABOUT_SOMEBODY = (
    FollowUpOutcome.ANSWERED,
    FollowUpOutcome.UNDECIDED,
    FollowUpOutcome.REFUSED,
    FollowUpOutcome.WRONG_NUMBER,
    FollowUpOutcome.DECEASED,
)
_ABOUT_NOBODY = (FollowUpOutcome.ANSWERED, FollowUpOutcome.NOT_FOUND)


def ends_for(task: FollowUp) -> dict[FollowUpOutcome, str]:
    """The ways in which an officer may close `task`, in words; those that the form and the yes bring about apart."""
    if task.source is FollowUpSource.RELATIVE_YES:
        own = {**_ENDS, FollowUpOutcome.REFUSED: "Người hưởng không đồng ý với bản khai của người nhà"}
        return {one: own[one] for one in _ABOUT_SOMEBODY if one is not FollowUpOutcome.ANSWERED}
    return {one: _ENDS[one] for one in (_ABOUT_SOMEBODY if task.person_id else _ABOUT_NOBODY)}
