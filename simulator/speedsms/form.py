"""What a request to send must look like: https://speedsms.vn/sms-api/, `POST /sms/send`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from simulator.counting import Counted, count
from simulator.speedsms.codes import Code, SpeedSmsError
from simulator.speedsms.config import SpeedSmsConfig
from simulator.vietnam import is_mobile, read_phone

_MOST = 100
_SHARED_NAMES = {"Verify", "Notify"}
_LONGEST_NAME = 11


class SmsType(IntEnum):
    """Kinds of messages: from any number, under a brandname, under a shared name, or from a number that people can
    write back to (an Android phone, a fixed, an own, a two-way number)."""

    RANDOM_NUMBER = 2
    BRANDNAME = 3
    SHARED_NAME = 4
    ANDROID = 5
    FIXED_NUMBER = 6
    OWN_NUMBER = 7
    TWO_WAY = 8


@dataclass(frozen=True, slots=True)
class Order:
    """A request that passed every check: `phones` are E.164, each once; `sender` is what the handset shows."""

    phones: tuple[str, ...]
    invalid: tuple[str, ...]
    text: str
    sender: str
    counted: Counted


def read_order(body: Mapping[str, Any], config: SpeedSmsConfig) -> Order:
    """Check a request. SpeedSmsError for the first thing that is wrong; one good phone among several is enough."""
    given = _read_to(body.get("to"))
    text = body.get("content")
    if not isinstance(text, str) or not text.strip():
        raise SpeedSmsError(Code.BAD_PARAMETERS)
    sender = _read_sender(body, config)
    counted = count(text)
    if counted.parts is None:
        raise SpeedSmsError(Code.TOO_LONG)
    numbers = {phone: _read_phone(phone) for phone in given}
    invalid = tuple(phone for phone, number in numbers.items() if number is None)
    phones = tuple(dict.fromkeys(number for number in numbers.values() if number is not None))
    if not phones:
        raise SpeedSmsError(Code.BAD_PHONE, invalidPhone=list(invalid))
    return Order(phones, invalid, text, sender, counted)


def _read_to(value: Any) -> list[str]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not 0 < len(given) <= _MOST or not all(isinstance(item, str) for item in given):
        raise SpeedSmsError(Code.BAD_PARAMETERS)
    return given


def _read_phone(text: str) -> str | None:
    number = read_phone(text) if re.fullmatch(r"\d{9,12}", text) else None
    return number if number and is_mobile(number) else None


def _read_sender(body: Mapping[str, Any], config: SpeedSmsConfig) -> str:
    sender, kind = body.get("sender") or "", _read_type(body.get("sms_type"))
    if not isinstance(sender, str):
        raise SpeedSmsError(Code.BAD_PARAMETERS)
    if kind is SmsType.BRANDNAME:
        registered = not config.brandnames or sender in config.brandnames
        if not sender or len(sender) > _LONGEST_NAME or not registered:
            raise SpeedSmsError(Code.BAD_PARAMETERS)
        return sender
    if kind is SmsType.SHARED_NAME:
        if sender and sender not in _SHARED_NAMES:
            raise SpeedSmsError(Code.BAD_PARAMETERS)
        return sender or "Notify"
    if kind is SmsType.ANDROID and not sender:
        raise SpeedSmsError(Code.BAD_PARAMETERS)
    return config.number


def _read_type(value: Any) -> SmsType:
    try:
        return SmsType(int(value))
    except (TypeError, ValueError):
        raise SpeedSmsError(Code.BAD_PARAMETERS) from None
