"""What a person's page calls the life of a message: each attempt, and each word of the provider."""

from __future__ import annotations

from datetime import datetime

from console.reading.sent_messages import Sent
from console.words import MESSAGE_STATES
from outreach.channels.registry import receipt_meaning
from outreach.message import Attempt, AttemptOutcome, MessageKind, MessageState, Receipt

MESSAGE_KINDS = {
    MessageKind.WAVE: "Tin mời",
    MessageKind.REPLY: "Máy trả lời",
    MessageKind.OFFICER: "Cán bộ nhắn",
}

STATE_COLOURS = {
    MessageState.DELIVERED: "good",
    MessageState.UNKNOWN: "warn",
    MessageState.HELD: "warn",
    MessageState.UNDELIVERED: "bad",
    MessageState.REJECTED: "bad",
}

OUTCOMES: dict[str | None, str] = {
    AttemptOutcome.ACCEPTED: "nhà mạng đã nhận",
    AttemptOutcome.REJECTED: "nhà mạng từ chối",
    AttemptOutcome.THROTTLED: "nhà mạng bảo chờ, gửi lại sau",
    AttemptOutcome.NOT_SENT: "chưa gửi được, gửi lại sau",
    AttemptOutcome.UNKNOWN: "không rõ kết quả",
    AttemptOutcome.FOUND: "không rõ kết quả; tra lại thì nhà mạng đã có tin này",
    AttemptOutcome.NOT_FOUND: "không rõ kết quả; tra lại thì nhà mạng không có tin này",
    AttemptOutcome.NOT_ASKED: "tra lại chưa được vì tài khoản gửi gặp trục trặc, sẽ tra lại sau",
    AttemptOutcome.CONFIRMED: "không rõ kết quả; cán bộ hỏi lại thì tin đã tới",
    AttemptOutcome.DENIED: "không rõ kết quả; cán bộ hỏi lại thì tin chưa tới",
    None: "đang gửi, chưa có kết quả",
}


def happened(sent: Sent) -> list[tuple[datetime, str]]:
    """When what was done with the message, in order."""
    told = [(receipt.received_at, _told(receipt)) for receipt in sent.receipts]
    tried = [(attempt.started_at, _tried(number, attempt)) for number, attempt in enumerate(sent.attempts, start=1)]
    return sorted([(sent.message.created_at, "Vào sổ gửi"), *tried, *told], key=lambda one: one[0])


def _tried(number: int, attempt: Attempt) -> str:
    return f"Lần gửi {number}: {OUTCOMES.get(attempt.outcome, attempt.outcome)}{_code(attempt.error_code)}"


def _told(receipt: Receipt) -> str:
    meant = receipt_meaning(receipt.provider, receipt.status)
    words = f"{MESSAGE_STATES[meant].lower()} ({receipt.status})" if meant else receipt.status
    return f"Nhà mạng báo: {words}{_code(receipt.error_code)}"


def _code(code: str | None) -> str:
    return f", mã lỗi {code}" if code else ""
