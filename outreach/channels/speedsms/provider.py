"""SpeedSMS's row among the providers."""

from __future__ import annotations

from collections.abc import Iterator

from core.settings import settings
from language.sms import domestic_segments
from outreach.channels.adapter import Rejected
from outreach.channels.brandname import answering_findings, balance_finding
from outreach.channels.provider import Account, Finding, Provider
from outreach.channels.shortcode import how_to_answer_a_brandname
from outreach.channels.speedsms.errors import error_class
from outreach.channels.speedsms.gateway import SpeedSmsAccount, SpeedSmsGateway
from outreach.channels.speedsms.settings import SmsType, speedsms_settings
from outreach.channels.speedsms.sms import SpeedSms
from outreach.delivery_settings import delivery_settings
from outreach.message import MessageState
from outreach.templates import REPLIES_BY_SMS

NAME = "speedsms"
WEBHOOK_PATH = "/webhooks/speedsms"
DELIVERED, FAILED = "delivered", "failed"
RECEIPTS = {DELIVERED: MessageState.DELIVERED, FAILED: MessageState.UNDELIVERED}
"""The webhook's words for a report's status 0 and 64 or more; those between say no more than we know."""

_REFUSED = {
    "http_401": "mã truy cập bị từ chối (LOA_SPEEDSMS_TOKEN).",
    "007": "địa chỉ máy chủ này bị khóa.",
    "008": "tài khoản đang bị khóa.",
    "009": "tài khoản chưa được phép gửi qua API.",
}


def gateway() -> SpeedSmsGateway:
    """Calls of the account that is set up."""
    own, sending = speedsms_settings(), delivery_settings()
    return SpeedSmsGateway(
        SpeedSmsAccount(
            token=own.token.get_secret_value(),
            sms_type=own.sms_type,
            sender=own.sender,
            base_url=own.base_url,
            connect_timeout=sending.connect_timeout_seconds,
            read_timeout=sending.read_timeout_seconds,
        )
    )


def _account() -> Account | None:
    own = speedsms_settings()
    if not own.configured:
        return None
    per_second = own.per_minute / 60 * (1 - delivery_settings().reply_share)
    how_to_reply = REPLIES_BY_SMS if own.hears else how_to_answer_a_brandname()
    return Account(NAME, NAME, "sms", per_second, own.daily_quota, own.price_dong, domestic_segments, how_to_reply)


def _adapter() -> SpeedSms:
    return SpeedSms(gateway())


def _check() -> list[Finding]:
    own = speedsms_settings()
    return [*_findings(), *([] if own.hears else answering_findings("SpeedSMS"))]


def _findings() -> Iterator[Finding]:
    own = speedsms_settings()
    yield _balance()
    if own.sms_type is SmsType.BRANDNAME and not own.sender:
        yield Finding(False, "SpeedSMS: chưa đặt tên thương hiệu gửi tin (LOA_SPEEDSMS_SENDER).")
    if not own.webhook_secret.get_secret_value():
        yield Finding(False, "SpeedSMS: chưa đặt đường dẫn bí mật để nhận báo cáo (LOA_SPEEDSMS_WEBHOOK_SECRET).")
    if not settings().public_url:
        yield Finding(False, "SpeedSMS: chưa đặt địa chỉ công khai để nhận báo tin đã tới (LOA_PUBLIC_URL).")
    else:
        address = f"{settings().public_base}{WEBHOOK_PATH}/<LOA_SPEEDSMS_WEBHOOK_SECRET>"
        yield Finding(True, f"SpeedSMS: địa chỉ nhận báo cáo, khai ở trang quản lý của SpeedSMS: {address}")


def _balance() -> Finding:
    answer = gateway().info()
    if isinstance(answer, dict):
        data = answer.get("data")
        left = data.get("balance") if isinstance(data, dict) else None
        if isinstance(left, int | float):
            return balance_finding("SpeedSMS", left)
        return _refused(str(answer.get("code", "")))
    return _refused(answer.code) if isinstance(answer, Rejected) else Finding(False, "SpeedSMS: không kết nối được.")


def _refused(code: str) -> Finding:
    return Finding(False, f"SpeedSMS: {_REFUSED.get(code, f'nhà cung cấp báo lỗi {code or "không rõ"}.')}")


PROVIDER = Provider(NAME, "sms", _account, _adapter, error_class, RECEIPTS, check=_check)
