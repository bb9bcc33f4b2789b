"""Which accounts are set up, and the adapter that serves each."""

from __future__ import annotations

from functools import lru_cache

from outreach.channels.adapter import ChannelAdapter, ErrorClass
from outreach.channels.provider import Account, Provider
from outreach.channels.providers import PROVIDERS
from outreach.message import MessageState


class NoAccount(LookupError):
    """No provider account is set up for a channel or under a name."""


@lru_cache
def accounts() -> dict[str, Account]:
    """The accounts set up, by name, in the order of the table of providers."""
    found = (provider.account() for provider in PROVIDERS)
    return {account.name: account for account in found if account is not None}


def accounts_for(channel: str) -> list[Account]:
    """The accounts over which messages of `channel` can go out, the preferred one first."""
    return [account for account in accounts().values() if account.channel == channel]


def account_for(channel: str) -> Account:
    """The account over which messages of `channel` go out. Raises NoAccount."""
    found = accounts_for(channel)
    if not found:
        raise NoAccount(channel)
    return found[0]


@lru_cache
def adapter_for(account: str) -> ChannelAdapter:
    """The adapter of the account of that name. Raises NoAccount."""
    if account not in accounts():
        raise NoAccount(account)
    return provider_named(accounts()[account].provider).adapter()


def provider_named(name: str) -> Provider:
    """The provider of that name. Raises NoAccount."""
    for provider in PROVIDERS:
        if provider.name == name:
            return provider
    raise NoAccount(name)


def error_class(provider: str, code: str) -> ErrorClass | None:
    """What a provider's error code, as a receipt brings it, means; None where nobody knows."""
    return next((one.error_class(code) for one in PROVIDERS if one.name == provider), None)


def receipt_meaning(provider: str, status: str) -> MessageState | None:
    """The state that a provider's word about a message means; None where it says no more than we know."""
    return next((one.receipts.get(status) for one in PROVIDERS if one.name == provider), None)


def forget_accounts() -> None:
    """Read the accounts anew: tests change the settings under the process."""
    accounts.cache_clear()
    adapter_for.cache_clear()
