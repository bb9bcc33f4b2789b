"""The parts that serve this installation's OA, made once a process from its settings."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from core.clock import now
from core.database import transaction
from core.settings import settings
from outreach.account_quota import note_quota_left
from outreach.channels.zalo.calls import Style
from outreach.channels.zalo.client import Host, ZaloClient
from outreach.channels.zalo.keeper import KeeperTerms, TokenKeeper
from outreach.channels.zalo.oa import House, ZaloOa
from outreach.channels.zalo.oauth import Oauth
from outreach.channels.zalo.settings import zalo_settings
from outreach.delivery_settings import delivery_settings
from outreach.receipt_rows import heard_of

NAME = "zalo"
SHARE_IMAGE = "/static/share-phone.png"
"""Of the public door."""


@lru_cache
def client() -> ZaloClient:
    """Calls to both hosts."""
    own, sending = zalo_settings(), delivery_settings()
    return ZaloClient(
        {Host.OPENAPI: own.openapi_url, Host.BUSINESS: own.business_url},
        secret=own.app_secret.get_secret_value() if own.send_proof else None,
        connect_seconds=sending.connect_timeout_seconds,
        read_seconds=sending.read_timeout_seconds,
    )


@lru_cache
def oauth() -> Oauth:
    """The host that gives out tokens."""
    own = zalo_settings()
    return Oauth(own.oauth_url, own.app_id, own.app_secret.get_secret_value(), own.oauth_timeout)


@lru_cache
def keeper() -> TokenKeeper:
    """The keeper of the OA's tokens."""
    own = zalo_settings()
    terms = KeeperTerms(
        oa_id=own.oa_id,
        refresh_ahead=timedelta(seconds=own.refresh_ahead),
        refresh_life=timedelta(days=own.refresh_life_days),
        ask_again_after=timedelta(seconds=own.ask_again_after),
        lock_patience=own.lock_patience,
    )
    return TokenKeeper(oauth(), terms)


def adapter() -> ZaloOa:
    """The adapter of the OA."""
    own = zalo_settings()
    image = own.share_image_url or settings().public_base + SHARE_IMAGE
    return ZaloOa(client(), keeper(), Style(own.share_title, image, own.development), House(_heard_of, _quota_gone))


def forget() -> None:
    """Read the settings anew: tests change them under the process."""
    for made in (zalo_settings, client, oauth, keeper):
        made.cache_clear()


def _heard_of(mark: str) -> bool:
    with transaction() as session:
        return heard_of(session, NAME, mark)


def _quota_gone() -> None:
    with transaction() as session:
        note_quota_left(session, NAME, 0, now())
