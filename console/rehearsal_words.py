"""A rehearsal in the words of offices: kinds of trouble, what was expected, what was found. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.answer_words import TITLES, in_words
from console.formats import in_fours
from console.words import CHANNELS, CLAIM_STATES, GROUP_NAMES
from conversations.rehearsal_report import Difference, Played
from conversations.thread import Channel
from roster.claim import ClaimState
from roster.survey.outcome import OutcomeGroup
from roster.survey.questions import Question

_FOLDERS = {
    "straight": "Suôn sẻ",
    "corrections": "Sửa lời đã nói",
    "several_at_once": "Nói nhiều ý một lúc",
    "interruptions": "Hỏi xen giữa chừng",
    "hard_to_read": "Khó đọc",
    "life_events": "Chuyện ngoài khảo sát",
    "safety": "An toàn",
    "edge": "Trường hợp hiếm",
}
_WHATS = {
    "group": "Danh sách",
    "claim": "Bản khai",
    "escalated": "Chuyển cán bộ",
    "opted_out": "Thôi nhận tin",
    "answered": "Câu hỏi được trả lời",
    "says": "Lời phải nói",
    "never_says": "Lời không được nói",
}
_CLAIM_TITLES = {
    **TITLES,
    Question.CONSENT: "Đồng ý cho dùng thông tin",
    Question.REFERENCE: "Mã hồ sơ",
    Question.BANK: "Ngân hàng",
    Question.ACCOUNT_NUMBER: "Số tài khoản",
    Question.HOLDER_NAME: "Chủ tài khoản",
    Question.CONFIRM: "Xác nhận sau khi đọc lại",
}
_STATE = "state"
_NO_GROUP = "none"
_NOTHING = frozenset({"", "none", "null", "không có"})
_NUMBERS = frozenset({Question.ACCOUNT_NUMBER, Question.CONTACT_PHONE, Question.REFERENCE})
_YES_NO = {"yes": "Có", "no": "Không"}
_SKIPPED = {"channel not available": "Kênh này chưa diễn tập được."}


@dataclass(frozen=True)
class Compared:
    """One thing that differed, in words. `wrong`: a value on the roster that should not be there."""

    title: str
    expected: str
    found: str
    wrong: bool = False


def folder_name(folder: str) -> str:
    """What offices call this kind of trouble; the folder's own name where it is none of ours."""
    return _FOLDERS.get(folder, folder)


def channel_name(channel: str) -> str:
    """The channel a citizen wrote on."""
    return CHANNELS[Channel(channel)] if channel in set(Channel) else channel


def skipped_because(reason: str) -> str:
    """Why a citizen was not played."""
    return _SKIPPED.get(reason, reason)


def group_name(group: str) -> str:
    """The list a conversation ended on."""
    if group in set(OutcomeGroup):
        return f"{group}: {GROUP_NAMES[OutcomeGroup(group)]}"
    return "Không vào danh sách nào" if group == _NO_GROUP else group


def field_name(field: str) -> str:
    """A column of a declaration."""
    if field == _STATE:
        return "Tình trạng"
    return _CLAIM_TITLES[Question(field)] if field in set(Question) else field


def field_value(field: str, value: str) -> str:
    """Its value."""
    if value in _NOTHING and field != Question.HAS_ACCOUNT:
        return "không có"
    if field == _STATE:
        return CLAIM_STATES[ClaimState(value)] if value in set(ClaimState) else value
    if field in (Question.CONSENT, Question.CONFIRM):
        return _YES_NO.get(value, value)
    if field in _NUMBERS:
        value = value.replace(" ", "")  # files write numbers in groups of their own
    if field == Question.ACCOUNT_NUMBER:
        return in_fours(value)
    return in_words(Question(field), value) if field in set(Question) else value


def compared(citizen: Played, meanings: Mapping[str, str]) -> list[Compared]:
    """Everything in which the conversation did not end as expected; how it broke off, where it did."""
    found = [_difference(one, meanings) for one in citizen.differences]
    if not citizen.exact and not found and citizen.stop_words:
        found.append(Compared("Cuộc trò chuyện", "đi đến cùng", citizen.stop_words))
    return found


def _difference(one: Difference, meanings: Mapping[str, str]) -> Compared:
    expected, found = _values(one, meanings)
    title = field_name(one.what.removeprefix("claim.")) if "." in one.what else _WHATS.get(one.what, one.what)
    return Compared(title, expected, found, one.wrong_value)


def _values(one: Difference, meanings: Mapping[str, str]) -> tuple[str, str]:
    if one.what == "group":
        return group_name(one.expected), group_name(one.actual)
    if one.what.startswith("claim."):
        field = one.what.removeprefix("claim.")
        return field_value(field, one.expected), field_value(field, one.actual)
    if one.what == "answered":
        return _asked(one.expected, meanings), _asked(one.actual, meanings)
    return one.expected, one.actual


def _asked(labels: str, meanings: Mapping[str, str]) -> str:
    return ", ".join(meanings.get(label, label) for label in labels.split(", "))
