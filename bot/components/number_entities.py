"""What a number in a message is: an account, a phone, a citizen's number; decided by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from language.citizen_ids import read_citizen_id
from language.digits import find_digit_runs
from language.phones import normalise_phone
from language.spans import Folded, Found

ACCOUNT, PHONE, CITIZEN_ID = "account_number", "phone", "citizen_id"

_CUES = re.compile(
    r"\b(?:(?P<account_number>so\s?(?:tai khoan|tk|the)|tai khoan|stk|tk|the|account|acc)"
    r"|(?P<phone>sdt|so dien thoai|dien thoai|dt|so may|so di dong|di dong|zalo|goi|lien he|lien lac|alo|lh|hotline)"
    r"|(?P<citizen_id>cccd|can cuoc(?: cong dan)?|cmnd|cmt(?:nd)?|chung minh(?: thu| nhan dan)?|so dinh danh"
    r"|dinh danh|cc))\b"
)
_BEFORE, _AFTER = 45, 25
_CITIZEN_ID_LENGTHS = (9, 12)
_EARLIEST_BIRTH, _LATEST_BIRTH = 1910, 2026
_LEAST_PHONE_DIGITS = 9


def number_entities(text: str, banks: Sequence[Found[object]]) -> list[tuple[str, Found[str]]]:
    """Each number of six digits or more, with its kind; phones in 0… form, the others as bare digits."""
    folded = Folded(text)
    runs = find_digit_runs(text)
    entities = []
    for at, run in enumerate(runs):
        left = runs[at - 1].end if at else 0
        right = runs[at + 1].start if at + 1 < len(runs) else len(text)
        kind = _kind(run, _cue(folded.text, run, left, right), bool(banks))
        phone = normalise_phone(run.value) if kind == PHONE else None
        entities.append((kind, Found(phone or run.value, run.start, run.end)))
    return entities


def _cue(text: str, run: Found[str], left: int, right: int) -> str | None:
    """The kind that the nearest word before the number (since the one before it) names, else the first one after it."""
    before = list(_CUES.finditer(text, max(left, run.start - _BEFORE), run.start))
    if before:
        return before[-1].lastgroup
    after = _CUES.search(text, run.end, min(right, run.end + _AFTER))
    return after.lastgroup if after and re.match(r"[\s,]*(?:day |do )?la\b", text[run.end :]) else None


def _kind(run: Found[str], cue: str | None, bank_named: bool) -> str:
    is_phone = len(run.value) >= _LEAST_PHONE_DIGITS and normalise_phone(run.value) is not None
    if cue == CITIZEN_ID and len(run.value) in _CITIZEN_ID_LENGTHS:
        return CITIZEN_ID
    if cue == PHONE and is_phone:
        return PHONE
    if cue == ACCOUNT or (bank_named and not is_phone):
        return ACCOUNT
    if is_phone and not bank_named:
        return PHONE
    return CITIZEN_ID if not bank_named and _could_be_citizen_id(run.value) else ACCOUNT


def _could_be_citizen_id(digits: str) -> bool:
    citizen = read_citizen_id(digits)
    return (
        citizen is not None and citizen.province is not None and _EARLIEST_BIRTH <= citizen.birth_year <= _LATEST_BIRTH
    )
