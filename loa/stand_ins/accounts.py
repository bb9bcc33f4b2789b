"""Accounts at the stand-ins, for every provider that nobody has set up: so that each channel works out of the box.

The accounts' secrets follow from the installation's own secret key: the same at every start, and known to nobody else.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from conversations.hotline_settings import exchange_settings
from core.settings import ROOT, Settings, settings
from outreach.channels.esms.settings import esms_settings
from outreach.channels.registry import forget_accounts
from outreach.channels.shortcode import shortcode_settings
from outreach.channels.speedsms.settings import speedsms_settings
from outreach.channels.telegram import house as telegram_house
from outreach.channels.twilio.settings import twilio_settings
from outreach.channels.zalo import house as zalo_house

ZALO_TEMPLATES = Path(__file__).parent / "zalo_templates.json"
"""Our side of the templates that the stand-in's Official Account has had approved."""
SENDER = "TROCAPHN"
HOTLINE = "02438520000"
SHORTCODE, SHORTCODE_PRICE_DONG = "8079", 500


def use_stand_ins(env_file: Path = ROOT / ".env") -> None:
    """Set up, for this process and its children, accounts at the stand-ins with every provider nobody has set up.

    A provider whose first variable stands in the environment or in `env_file`, even empty, is left alone.
    """
    named = {*os.environ, *dotenv_values(env_file)}
    os.environ.update({"LOA_PUBLIC_URL": settings().public_base} if "LOA_PUBLIC_URL" not in named else {})
    for account in development_accounts(settings()):
        if next(iter(account)) not in named:
            os.environ.update({name: value for name, value in account.items() if name not in named})
    read_settings_anew()


def development_accounts(own: Settings) -> list[dict[str, str]]:
    """What each account is: variables of our settings, the one that says whether there is an account first."""
    urls = stand_in_urls(own.simulator_port)
    return [
        _zalo(own) | _of(urls, "ZALO"),
        _telegram(own) | _of(urls, "TELEGRAM"),
        _esms(own) | _of(urls, "ESMS"),
        _speedsms(own) | _of(urls, "SPEEDSMS"),
        {
            "LOA_SHORTCODE_NUMBER": SHORTCODE,
            "LOA_SHORTCODE_PRICE_DONG": str(SHORTCODE_PRICE_DONG),
            "LOA_SHORTCODE_SECRET": _secret(own, "shortcode"),
        },
        {"LOA_EXCHANGE_SECRET": _secret(own, "exchange")},
    ]


def stand_in_urls(port: int) -> dict[str, str]:
    """Where each provider's interface is when the stand-ins listen on `port`."""
    base = f"http://127.0.0.1:{port}"
    return {
        "LOA_TWILIO_BASE_URL": base,
        "LOA_ZALO_OAUTH_URL": f"{base}/zalo/oauth",
        "LOA_ZALO_OPENAPI_URL": f"{base}/zalo/openapi",
        "LOA_ZALO_BUSINESS_URL": f"{base}/zalo/business",
        "LOA_TELEGRAM_BASE_URL": f"{base}/telegram",
        "LOA_ESMS_BASE_URL": f"{base}/esms",
        "LOA_SPEEDSMS_BASE_URL": f"{base}/speedsms",
    }


def first_refresh_token(own: Settings) -> str:
    """What the stand-in's administrator gets from Zalo's own tool, to be traded for the first pair of tokens."""
    return _secret(own, "zalo refresh token")


def read_settings_anew() -> None:
    """After the environment has changed."""
    settings.cache_clear()
    for one in (twilio_settings, esms_settings, speedsms_settings, shortcode_settings, exchange_settings):
        one.cache_clear()
    telegram_house.forget()
    zalo_house.forget()
    forget_accounts()


def _zalo(own: Settings) -> dict[str, str]:
    return {
        "LOA_ZALO_APP_ID": _digits(own, "zalo app", 19),
        "LOA_ZALO_APP_SECRET": _secret(own, "zalo app secret"),
        "LOA_ZALO_OA_ID": _digits(own, "zalo oa", 19),
        "LOA_ZALO_OA_SECRET": _secret(own, "zalo oa secret"),
        "LOA_ZALO_TEMPLATES_FILE": str(ZALO_TEMPLATES),
    }


def _telegram(own: Settings) -> dict[str, str]:
    return {
        "LOA_TELEGRAM_TOKEN": f"{_digits(own, 'telegram bot', 10)}:{_secret(own, 'telegram token')[:35]}",
        "LOA_TELEGRAM_BOT_NAME": "tro_cap_ha_noi_bot",
        "LOA_TELEGRAM_WEBHOOK_SECRET": _secret(own, "telegram webhook"),
    }


def _esms(own: Settings) -> dict[str, str]:
    return {
        "LOA_ESMS_API_KEY": _secret(own, "esms key")[:30].upper(),
        "LOA_ESMS_SECRET_KEY": _secret(own, "esms secret")[:30].upper(),
        "LOA_ESMS_BRANDNAME": SENDER,
        "LOA_ESMS_CALLBACK_SECRET": _secret(own, "esms callback"),
    }


def _speedsms(own: Settings) -> dict[str, str]:
    return {
        "LOA_SPEEDSMS_TOKEN": _secret(own, "speedsms token"),
        "LOA_SPEEDSMS_SENDER": SENDER,
        "LOA_SPEEDSMS_WEBHOOK_SECRET": _secret(own, "speedsms webhook"),
    }


def _of(urls: Mapping[str, str], provider: str) -> dict[str, str]:
    return {name: url for name, url in urls.items() if name.startswith(f"LOA_{provider}_")}


def _secret(own: Settings, what: str) -> str:
    """64 hexadecimal digits."""
    key = own.secret_key.get_secret_value().encode()
    return hmac.new(key, f"stand-in {what}".encode(), hashlib.sha256).hexdigest()


def _digits(own: Settings, what: str, count: int) -> str:
    """A number of `count` digits."""
    return str(10 ** (count - 1) + int(_secret(own, what), 16) % (9 * 10 ** (count - 1)))
