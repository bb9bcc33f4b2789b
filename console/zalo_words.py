"""What the pages say about the connection to Zalo."""

from __future__ import annotations

from outreach.channels.zalo.template_rows import APPROVED, STATUS_WORDS
from outreach.channels.zalo.token_state import Standing

STANDING = {
    Standing.NEVER: ("bad", "Chưa kết nối", "Chưa có ai cấp quyền, nên chưa gửi được tin qua Zalo."),
    Standing.GOOD: ("good", "Đang kết nối", "Hệ thống tự gia hạn mỗi ngày, không cần làm gì."),
    Standing.ENDING: (
        "warn",
        "Sắp hết hạn",
        "Quyền gửi tin sắp hết mà hệ thống chưa tự gia hạn được. Xin kết nối lại trước ngày hết hạn.",
    ),
    Standing.FADING: (
        "warn",
        "Sắp mất kết nối",
        "Zalo không cho gia hạn nữa. Tin vẫn gửi được thêm ít giờ; xin kết nối lại ngay.",
    ),
    Standing.LOST: (
        "bad",
        "Mất kết nối",
        "Không gửi được tin qua Zalo. Tin chờ sẽ tự đi sau khi kết nối lại; không tin nào bị mất.",
    ),
    Standing.SILENT: ("warn", "Đang lấy mã mới", "Zalo chưa trả lời yêu cầu gia hạn. Hệ thống đang thử lại."),
}
"""Where the connection stands: colour, title, and what it means."""


def notice(standing: Standing | None) -> tuple[str, str] | None:
    """Title and meaning for the first page, None where nobody has to do anything."""
    return None if standing is None else STANDING[standing][1:]


_NO_ANSWER = frozenset({"read_timeout", "connection_lost", "fuse_blown", "-32"})
_AWAY = frozenset({"no_connection", "connect_timeout", "busy"})


def said(error: str | None) -> str:
    """What went wrong last, for somebody who is to do something about it."""
    if not error:
        return "không có"
    if error in _NO_ANSWER or error.startswith("http_"):
        return f"Zalo không trả lời được ({error})"
    if error in _AWAY:
        return f"không kết nối được tới Zalo ({error})"
    return f"Zalo từ chối (mã {error})"


def template_status(status: str) -> tuple[str, str]:
    """Colour and word for Zalo's decision about a template."""
    colour = "good" if status == APPROVED else "warn" if status == "PENDING_REVIEW" else "bad"
    return colour, STATUS_WORDS.get(status, status)
