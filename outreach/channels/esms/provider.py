"""eSMS's row among the providers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from core.clock import now
from core.database import transaction
from core.settings import settings
from language.sms import domestic_segments
from outreach.channels.brandname import answering_findings, balance_finding
from outreach.channels.esms.errors import ACCEPTED, error_class
from outreach.channels.esms.gateway import EsmsAccount, EsmsGateway
from outreach.channels.esms.settings import esms_settings
from outreach.channels.esms.sms import EsmsSms
from outreach.channels.provider import Account, Finding, Provider
from outreach.channels.shortcode import how_to_answer_a_brandname
from outreach.delivery_settings import delivery_settings
from outreach.message import MessageState
from outreach.receipt_rows import heard_of

NAME = "esms"
CALLBACK_PATH = "/webhooks/esms"
DELIVERED, FAILED = "delivered", "failed"
RECEIPTS = {DELIVERED: MessageState.DELIVERED, FAILED: MessageState.UNDELIVERED}
"""The webhook's words for SendStatus 5 with SendSuccess or SendFailed; other statuses say no more than we know."""

_REFUSED = {
    "101": "mã truy cập bị từ chối (LOA_ESMS_API_KEY, LOA_ESMS_SECRET_KEY).",
    "140": "địa chỉ máy chủ này chưa được eSMS cho phép (khai IP ở trang quản lý của eSMS).",
}


def gateway() -> EsmsGateway:
    """Calls of the account that is set up."""
    own, sending = esms_settings(), delivery_settings()
    return EsmsGateway(
        EsmsAccount(
            api_key=own.api_key.get_secret_value(),
            secret_key=own.secret_key.get_secret_value(),
            brandname=own.brandname,
            callback_url=f"{settings().public_base}{CALLBACK_PATH}/{own.callback_secret.get_secret_value()}",
            base_url=own.base_url,
            sandbox=own.sandbox,
            connect_timeout=sending.connect_timeout_seconds,
            read_timeout=sending.read_timeout_seconds,
        )
    )


def _account() -> Account | None:
    own = esms_settings()
    if not own.configured:
        return None
    per_second = own.per_second * (1 - delivery_settings().reply_share)
    return Account(
        NAME,
        NAME,
        "sms",
        per_second,
        own.daily_quota,
        own.price_dong,
        domestic_segments,
        how_to_answer_a_brandname(),
    )


def _adapter() -> EsmsSms:
    return EsmsSms(gateway(), timedelta(hours=esms_settings().key_hours), _heard_of, now)


def _heard_of(mark: str) -> bool:
    with transaction() as session:
        return heard_of(session, NAME, mark)


def _check() -> list[Finding]:
    return [*_findings(), *answering_findings("eSMS")]


def _findings() -> Iterator[Finding]:
    own = esms_settings()
    yield _balance()
    if not own.brandname:
        yield Finding(False, "eSMS: chưa đặt tên thương hiệu gửi tin (LOA_ESMS_BRANDNAME).")
    if not own.callback_secret.get_secret_value():
        yield Finding(False, "eSMS: chưa đặt đường dẫn bí mật để nhận báo tin đã tới (LOA_ESMS_CALLBACK_SECRET).")
    if not settings().public_url:
        yield Finding(False, "eSMS: chưa đặt địa chỉ công khai để nhận báo tin đã tới (LOA_PUBLIC_URL).")
    if own.sandbox:
        yield Finding(False, "eSMS: đang ở chế độ thử, không tin nào được gửi đi (LOA_ESMS_SANDBOX).")


def _balance() -> Finding:
    answer = gateway().balance()
    if not isinstance(answer, dict):
        return Finding(False, "eSMS: không kết nối được.")
    code, left = str(answer.get("CodeResponse", "")), answer.get("Balance")
    if code != ACCEPTED or not isinstance(left, int | float):
        return Finding(False, f"eSMS: {_REFUSED.get(code, f'nhà cung cấp báo lỗi {code or "không rõ"}.')}")
    return balance_finding("eSMS", left)


PROVIDER = Provider(NAME, "sms", _account, _adapter, error_class, RECEIPTS, check=_check)
