"""What an exchange's stand-in is told at its start."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.variables import Variables


@dataclass(frozen=True, slots=True)
class ExchangeConfig:
    """One hotline. Times are seconds. `webhook_url` None: calls are told to nobody. `names`: other field names."""

    hotline: str = "02438250000"
    webhook_url: str | None = "http://127.0.0.1:8000/webhooks/exchange"
    names: Mapping[str, str] = field(default_factory=dict)
    secret: str = "stand-in-exchange-secret"
    timestamp_header: str = "X-Timestamp"
    signature_header: str = "X-Signature"
    timeout: float = 10.0
    waits: tuple[float, ...] = (5.0, 30.0, 120.0, 600.0)


def read_exchange(environment: Mapping[str, str]) -> ExchangeConfig:
    """From SIMULATOR_EXCHANGE_* variables; NAMES as `call_id=id,caller=from`."""
    read, default = Variables(environment, "SIMULATOR_EXCHANGE_"), ExchangeConfig()
    return ExchangeConfig(
        hotline=read.text("HOTLINE", default.hotline),
        webhook_url=read.optional("WEBHOOK_URL", default.webhook_url),
        names=read.pairs("NAMES"),
        secret=read.text("SECRET", default.secret),
        timestamp_header=read.text("TIMESTAMP_HEADER", default.timestamp_header),
        signature_header=read.text("SIGNATURE_HEADER", default.signature_header),
        timeout=read.number("TIMEOUT", default.timeout),
        waits=read.numbers("WAITS", default.waits),
    )
