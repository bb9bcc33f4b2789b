"""Texts with placeholders, and what each placeholder becomes for one person. Pure.

A text never shows the category of allowance. A name is shown only on a phone confirmed as the person's or a
relative's; else the file code stands in its place. One text is written, with diacritics; its SMS variant is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from language.address import RELATIVE, UNKNOWN, Address
from language.codes import group_code
from language.text import nfc
from language.unaccented import unaccent_for_sms

WARNING = "Cán bộ không bao giờ hỏi mã OTP hay mật khẩu."
"""The fixed warning; the only words about secrets that a template may hold, and only by its placeholder."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

PERSONAL = frozenset({"xung_ho", "Xung_ho", "toi", "Toi", "da", "a", "ten_goi", "ma_ho_so", "phuong_xa"})
"""Filled from the person: always there."""
CAMPAIGN_FACTS = {
    "noi_lam_viec": "office",
    "gio_lam_viec": "hours",
    "dien_thoai": "phone",
    "ngay_chi_tra": "payday",
    "giay_to": "documents",
}
"""Filled from the campaign's facts: placeholder → key."""
FIXED = frozenset({"han_chot", "canh_bao"})
KNOWN = PERSONAL | FIXED | frozenset(CAMPAIGN_FACTS)


class PlaceholderError(ValueError):
    """A placeholder that is not known, or for which the campaign has no value. `placeholder` is its name."""

    def __init__(self, placeholder: str, reason: str) -> None:
        super().__init__(f"{{{placeholder}}}: {reason}")
        self.placeholder = placeholder
        self.reason = reason


class PhoneOf(StrEnum):
    """Whose phone reads the text, as far as that is known."""

    BENEFICIARY = "beneficiary"
    RELATIVE = "relative"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Recipient:
    """Whom a text is about and who reads it.

    `address`: the form of address for the beneficiary. `given_name`: as one calls the person ("Hoa").
    `reference`: the stored eight characters. `confirmed`: the phone was confirmed as the person's or a relative's.
    """

    address: Address
    given_name: str
    reference: str
    commune: str
    phone_of: PhoneOf
    confirmed: bool


@dataclass(frozen=True)
class CampaignWords:
    """What a campaign says in every text: its deadline and its facts (see CAMPAIGN_FACTS)."""

    deadline: date
    facts: Mapping[str, object]


def placeholders(template: str) -> list[str]:
    """The names between braces, in order, each once."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(template)))


def check_placeholders(template: str, campaign: CampaignWords) -> None:
    """Raise PlaceholderError for the first placeholder that cannot be filled for this campaign, or a stray brace."""
    if re.search(r"[{}]", _PLACEHOLDER.sub("", template)):
        raise PlaceholderError("", "có dấu ngoặc nhọn lẻ")
    for name in placeholders(template):
        if name not in KNOWN:
            raise PlaceholderError(name, "không có chỗ điền này")
        if name in CAMPAIGN_FACTS and not str(campaign.facts.get(CAMPAIGN_FACTS[name]) or "").strip():
            raise PlaceholderError(name, "đợt này chưa khai nội dung đó")


def render(template: str, recipient: Recipient, campaign: CampaignWords) -> str:
    """The text for one person, with diacritics, NFC. Raises PlaceholderError as `check_placeholders`."""
    check_placeholders(template, campaign)
    values = {**_personal(recipient), **_of_campaign(campaign)}
    filled = _PLACEHOLDER.sub(lambda match: values[match.group(1)], template)
    return nfc(re.sub(r" {2,}", " ", filled)).strip()


def for_sms(text: str) -> str:
    """The SMS variant: without diacritics, and without words that would then read as obscene."""
    return unaccent_for_sms(text)


def _personal(recipient: Recipient) -> dict[str, str]:
    return {
        **_reader(recipient).placeholders(),
        "ten_goi": _called(recipient),
        "ma_ho_so": group_code(recipient.reference),
        "phuong_xa": recipient.commune,
    }


def _of_campaign(campaign: CampaignWords) -> dict[str, str]:
    facts = {name: str(campaign.facts.get(key) or "") for name, key in CAMPAIGN_FACTS.items()}
    return {**facts, "han_chot": f"{campaign.deadline:%d/%m/%Y}", "canh_bao": WARNING}


def _reader(recipient: Recipient) -> Address:
    """Whoever reads is addressed, not whoever the text is about."""
    match recipient.phone_of:
        case PhoneOf.BENEFICIARY:
            return recipient.address
        case PhoneOf.RELATIVE:
            return RELATIVE
        case PhoneOf.UNKNOWN:
            return UNKNOWN


def _called(recipient: Recipient) -> str:
    if not recipient.confirmed or recipient.phone_of is PhoneOf.UNKNOWN or not recipient.given_name:
        return f"(mã {group_code(recipient.reference)})"
    if recipient.phone_of is PhoneOf.RELATIVE:
        return f"(người thân của {recipient.address.with_name(recipient.given_name)})"
    return recipient.given_name
