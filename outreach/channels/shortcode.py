"""The domestic short code, by which people answer a brandname: what an operator sets, and how texts speak of it.

A brandname is one-way. Each aggregator has its own contract for what is written to a short code, so names and places
of its fields are settings, read from LOA_SHORTCODE_… in the environment or `.env`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from outreach.channels.channel_settings import ChannelSettings

NOBODY_LISTENS = "gọi điện cho cán bộ"
"""How a one-way message is answered where no short code is set up."""
SHORTEST_SECRET = 16


class Contract(StrEnum):
    """How the aggregator hands messages on."""

    SIGNED = "signed"
    """Its own fields; HMAC-SHA256 with a timestamp, both in headers."""
    ESMS = "esms"
    """eSMS's, https://developers.esms.vn, "Kết nối đầu số ngắn": a GET signed by MD5."""


class ShortcodeSettings(ChannelSettings):
    """One short code. Money is whole đồng, durations are seconds."""

    model_config = SettingsConfigDict(env_prefix="LOA_SHORTCODE_")

    number: str = Field(default="", pattern=r"^\d{0,8}$")
    price_dong: int | None = Field(default=None, ge=0)
    """What a message to it costs its writer: it stands in the texts. None: not known yet."""
    keyword: str = Field(default="", pattern=r"^[A-Za-z0-9]{0,20}$")
    """With which every message to a shared code begins; empty where the code is the office's own."""

    contract: Contract = Contract.SIGNED
    secret: SecretStr = SecretStr("")
    """Of the signed contract: shared with the aggregator."""
    timestamp_header: str = "X-Timestamp"
    signature_header: str = "X-Signature"
    names: Mapping[str, str] = {}
    """The aggregator's names of our fields message_id, phone, text, as JSON, where they differ."""
    answer: str = "OK"
    """What the aggregator wants to read when a message was taken."""

    cp_id: str = ""
    private_key: SecretStr = SecretStr("")
    """Of eSMS's contract."""

    replay_seconds: float = Field(default=300.0, gt=0)
    """A call signed longer ago, or so far ahead, is refused."""

    @property
    def configured(self) -> bool:
        return bool(self.number)

    @property
    def key(self) -> str:
        """The secret of the contract in use; empty refuses every call."""
        return (self.secret if self.contract is Contract.SIGNED else self.private_key).get_secret_value()

    @property
    def price_words(self) -> str:
        """ " (1.000đ/tin)", with the space before it; "" where the price is not known."""
        if self.price_dong is None:
            return ""
        return f" ({self.price_dong:,}đ/tin)".replace(",", ".") if self.price_dong else " (miễn phí)"

    def problems_in_production(self) -> list[str]:
        problems = []
        if len(self.key) < SHORTEST_SECRET:
            problems.append(f"the short code's secret has fewer than {SHORTEST_SECRET} characters")
        if self.price_dong is None:
            problems.append("LOA_SHORTCODE_PRICE_DONG is not set, and people must read what an answer costs")
        return problems


@lru_cache
def shortcode_settings() -> ShortcodeSettings:
    """The settings, read once per process. Raises pydantic's ValidationError naming each wrong variable."""
    return ShortcodeSettings()


def how_to_answer_a_brandname() -> str:
    """What a text under a brandname says of how it is answered, with the price."""
    own = shortcode_settings()
    if not own.configured:
        return NOBODY_LISTENS
    if own.keyword:
        return f"viết {own.keyword.upper()} ở đầu, gửi {own.number}{own.price_words}"
    return f"nhắn đến {own.number}{own.price_words}"
