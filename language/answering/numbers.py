"""Which digits of a message are an account number, and which are a phone or somebody's identity number."""

from __future__ import annotations

import re

from language.answering.phrases import line_of, says
from language.answering.reading import Open
from language.answering.yes_no import Short, brief_answer
from language.codes import find_codes
from language.digits import find_digit_runs
from language.phones import find_phones, phone_kind
from language.spans import Found, fold_aligned

SHORTEST_ACCOUNT = 8
_ACCOUNT = re.compile(r"\b(?:so tai khoan|tai khoan|stk|tk|so tk|so the|the|so)\b")
_NAMED = re.compile(r"\b(?:tai khoan|stk|tk)\b")
_IDENTITY = re.compile(
    r"\b(?:can cuoc|cccd|cmnd|cmtnd|cmt|chung minh|dinh danh|giay to tuy than|ho chieu|passport|bao hiem"
    r"|bhyt|bhxh|so ho so|ma so thue)\b"
)
_SECRET = re.compile(r"\b(?:otp|pin|cvv|cvc|mat khau|mat ma|ma xac (?:nhan|thuc))\b")
_PHONE = re.compile(r"\b(?:sdt|so dien thoai|dien thoai|dt|so dt|goi|lien he|lien lac|so may|di dong|zalo)\b")
_SAME = re.compile(r"\b(?:trung|chinh la|cung la|chinh|giong|bang|luon)\b.{0,12}\b(?:dien thoai|sdt|so dt)\b")
"""The account number is the phone number, as with wallets."""
_THIS_ONE = re.compile(
    r" (?:so|may|sim|dien thoai|sdt)(?: (?:toi|minh|em|chau|ba|ong|bac|zalo|may|dien thoai|ma))* "
    r"(?:nay|dang nhan|dang dung|dang cam|dang nhan tin|day|vua nhan) "
)
THIS_PHONE = "this"
_CARD = re.compile(r"9704(?:\d{12}|\d{15})\Z")


def account_numbers(text: str) -> list[Found[str]]:
    """The digit runs that may be an account number: none that is said to be an identity number, a phone or a secret."""
    runs = find_digit_runs(text)
    before = 0
    kept = []
    for run in runs:
        cue = fold_aligned(text[before : run.start]).text
        before = run.end
        if not (_IDENTITY.search(cue) or _SECRET.search(cue) or _is_phone(run.value, cue) or _CARD.match(run.value)):
            kept.append(run)
    return kept


def _is_phone(digits: str, cue: str) -> bool:
    account, phone = list(_NAMED.finditer(cue)), list(_PHONE.finditer(cue))
    if not phone or phone_kind(digits) is None:
        return False
    return not account or (account[-1].start() <= phone[-1].start() and not _SAME.search(cue))


def account_number(text: str, open_: Open) -> str | None:
    """The number where it is asked for: the longest that may be one, with or without a word before it."""
    runs = account_numbers(text)
    return max((run.value for run in runs), key=len) if runs else None


def account_said(text: str, open_: Open, *, bank_named: bool) -> Found[str] | None:
    """A number given unasked: named as an account, beside a bank, or while account details are open."""
    runs = [run for run in account_numbers(text) if len(run.value) >= SHORTEST_ACCOUNT]
    if not runs or open_.question in ("contact_phone", "account_number"):
        return None
    run = max(runs, key=lambda one: len(one.value))
    named = bool(_NAMED.search(fold_aligned(text).text))
    if phone_kind(run.value) and not (named or bank_named):
        return None
    details = open_.question in ("bank", "holder_name", "confirm")
    return run if named or bank_named or details or _ACCOUNT.search(fold_aligned(text).text) else None


def phone_said(text: str) -> Found[str] | None:
    """A phone number given unasked, with a word that says so; not where it is the account number as well."""
    if _SAME.search(fold_aligned(text).text) or not _PHONE.search(fold_aligned(text).text):
        return None
    return next(iter(find_phones(text)), None)


def contact_phone(text: str, open_: Open) -> str | None:
    """The number to call; "none"; or "this" for the one that is written from, which the channel does not show."""
    phones = find_phones(text, lenient=True)
    if phones:
        return phones[0].value
    if _THIS_ONE.search(line_of(text)):
        return THIS_PHONE
    without = says(text, "contact_phone", "none") or brief_answer(text) is Short.NO
    return "none" if without else None


def reference(text: str, open_: Open) -> str | None:
    """The code, or "none" of somebody who has none."""
    codes = find_codes(text)
    if codes:
        return codes[0].value
    without = says(text, "reference", "none") or brief_answer(text) in (Short.NO, Short.UNSURE)
    return "none" if without else None
