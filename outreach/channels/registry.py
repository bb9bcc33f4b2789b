"""Which accounts there are, what each may do, and the adapter that serves it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from core.settings import settings
from outreach.channels.adapter import ChannelAdapter, ErrorClass
from outreach.channels.twilio_errors import error_class as twilio_error_class
from outreach.channels.twilio_sms import TwilioAccount, TwilioSms
from outreach.channels.web_chat import WebChat
from outreach.delivery_settings import delivery_settings

TWILIO, WEB = "twilio", "web"
STATUS_CALLBACK_PATH = "/webhooks/twilio/status"


@dataclass(frozen=True)
class Account:
    """A provider account: pace and quota are its own. `daily_quota` None is unlimited; price in đồng a segment."""

    name: str
    provider: str
    channel: str
    wave_per_second: float
    daily_quota: int | None
    price_dong: int


class NoAccount(LookupError):
    """No provider account is set up for a channel or under a name."""


@lru_cache
def accounts() -> dict[str, Account]:
    """The accounts set up, by name."""
    own = delivery_settings()
    found = {WEB: Account(WEB, WEB, "web", own.wave_per_second, None, 0)}
    if settings().twilio_account_sid:
        found[TWILIO] = Account(TWILIO, TWILIO, "sms", own.wave_per_second, own.sms_daily_quota, own.sms_price_dong)
    return found


def account_for(channel: str) -> Account:
    """The account over which messages of `channel` go out. Raises NoAccount."""
    for account in accounts().values():
        if account.channel == channel:
            return account
    raise NoAccount(channel)


@lru_cache
def adapter_for(account: str) -> ChannelAdapter:
    """The adapter of the account of that name. Raises NoAccount."""
    if account == WEB:
        return WebChat()
    if account == TWILIO and account in accounts():
        return TwilioSms(_twilio_account())
    raise NoAccount(account)


def error_class(provider: str, code: str) -> ErrorClass | None:
    """What a provider's error code, as a receipt brings it, means; None where nobody knows."""
    return twilio_error_class(int(code)) if provider == TWILIO and code.isdecimal() else None


def forget_accounts() -> None:
    """Read the accounts anew: tests change the settings under the process."""
    accounts.cache_clear()
    adapter_for.cache_clear()


def _twilio_account() -> TwilioAccount:
    core, own = settings(), delivery_settings()
    return TwilioAccount(
        sid=core.twilio_account_sid,
        token=core.twilio_auth_token.get_secret_value(),
        sender=core.twilio_from,
        status_callback=core.public_base + STATUS_CALLBACK_PATH,
        base_url=core.twilio_base_url,
        connect_timeout=own.connect_timeout_seconds,
        read_timeout=own.read_timeout_seconds,
    )
