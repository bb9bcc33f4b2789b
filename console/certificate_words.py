"""What the certificate calls what is open, and the fate of a row."""

from __future__ import annotations

from console.formats import number
from console.words import MESSAGE_STATES
from outreach.certificate import Matter
from outreach.message import MessageState
from outreach.reasons import WORDS, Reason

NOT_WRITTEN = "Không gửi"
MATTERS = {
    Matter.RUNS: "đợt khảo sát chưa kết thúc, còn có thể thêm người nhận",
    Matter.TO_SEND: "{} tin còn chờ gửi hoặc đang gửi",
    Matter.UNKNOWN: "{} tin chưa rõ đã tới hay chưa",
    Matter.HELD: "{} tin tạm giữ, chờ cán bộ quyết định",
    Matter.RECEIPTS: "{} tin nhà mạng mới nhận, còn có thể báo đã tới hay không (chờ tối đa 72 giờ)",
    Matter.UNBALANCED: "{} phép cộng không khớp: xin báo ngay kỹ thuật viên, có dòng thiếu hoặc thừa",
}


def matters(found: dict[Matter, int]) -> list[str]:
    """What keeps a certificate from being final, in sentences."""
    return [MATTERS[matter].format(number(count)) for matter, count in found.items()]


def state_name(state: str | None) -> str:
    """The state of a message; whoever has none was not written to."""
    return NOT_WRITTEN if state is None else MESSAGE_STATES[MessageState(state)]


def reason_name(reason: str | None) -> str:
    """Why it went no further; "" where there is nothing to say."""
    return WORDS[Reason(reason)] if reason in set(Reason) else reason or ""
