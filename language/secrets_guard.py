"""Secrets a citizen should never send: one-time codes, PINs, passwords, card numbers, CVVs.

Found before anything else reads the message, so that they are not stored and the person can be warned
(dialogue.md, rule 6). A mere mention ("ai hỏi otp thì đừng cho") is no secret; the value is. Account
numbers, phones and reference codes are not secrets.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from language.digits import find_digit_runs
from language.spans import Folded, Found, fold_aligned, without_overlaps
from language.syllables import is_bare_syllable


class SecretKind(str, Enum):
    OTP = "otp"
    PIN = "pin"
    PASSWORD = "password"
    CARD = "card"
    CVV = "cvv"


# What announces a code, and how many digits it then has.
_CUES: tuple[tuple[SecretKind, re.Pattern[str], range], ...] = (
    (
        SecretKind.OTP,
        re.compile(
            r"\b(?:o\.?t\.?p|ma (?:so )?xac (?:thuc|nhan|minh)"
            r"|ma (?:kich hoat|giao dich|dang nhap|bao mat|dung mot lan))\b"
        ),
        range(4, 9),
    ),
    (SecretKind.PIN, re.compile(r"\b(?:pin|mat ma|ma the)\b"), range(4, 7)),
    (
        SecretKind.CVV,
        re.compile(
            r"\b(?:cvv2?|cvc2?|ccv|ma bao mat"
            r"|(?:3|ba) (?:chu )?so (?:o )?(?:mat |dang )?sau(?: cua)?(?: the)?)\b"
        ),
        range(3, 5),
    ),
)
# Between the announcement and the code anything may stand but words of another number or of a refusal.
_OTHER_NUMBER = re.compile(
    r"\b(?:sdt|dt|dien thoai|stk|tk|tai khoan|goi|so may|zalo|tong dai|hotline|cccd|cmnd|can cuoc"
    r"|ma ho so|khong|dung|ko|dien|nam|ngay)\b"
)
_GAP_WORDS = 5
_CODE_BEFORE_CUE = re.compile(r" *(?:la|:|-|=|day la)? *(?:ma )?(?:o\.?t\.?p|xac thuc|xac nhan|pin)\b")
_UNIT_AFTER = re.compile(r" ?(?:mah|%|so\b|chu so|ki tu|ky tu|phut|giay|ngay|gio)")

_PASSWORD = re.compile(
    r"\b(?:(?P<sure>mat khau|password|passwd|pass)"
    r"(?: (?:dang nhap|cua|toi|bac|em|chau|con|ngan hang|app|vneid|zalo|the|moi|cu|no))*|mk|pw)"
    r" ?(?P<is>la|:|=|->)? ?(?P<value>[a-z]{1,20} \d{2,8}\b|[^\s,;]{4,40})"
)
_CARD_CUE = re.compile(
    r"\b(?:so the|the (?:atm|ngan hang|tin dung|visa|napas)|the|card|visa|master ?card|napas|jcb)"
    r"(?: (?:la|cua|toi|bac|so|atm|:))*[ :]*\Z"
)
_ACCOUNT_CUE = re.compile(r"\b(?:stk|so tk|tk|tai khoan|so tai khoan)(?: (?:la|cua|toi|bac|so|:))*[ :]*\Z")
_BRANDS = re.compile(
    r"(?:4\d{12}(?:\d{3})?(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})\Z"
)
_NAPAS = re.compile(r"9704\d{12}(?:\d{3})?\Z")
_CARD_LENGTHS = (16, 19)
_SHORTEST_CODE = 3


def find_secrets(text: str) -> list[Found[SecretKind]]:
    """The secrets in `text`, in order; each span is the secret value itself."""
    folded = fold_aligned(text)
    runs = find_digit_runs(folded.composed, minimum=_SHORTEST_CODE)
    return without_overlaps([*_passwords(folded), *_cards(runs, folded), *_codes(runs, folded)])


def mask_secrets(text: str) -> str:
    """`text` with every character of a secret but white space replaced by "*"."""
    masked = list(text)
    for secret in find_secrets(text):
        for i in range(secret.start, secret.end):
            if not masked[i].isspace():
                masked[i] = "*"
    return "".join(masked)


def passes_luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812-1, Annex B."""
    total = 0
    for i, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + i % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _cards(runs: Sequence[Found[str]], folded: Folded) -> Iterator[Found[SecretKind]]:
    for run in runs:
        before = folded.text[: run.start]
        named_card = _CARD_CUE.search(before) and len(run.value) in _CARD_LENGTHS
        if named_card or (_is_card(run.value) and not _ACCOUNT_CUE.search(before)):
            yield folded.found(SecretKind.CARD, run.start, run.end)


def _is_card(digits: str) -> bool:
    """A number of a card brand with a right check digit; of NAPAS also without: its banks issue such
    cards.
    """
    if _NAPAS.match(digits) or _NAPAS.match(digits[:16]):
        return True
    whole = bool(_BRANDS.match(digits)) and passes_luhn(digits)
    # A CVV or an expiry date may have been typed right behind the number.
    return whole or (len(digits) > 16 and bool(_BRANDS.match(digits[:16])) and passes_luhn(digits[:16]))


def _codes(runs: Sequence[Found[str]], folded: Folded) -> Iterator[Found[SecretKind]]:
    for run in runs:
        kind = _announced(run, folded)
        if kind is not None and not _UNIT_AFTER.match(folded.text, run.end):
            yield folded.found(kind, run.start, run.end)


def _announced(run: Found[str], folded: Folded) -> SecretKind | None:
    """The kind of code that words before this number (or right behind it) announce."""
    nearest: tuple[int, SecretKind] | None = None
    for kind, cue, lengths in _CUES:
        if len(run.value) not in lengths:
            continue
        for match in cue.finditer(folded.text, 0, run.start):
            if _may_announce(folded.text[match.end() : run.start]) and (nearest is None or match.start() > nearest[0]):
                nearest = (match.start(), kind)
    if nearest:
        return nearest[1]
    behind = _CODE_BEFORE_CUE.match(folded.text, run.end)
    if behind and 4 <= len(run.value) <= 8:
        return SecretKind.PIN if behind[0].endswith("pin") else SecretKind.OTP
    return None


def _may_announce(between: str) -> bool:
    return len(between.split()) <= _GAP_WORDS and not _OTHER_NUMBER.search(between) and "?" not in between


def _passwords(folded: Folded) -> Iterator[Found[SecretKind]]:
    for match in _PASSWORD.finditer(folded.text):
        value = match["value"].rstrip(".?)")
        announced = bool(match["is"])
        mixed = any(c.isdigit() for c in value) and (announced or bool(match["sure"]))
        no_word = announced and value.isalpha() and len(value) >= 5 and not is_bare_syllable(value)
        if mixed or no_word:
            yield folded.found(SecretKind.PASSWORD, match.start("value"), match.start("value") + len(value))
