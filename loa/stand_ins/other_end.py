"""What the stand-ins are told: of each account that points at them what its provider would know, and our doors."""

from __future__ import annotations

from collections.abc import Mapping

from conversations.hotline_settings import exchange_settings
from core.settings import Settings
from loa.stand_ins.accounts import HOTLINE, first_refresh_token
from outreach.channels.esms.settings import esms_settings
from outreach.channels.shortcode import Contract, shortcode_settings
from outreach.channels.speedsms.provider import WEBHOOK_PATH as SPEEDSMS_PATH
from outreach.channels.speedsms.settings import speedsms_settings
from outreach.channels.telegram.settings import telegram_settings
from outreach.channels.twilio.settings import twilio_settings
from outreach.channels.zalo.check import WEBHOOK as ZALO_PATH
from outreach.channels.zalo.settings import zalo_settings

OFFICE = "Trợ cấp xã hội Hà Nội"
"""What the Official Account and the bot are called: an account's name is the provider's to show, not ours to send."""
_CONTRACTS = {Contract.SIGNED: "plain", Contract.ESMS: "esms"}


def stand_in_environment(own: Settings) -> dict[str, str]:
    """The SIMULATOR_… variables for accounts of the present settings.

    A stand-in learns no secret of an account at the real provider, and brings nothing to our doors for it.
    """
    return {
        **({"SIMULATOR_CLOCK_FILE": str(own.clock_file)} if own.clock_file else {}),
        **_named("TWILIO", _twilio(own)),
        **_named("ZALO", _zalo(own)),
        **_named("TELEGRAM", _telegram(own)),
        **_named("ESMS", _esms(own)),
        **_named("SPEEDSMS", _speedsms(own)),
        **_named("SHORTCODE", _shortcode(own)),
        **_named("EXCHANGE", _exchange(own)),
    }


def zalo_is_here(own: Settings) -> bool:
    """Whether our Official Account is the stand-in's."""
    return zalo_settings().configured and _is_here(own, zalo_settings().openapi_url)


_SILENT = {"WEBHOOK_URL": ""}
"""Of an account that is not ours: nobody is told what happens there."""


def _twilio(own: Settings) -> dict[str, str]:
    account = twilio_settings()
    if not _is_here(own, account.base_url):
        return _SILENT
    return {
        "ACCOUNT_SID": account.account_sid,
        "AUTH_TOKEN": account.auth_token.get_secret_value(),
        "WEBHOOK_URL": f"{own.public_base}/webhooks/twilio/sms#rc=3&rp=all",
        "NUMBER": account.sender,
    }


def _zalo(own: Settings) -> dict[str, str]:
    oa = zalo_settings()
    if not zalo_is_here(own):
        return _SILENT
    return {
        "APP_ID": oa.app_id,
        "APP_SECRET": oa.app_secret.get_secret_value(),
        "OA_ID": oa.oa_id,
        "OA_NAME": OFFICE,
        "OA_SECRET": oa.oa_secret.get_secret_value(),
        "REFRESH_TOKEN": first_refresh_token(own),
        "TIMESTAMP_PLACE": oa.timestamp_place.value,
        "EVERYBODY": "0",
        "NEEDS_PROOF": "1" if oa.send_proof else "0",
        "WEBHOOK_URL": f"{own.public_base}{ZALO_PATH}",
    }


def _telegram(own: Settings) -> dict[str, str]:
    bot = telegram_settings()
    if not bot.configured or not _is_here(own, bot.base_url):
        return _SILENT
    return {
        "TOKEN": bot.token.get_secret_value(),
        "USERNAME": bot.bot_name,
        "FIRST_NAME": OFFICE,
        "WEBHOOK_URL": f"{own.public_base}/webhooks/telegram" if bot.by_webhook else "",
        "WEBHOOK_SECRET": bot.webhook_secret.get_secret_value(),
    }


def _esms(own: Settings) -> dict[str, str]:
    account = esms_settings()
    if not account.configured or not _is_here(own, account.base_url):
        return {}
    return {
        "API_KEY": account.api_key.get_secret_value(),
        "SECRET_KEY": account.secret_key.get_secret_value(),
        "BRANDNAMES": account.brandname,
        "PRICE": str(account.price_dong),
    }


def _speedsms(own: Settings) -> dict[str, str]:
    account = speedsms_settings()
    if not account.configured or not _is_here(own, account.base_url):
        return _SILENT
    return {
        "TOKEN": account.token.get_secret_value(),
        "BRANDNAMES": account.sender,
        "PRICE": str(account.price_dong),
        "REQUESTS_PER_MINUTE": str(account.per_minute),
        "WEBHOOK_URL": f"{own.public_base}{SPEEDSMS_PATH}/{account.webhook_secret.get_secret_value()}",
    }


def _shortcode(own: Settings) -> dict[str, str]:
    code = shortcode_settings()
    if not code.configured:
        return _SILENT
    return {
        "CODE": code.number,
        "KEYWORD": code.keyword,
        "PRICE": str(code.price_dong or 0),
        "CONTRACT": _CONTRACTS[code.contract],
        "SECRET": code.secret.get_secret_value(),
        "TIMESTAMP_HEADER": code.timestamp_header,
        "SIGNATURE_HEADER": code.signature_header,
        "NAMES": _pairs(code.names),
        "CP_ID": code.cp_id,
        "PRIVATE_KEY": code.private_key.get_secret_value(),
        "WEBHOOK_URL": f"{own.public_base}/webhooks/shortcode",
    }


def _exchange(own: Settings) -> dict[str, str]:
    exchange = exchange_settings()
    if not exchange.secret.get_secret_value():
        return _SILENT
    return {
        "HOTLINE": next(iter(exchange.hotlines), HOTLINE),
        "SECRET": exchange.secret.get_secret_value(),
        "TIMESTAMP_HEADER": exchange.timestamp_header,
        "SIGNATURE_HEADER": exchange.signature_header,
        "NAMES": _pairs(exchange.names),
        "WEBHOOK_URL": f"{own.public_base}/webhooks/exchange",
    }


def _is_here(own: Settings, url: str) -> bool:
    base = f"http://127.0.0.1:{own.simulator_port}"
    return url == base or url.startswith(f"{base}/")


def _named(provider: str, told: Mapping[str, str]) -> dict[str, str]:
    return {f"SIMULATOR_{provider}_{name}": value for name, value in told.items()}


def _pairs(names: Mapping[str, str]) -> str:
    return ",".join(f"{ours}={theirs}" for ours, theirs in names.items())
