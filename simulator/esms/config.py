"""What an eSMS stand-in is told at its start: the account, what it has registered, and what its pages leave open."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.variables import Variables


@dataclass(frozen=True, slots=True)
class EsmsConfig:
    """One account. Money is đồng, times are seconds.

    `brandnames`, `templates` (one a registered text; {…} stands for any words), `carriers` (names as `carrier_of`
    gives them) and `ips` are what the account has registered; empty means everything.
    `balance`: what is paid in; `price`: of each part of a message.
    `dedupe_hours`: how long a RequestId is refused again. One page says "within the day" **(open)**.
    `strips_diacritics`: whether a text with diacritics and without IsUnicode is sent without them; if not, it is
    refused with 99 **(open)**. `takes_plus`: whether a Phone may begin with "+" **(open)**.
    `too_long_code`: what a text over three parts is refused with **(open)**.
    `status_after`: until then a status query answers 105; the pages only say "try again later" **(open)**.
    `callback_waits`: before each of the 5 further attempts **(open)**. `retries_errors`: whether an HTTP error is
    tried again too; the pages speak of time-outs only **(open)**. `reports_sent`: whether a callback also tells that
    the network has the message (SendStatus 7) **(open)**.
    """

    api_key: str = "STANDINESMSAPIKEY0000000000000"
    secret_key: str = "STANDINESMSSECRETKEY0000000000"
    brandnames: frozenset[str] = frozenset()
    templates: tuple[str, ...] = ()
    carriers: frozenset[str] = frozenset()
    ips: frozenset[str] = frozenset()
    balance: int = 100_000_000
    price: int = 850
    user_id: int = 9999
    dedupe_hours: float = 24.0
    strips_diacritics: bool = False
    takes_plus: bool = False
    too_long_code: str = "99"
    status_after: float = 5.0
    sent_after: float = 0.3
    delivered_after: float = 1.0
    callback_timeout: float = 10.0
    callback_waits: tuple[float, ...] = (5.0, 30.0, 60.0, 300.0, 900.0)
    retries_errors: bool = False
    reports_sent: bool = False


def read_esms(environment: Mapping[str, str]) -> EsmsConfig:
    """From SIMULATOR_ESMS_* variables; what is not set keeps its default."""
    read, default = Variables(environment, "SIMULATOR_ESMS_"), EsmsConfig()
    return EsmsConfig(
        api_key=read.text("API_KEY", default.api_key),
        secret_key=read.text("SECRET_KEY", default.secret_key),
        brandnames=read.names("BRANDNAMES", default.brandnames),
        templates=read.lines("TEMPLATES", default.templates),
        carriers=read.names("CARRIERS", default.carriers),
        ips=read.names("IPS", default.ips),
        balance=read.whole("BALANCE", default.balance),
        price=read.whole("PRICE", default.price),
        user_id=read.whole("USER_ID", default.user_id),
        dedupe_hours=read.number("DEDUPE_HOURS", default.dedupe_hours),
        strips_diacritics=read.flag("STRIPS_DIACRITICS", default.strips_diacritics),
        takes_plus=read.flag("TAKES_PLUS", default.takes_plus),
        too_long_code=read.text("TOO_LONG_CODE", default.too_long_code),
        status_after=read.number("STATUS_AFTER", default.status_after),
        sent_after=read.number("SENT_AFTER", default.sent_after),
        delivered_after=read.number("DELIVERED_AFTER", default.delivered_after),
        callback_timeout=read.number("CALLBACK_TIMEOUT", default.callback_timeout),
        callback_waits=read.numbers("CALLBACK_WAITS", default.callback_waits),
        retries_errors=read.flag("RETRIES_ERRORS", default.retries_errors),
        reports_sent=read.flag("REPORTS_SENT", default.reports_sent),
    )
