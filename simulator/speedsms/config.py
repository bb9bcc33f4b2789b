"""What a SpeedSMS stand-in is told at its start."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.variables import Variables


@dataclass(frozen=True, slots=True)
class SpeedSmsConfig:
    """One account. Money is đồng, times are seconds.

    `brandnames`: names the account has registered, besides Verify and Notify; empty means every one. `number`: what
    messages without a brandname come from, and what people can write back to. `ips`: who may call (else 007); empty
    means everyone. `blocked`, `api_off`: the account is blocked (008), may not use the API (009).
    `requests_per_minute`: 0 means no limit. `unauthorized_status`: HTTP status for a wrong token **(open)**.
    `webhook_url`: where reports and incoming messages go; it is set on the provider's site.
    `webhook_waits`: before each further attempt **(open)**. `absent_status`, `failed_status`: what a report says of
    a phone that is off (temporary: 1–63) and of a message that is lost (64 and more) **(open)**.
    """

    token: str = "stand-in-speedsms-token"
    email: str = "phuong@example.vn"
    brandnames: frozenset[str] = frozenset()
    number: str = "0901756186"
    ips: frozenset[str] = frozenset()
    blocked: bool = False
    api_off: bool = False
    balance: int = 100_000_000
    price: int = 850
    requests_per_minute: int = 60
    unauthorized_status: int = 401
    webhook_url: str | None = None
    webhook_timeout: float = 10.0
    webhook_waits: tuple[float, ...] = (10.0, 60.0, 300.0)
    absent_status: int = 1
    failed_status: int = 64
    sent_after: float = 0.3
    delivered_after: float = 1.0


def read_speedsms(environment: Mapping[str, str]) -> SpeedSmsConfig:
    """From SIMULATOR_SPEEDSMS_* variables; what is not set keeps its default."""
    read, default = Variables(environment, "SIMULATOR_SPEEDSMS_"), SpeedSmsConfig()
    return SpeedSmsConfig(
        token=read.text("TOKEN", default.token),
        email=read.text("EMAIL", default.email),
        brandnames=read.names("BRANDNAMES", default.brandnames),
        number=read.text("NUMBER", default.number),
        ips=read.names("IPS", default.ips),
        blocked=read.flag("BLOCKED", default.blocked),
        api_off=read.flag("API_OFF", default.api_off),
        balance=read.whole("BALANCE", default.balance),
        price=read.whole("PRICE", default.price),
        requests_per_minute=read.whole("REQUESTS_PER_MINUTE", default.requests_per_minute),
        unauthorized_status=read.whole("UNAUTHORIZED_STATUS", default.unauthorized_status),
        webhook_url=read.optional("WEBHOOK_URL", default.webhook_url),
        webhook_timeout=read.number("WEBHOOK_TIMEOUT", default.webhook_timeout),
        webhook_waits=read.numbers("WEBHOOK_WAITS", default.webhook_waits),
        absent_status=read.whole("ABSENT_STATUS", default.absent_status),
        failed_status=read.whole("FAILED_STATUS", default.failed_status),
        sent_after=read.number("SENT_AFTER", default.sent_after),
        delivered_after=read.number("DELIVERED_AFTER", default.delivered_after),
    )
