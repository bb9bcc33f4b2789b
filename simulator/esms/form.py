"""What a request to send a message must look like: https://developers.esms.vn, "Tin nhắn SMS OTP/CSKH"."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from simulator.counting import count
from simulator.esms.codes import Code, EsmsError
from simulator.esms.config import EsmsConfig
from simulator.vietnam import carrier_of, is_mobile, read_phone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_LONGEST_REQUEST_ID = 50
_DATE = "%Y-%m-%d %H:%M:%S"
_PLACEHOLDER = re.compile(r"\\\{[^{}]*\\\}")

type Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """A request that passed every check. `phone` is E.164; `send_at` None: at once."""

    phone: str
    text: str
    brandname: str
    parts: int
    encoding: str
    request_id: str
    send_at: datetime | None
    callback_url: str
    campaign: str
    sandbox: bool


def read_order(body: Json, config: EsmsConfig) -> Order:
    """Check a request whose keys were right. EsmsError for the first thing that is wrong."""
    _check_type(_text(body, "SmsType"))
    brandname = _text(body, "Brandname")
    if not brandname or (config.brandnames and brandname not in config.brandnames):
        raise EsmsError(Code.NO_BRANDNAME)
    phone = _read_phone(_text(body, "Phone"), config)
    text = _read_content(body, config)
    counted = count(text)
    if counted.parts is None:
        raise EsmsError(config.too_long_code)
    request_id = _text(body, "RequestId")
    if len(request_id) > _LONGEST_REQUEST_ID:
        raise EsmsError(Code.INVALID)
    return Order(
        phone,
        text,
        brandname,
        counted.parts,
        counted.encoding,
        request_id,
        read_date(_text(body, "SendDate")),
        _text(body, "CallbackUrl"),
        _text(body, "campaignid"),
        _text(body, "Sandbox") == "1",
    )


def read_date(text: str) -> datetime | None:
    """`yyyy-mm-dd hh:MM:ss` as clocks in Viet Nam show it; None for nothing. EsmsError 99 for anything else."""
    if not text:
        return None
    try:
        return datetime.strptime(text, _DATE).replace(tzinfo=VIETNAM)
    except ValueError:
        raise EsmsError(Code.INVALID) from None


def _text(body: Json, name: str) -> str:
    """Numbers are taken for strings and strings for numbers, as the gateway's samples do."""
    value = body.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _check_type(text: str) -> None:
    if not text:
        raise EsmsError(Code.MISSING_TYPE)
    if text != "2":
        raise EsmsError(Code.BAD_TYPE)


def _read_phone(text: str, config: EsmsConfig) -> str:
    shape = r"\+?\d+" if config.takes_plus else r"\d+"
    number = read_phone(text) if re.fullmatch(shape, text) else None
    if number is None or not is_mobile(number):
        raise EsmsError(Code.BAD_PHONE)
    if config.carriers and carrier_of(number) not in config.carriers:
        raise EsmsError(Code.BAD_CARRIER)
    return number


def _read_content(body: Json, config: EsmsConfig) -> str:
    text = _text(body, "Content")
    if not text.strip():
        raise EsmsError(Code.INVALID)
    if not text.isascii() and _text(body, "IsUnicode") != "1":
        if not config.strips_diacritics:
            raise EsmsError(Code.INVALID)
        text = _without_diacritics(text)
    if config.templates and not any(_matches(template, text) for template in config.templates):
        raise EsmsError(Code.BAD_TEMPLATE)
    return text


def _matches(template: str, text: str) -> bool:
    pattern = _PLACEHOLDER.sub(".+?", re.escape(template))
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def _without_diacritics(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
