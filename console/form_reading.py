"""Reading what somebody typed into a form: days, hours and numbers as offices write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from language.text import nfc


class FormRefused(ValueError):
    """Something is missing or cannot be; `str()` is Vietnamese."""


def read_date(typed: str, what: str) -> date:
    """A date as officers write it: 05/12/2026. Raises FormRefused."""
    try:
        return datetime.strptime(typed.strip(), "%d/%m/%Y").date()
    except ValueError:
        raise FormRefused(f"Xin ghi {what} theo ngày/tháng/năm, ví dụ 05/12/2026.") from None


def read_time(typed: str) -> time:
    """An hour of the day: 8:30. Raises FormRefused."""
    try:
        return datetime.strptime(typed.strip(), "%H:%M").time()
    except ValueError:
        raise FormRefused("Xin ghi giờ gửi theo giờ:phút, ví dụ 08:30.") from None


def read_number(typed: str, what: str, most: int) -> int | None:
    """A whole number from 0 to `most`, thousands with or without points; None where nothing is typed. Raises
    FormRefused."""
    digits = typed.strip().replace(".", "").replace(" ", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal()) or int(digits) > most:
        raise FormRefused(f"Xin ghi {what} bằng số, từ 0 đến {most:,}.".replace(",", "."))
    return int(digits)


def read_text(form: Mapping[str, str], field: str, otherwise: str = "") -> str:
    """A text of several lines, composed (NFC)."""
    return nfc(form.get(field, otherwise)).replace("\r\n", "\n").strip()
