"""What a short code's stand-in is told at its start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from simulator.variables import Variables


class Contract(StrEnum):
    """See the package's own words."""

    PLAIN = "plain"
    ESMS = "esms"


class Body(StrEnum):
    """How the plain contract sends its fields."""

    JSON = "json"
    FORM = "form"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class ShortcodeConfig:
    """One short code. `price` is đồng, times are seconds.

    `webhook_url` None: what people write goes nowhere. `names`: other names for the plain contract's fields.
    `cp_id` and `private_key` belong to eSMS's contract.
    """

    code: str = "8079"
    keyword: str = ""
    price: int = 500
    webhook_url: str | None = "http://127.0.0.1:8000/webhooks/shortcode"
    contract: Contract = Contract.PLAIN
    body: Body = Body.JSON
    names: Mapping[str, str] = field(default_factory=dict)
    secret: str = "stand-in-shortcode-secret"
    timestamp_header: str = "X-Timestamp"
    signature_header: str = "X-Signature"
    cp_id: str = "LOAPHUONG"
    private_key: str = "stand-in-private-key"
    timeout: float = 10.0
    waits: tuple[float, ...] = (20.0, 60.0, 300.0)


def read_shortcode(environment: Mapping[str, str]) -> ShortcodeConfig:
    """From SIMULATOR_SHORTCODE_* variables; NAMES as `message_id=smsid,phone=sender`."""
    read, default = Variables(environment, "SIMULATOR_SHORTCODE_"), ShortcodeConfig()
    return ShortcodeConfig(
        code=read.text("CODE", default.code),
        keyword=read.text("KEYWORD", default.keyword),
        price=read.whole("PRICE", default.price),
        webhook_url=read.optional("WEBHOOK_URL", default.webhook_url),
        contract=Contract(read.text("CONTRACT", default.contract)),
        body=Body(read.text("BODY", default.body)),
        names=read.pairs("NAMES"),
        secret=read.text("SECRET", default.secret),
        timestamp_header=read.text("TIMESTAMP_HEADER", default.timestamp_header),
        signature_header=read.text("SIGNATURE_HEADER", default.signature_header),
        cp_id=read.text("CP_ID", default.cp_id),
        private_key=read.text("PRIVATE_KEY", default.private_key),
        timeout=read.number("TIMEOUT", default.timeout),
        waits=read.numbers("WAITS", default.waits),
    )
