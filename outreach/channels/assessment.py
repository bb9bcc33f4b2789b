"""The assessment that allows a channel: until the operator has recorded it, production does not use the channel.

Telegram was ordered to be blocked in 2025, and with Twilio personal data goes abroad (Law 91/2025, Decree 356/2025):
somebody has to have weighed that and signed for it. The paper lies in the office's files; the record here says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_settings import NoDecode

from core.clock import VIETNAM, now
from outreach.channels.provider import Finding

EXAMPLE = "2026-09-01; Nguyễn Văn A, Sở Nội vụ; số 123/BC"
_LONGEST = 120


@dataclass(frozen=True)
class Assessment:
    """Who allowed the channel, when, and under which document number."""

    signed_on: date
    signed_by: str
    document: str


def read_assessment(written: str, today: date) -> Assessment | None:
    """The assessment that an operator wrote like EXAMPLE; None where nothing is written. Raises ValueError, saying what
    is wrong without the words themselves. Pure."""
    if not written.strip():
        return None
    parts = [part.strip() for part in written.split(";")]
    if len(parts) != 3 or not all(parts):
        raise ValueError(f"must say date, signer and document number between semicolons, like: {EXAMPLE}")
    day, signed_by, document = parts
    if not any(letter.isalpha() for letter in signed_by):
        raise ValueError("the second part must name who signed")
    if not any(letter.isdecimal() for letter in document):
        raise ValueError("the third part must be the document's number")
    if any(len(part) > _LONGEST or not part.isprintable() for part in parts):
        raise ValueError(f"no part may be longer than {_LONGEST} letters, or of several lines")
    return Assessment(_signing_day(day, today), signed_by, document)


def assessment_finding(channel: str, variable: str, recorded: Assessment | None) -> Finding:
    """What `loa channels check` says of it."""
    if recorded is None:
        return Finding(
            False,
            f"{channel}: chưa ghi văn bản đánh giá cho phép dùng; khi chạy thật sẽ không khởi động. "
            f"Xin đặt {variable}, ví dụ: {EXAMPLE}",
        )
    signed = f"ký ngày {recorded.signed_on:%d/%m/%Y}, người ký: {recorded.signed_by}"
    return Finding(True, f"{channel}: được phép dùng theo văn bản {recorded.document}, {signed}.")


def _signing_day(written: str, today: date) -> date:
    try:
        signed_on = date.fromisoformat(written)
    except ValueError:
        raise ValueError("the first part must be a date as year-month-day, like 2026-09-01") from None
    if signed_on > today:
        raise ValueError("the date of signing is still to come")
    return signed_on


def _as_set(value: object) -> object:
    return read_assessment(value, now().astimezone(VIETNAM).date()) if isinstance(value, str) else value


type RecordedAssessment = Annotated[Assessment | None, NoDecode, BeforeValidator(_as_set)]
"""A setting of that form."""
