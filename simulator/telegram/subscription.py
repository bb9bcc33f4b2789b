"""How a bot gets its updates: by webhook or by asking, and which kinds: kept over restarts, as Telegram keeps it."""

import re
from dataclasses import asdict, dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from simulator.provider import World
from simulator.telegram.config import TelegramConfig
from simulator.telegram.errors import bad_request
from simulator.telegram.parameters import Parameters
from simulator.telegram.shapes import PROVIDER

_PORTS = {80, 88, 443, 8443}
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_MOST_CONNECTIONS = 100
_KEY = "subscription"


@dataclass(frozen=True, slots=True)
class Subscription:
    """`url` "" means that the bot asks by itself. `allowed`: kinds of updates; none named: all of this stand-in."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    allowed: list[str] = field(default_factory=list)

    def wants(self, kind: str) -> bool:
        return not self.allowed or kind in self.allowed


def load(world: World, config: TelegramConfig) -> Subscription:
    """What the bot's owner last set, or what the stand-in was started with."""
    kept = world.ledger.kept(PROVIDER, _KEY)
    return Subscription(**kept) if kept else Subscription(config.webhook_url or "", config.webhook_secret)


def keep(world: World, subscription: Subscription) -> None:
    world.ledger.keep(PROVIDER, _KEY, asdict(subscription))


def read_subscription(parameters: Parameters, before: Subscription) -> Subscription:
    """The parameters of `setWebhook`. TelegramError for what the server would not take.

    https://core.telegram.org/bots/api#setwebhook; but http is taken for this machine, where no bot has a certificate.
    """
    url, secret = parameters.text("url"), parameters.text("secret_token")
    if url:
        _check_url(url)
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request(
            "secret token contains unallowed characters" if len(secret) <= 256 else "secret token is too long"
        )
    connections = parameters.whole("max_connections", 40)
    return Subscription(
        url,
        secret if url else "",
        connections if 1 <= connections <= _MOST_CONNECTIONS else 40,
        allowed_kinds(parameters, before),
    )


def allowed_kinds(parameters: Parameters, before: Subscription) -> list[str]:
    """`allowed_updates`; where it is not given, what was set before holds."""
    given = parameters.parsed("allowed_updates", list)
    return before.allowed if given is None else [str(kind) for kind in given]


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if not parts.hostname:
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
    if _is_here(parts.hostname):
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
