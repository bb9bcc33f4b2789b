"""What the domestic gateways have in common: texts of at most three parts under a name that hears nothing."""

from __future__ import annotations

from collections.abc import Iterator

from language.sms import domestic_segments
from outreach.channels.adapter import ErrorClass, Rejected
from outreach.channels.provider import Finding
from outreach.channels.shortcode import shortcode_settings

LONGEST_BRANDNAME = 11
MOST_SEGMENTS = 3
"""Source: `shared/providers.md`, "Counting": 160, 306 and 459 characters of a customer-care message."""
SHORTEST_SECRET_PATH = 24


def too_long(text: str) -> Rejected | None:
    """The refusal of a text that no domestic gateway takes whole; None for one that goes."""
    parts = domestic_segments(text)
    return Rejected("too_long", ErrorClass.OUR_BUG) if parts > MOST_SEGMENTS else None


def answering_findings(provider: str) -> Iterator[Finding]:
    """Whether people who get a message under a brandname have a way to answer, and read what it costs."""
    own = shortcode_settings()
    if not own.configured:
        yield Finding(False, f"{provider}: tên thương hiệu chỉ gửi đi. Chưa có đầu số ngắn để người dân nhắn trả lời "
                             "(LOA_SHORTCODE_NUMBER).")  # fmt: skip
        return
    if own.price_dong is None:
        yield Finding(False, "Đầu số ngắn: chưa ghi giá một tin trả lời (LOA_SHORTCODE_PRICE_DONG), người dân cần "
                             "được biết trước.")  # fmt: skip
    if not own.key:
        yield Finding(False, "Đầu số ngắn: chưa đặt khóa chung với nhà cung cấp (LOA_SHORTCODE_SECRET); mọi tin trả "
                             "lời bị từ chối.")  # fmt: skip
    yield Finding(True, f"Đầu số ngắn: người dân trả lời qua {own.number}{own.price_words}.")


def balance_finding(provider: str, left: float) -> Finding:
    """The keys work; `left` đồng are in the prepaid account."""
    amount = f"{left:,.0f}đ".replace(",", ".")
    words = f"{provider}: mã truy cập dùng được, tài khoản còn {amount}"
    return Finding(left > 0, f"{words}." if left > 0 else f"{words}, cần nạp thêm tiền.")
