"""Zalo's row among the providers."""

from __future__ import annotations

from urllib.parse import urlsplit

from outreach.channels.adapter import ErrorClass
from outreach.channels.fetching import fetch
from outreach.channels.provider import Account, Media, MediaGone, Provider
from outreach.channels.zalo.check import check
from outreach.channels.zalo.errors import error_class
from outreach.channels.zalo.house import NAME, adapter
from outreach.channels.zalo.settings import zalo_settings
from outreach.delivery_settings import delivery_settings
from outreach.message import MessageState

RECEIPTS = {
    "user_received_message": MessageState.DELIVERED,
    "user_seen_message": MessageState.DELIVERED,
}
"""The events by which Zalo tells that a message has arrived. It never tells that one has not."""


def _account() -> Account | None:
    own = zalo_settings()
    if not own.configured:
        return None
    per_second = own.per_minute / 60 * (1 - delivery_settings().reply_share)
    return Account(NAME, NAME, "zalo", per_second, own.daily_quota, own.price_dong)


def _error_class(code: str) -> ErrorClass | None:
    return error_class(int(code)) if code.removeprefix("-").isdecimal() else None


def _fetch_media(reference: str) -> Media:
    """`reference`: an address from a webhook. It needs no token, and gets none; only Zalo's own hosts are asked."""
    if not _is_zalos(reference):
        raise MediaGone("foreign_address")
    return fetch(reference)


def _is_zalos(address: str) -> bool:
    own = zalo_settings()
    parts, api = urlsplit(address), urlsplit(own.openapi_url)
    if (parts.scheme, parts.netloc) == (api.scheme, api.netloc):
        return True
    host = parts.hostname or ""
    return parts.scheme == "https" and any(host == one or host.endswith("." + one) for one in own.media_hosts)


PROVIDER = Provider(NAME, "zalo", _account, adapter, _error_class, RECEIPTS, _fetch_media, check)
