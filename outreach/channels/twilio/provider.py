"""Twilio's row among the providers."""

from __future__ import annotations

import httpx

from core.settings import settings
from language.sms import international_segments
from outreach.channels.adapter import ErrorClass
from outreach.channels.assessment import assessment_finding
from outreach.channels.fetching import fetch
from outreach.channels.provider import Account, Finding, Media, MediaGone, Provider
from outreach.channels.twilio.errors import error_class
from outreach.channels.twilio.settings import twilio_settings
from outreach.channels.twilio.sms import TwilioAccount, TwilioSms
from outreach.delivery_settings import delivery_settings
from outreach.message import MessageState
from outreach.templates import REPLIES_BY_SMS

NAME = "twilio"
STATUS_CALLBACK_PATH = "/webhooks/twilio/status"

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
    if not own.configured:
        return None
    per_second = own.per_second * (1 - delivery_settings().reply_share)
    billed = own.daily_quota, own.price_dong, international_segments
    return Account(NAME, NAME, "sms", per_second, *billed, REPLIES_BY_SMS, own.counts)


def _adapter() -> TwilioSms:
    own, sending = twilio_settings(), delivery_settings()
    return TwilioSms(
        TwilioAccount(
            sid=own.account_sid,
            token=own.auth_token.get_secret_value(),
            sender=own.sender,
            status_callback=settings().public_base + STATUS_CALLBACK_PATH,
            base_url=own.base_url,
            connect_timeout=sending.connect_timeout_seconds,
            read_timeout=sending.read_timeout_seconds,
        )
    )


def _error_class(code: str) -> ErrorClass | None:
    return error_class(int(code)) if code.isdecimal() else None


def _fetch_media(reference: str) -> Media:
    """`reference`: a MediaUrl. The account's password goes to Twilio alone, whatever address the webhook named."""
    if not reference.startswith(twilio_settings().base_url + "/"):
        raise MediaGone("foreign_address")
    return fetch(reference, auth=_credentials())


def _credentials() -> tuple[str, str]:
    own = twilio_settings()
    return own.account_sid, own.auth_token.get_secret_value()


def _check() -> list[Finding]:
    """The recorded assessment, the token, and whether sender and public address are named."""
    own = twilio_settings()
    findings = [assessment_finding("Twilio", "LOA_TWILIO_ASSESSMENT", own.assessment), _token_works()]
    if not own.sender:
        findings.append(Finding(False, "Twilio: chưa đặt tên người gửi hoặc số gửi (LOA_TWILIO_FROM)."))
    if not settings().public_url:
        findings.append(Finding(False, "Twilio: chưa đặt địa chỉ công khai để nhận tin về (LOA_PUBLIC_URL)."))
    return findings


def _token_works() -> Finding:
    own = twilio_settings()
    address = f"{own.base_url}/2010-04-01/Accounts/{own.account_sid}/Messages.json"
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
