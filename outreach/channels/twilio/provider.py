"""Twilio's row among the providers."""

from __future__ import annotations

import httpx

from core.settings import Mode, settings
from language.sms import international_segments
from outreach.channels.adapter import ErrorClass
from outreach.channels.fetching import fetch
from outreach.channels.provider import Account, Finding, Media, MediaGone, Provider
from outreach.channels.twilio.errors import error_class
from outreach.channels.twilio.settings import twilio_settings
from outreach.channels.twilio.sms import TwilioAccount, TwilioSms
from outreach.delivery_settings import delivery_settings
from outreach.message import MessageState

NAME = "twilio"
STATUS_CALLBACK_PATH = "/webhooks/twilio/status"
API = "https://api.twilio.com"

RECEIPTS = {
    "delivered": MessageState.DELIVERED,
    "read": MessageState.DELIVERED,
    "undelivered": MessageState.UNDELIVERED,
    "failed": MessageState.UNDELIVERED,
    "canceled": MessageState.UNDELIVERED,
}
"""Source: https://www.twilio.com/docs/messaging/api/message-resource#message-status-values."""


def _account() -> Account | None:
    own = twilio_settings()
    if not settings().twilio_account_sid:
        return None
    per_second = own.per_second * (1 - delivery_settings().reply_share)
    return Account(
        NAME, NAME, "sms", per_second, own.daily_quota, own.price_dong, international_segments, counts=own.counts
    )


def _adapter() -> TwilioSms:
    core, own = settings(), delivery_settings()
    return TwilioSms(
        TwilioAccount(
            sid=core.twilio_account_sid,
            token=core.twilio_auth_token.get_secret_value(),
            sender=core.twilio_from,
            status_callback=core.public_base + STATUS_CALLBACK_PATH,
            base_url=core.twilio_base_url,
            connect_timeout=own.connect_timeout_seconds,
            read_timeout=own.read_timeout_seconds,
        )
    )


def _error_class(code: str) -> ErrorClass | None:
    return error_class(int(code)) if code.isdecimal() else None


def _fetch_media(reference: str) -> Media:
    """`reference`: a MediaUrl. The account's password goes to Twilio alone, whatever address the webhook named."""
    core = settings()
    if not reference.startswith((core.twilio_base_url or API).rstrip("/") + "/"):
        raise MediaGone("foreign_address")
    return fetch(reference, auth=_credentials())


def _credentials() -> tuple[str, str]:
    return settings().twilio_account_sid, settings().twilio_auth_token.get_secret_value()


def _check() -> list[Finding]:
    """The token, whether the sender is named, and the recorded assessment."""
    core = settings()
    findings = [_token_works()]
    if not core.twilio_from:
        findings.append(Finding(False, "Twilio: chưa đặt tên người gửi hoặc số gửi (LOA_TWILIO_FROM)."))
    if core.mode is Mode.PRODUCTION and not core.public_url:
        findings.append(Finding(False, "Twilio: chưa đặt địa chỉ công khai để nhận tin về (LOA_PUBLIC_URL)."))
    if not core.twilio_allowed:
        findings.append(
            Finding(False, "Twilio: chưa ghi nhận đánh giá chuyển dữ liệu ra nước ngoài (LOA_TWILIO_ALLOWED).")
        )
    return findings


def _token_works() -> Finding:
    base = (settings().twilio_base_url or API).rstrip("/")
    address = f"{base}/2010-04-01/Accounts/{settings().twilio_account_sid}/Messages.json"
    try:
        answer = httpx.get(address, params={"PageSize": 1}, auth=_credentials(), timeout=10)
    except httpx.HTTPError:
        return Finding(False, "Twilio: không kết nối được.")
    if answer.status_code in (401, 403):
        return Finding(False, "Twilio: mã truy cập bị từ chối (LOA_TWILIO_ACCOUNT_SID, LOA_TWILIO_AUTH_TOKEN).")
    if answer.is_error:
        return Finding(False, f"Twilio: nhà cung cấp báo lỗi {answer.status_code}.")
    return Finding(True, "Twilio: mã truy cập dùng được.")


PROVIDER = Provider(NAME, "sms", _account, _adapter, _error_class, RECEIPTS, _fetch_media, _check)
