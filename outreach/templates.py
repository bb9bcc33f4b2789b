"""Texts with placeholders, and what each placeholder becomes for one person. Pure.

`{dien_thoai}` is filled with what the campaign states; `{dien_thoai|tổ trưởng}` says "tổ trưởng" where it states none.
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

REPLIES_HERE = "trả lời tin này"
"""How a message is answered where its channel is two-way."""

REPLIES_BY_SMS = f"{REPLIES_HERE} (cước tin thường)"
"""The same over SMS, where answering costs what any message costs: a text says so (issue 5)."""

_PLACEHOLDER = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")
_NO_FACT = "đợt này chưa khai nội dung đó, và không có lời thay (ghi sau dấu |)"

PERSONAL = frozenset({"xung_ho", "Xung_ho", "toi", "Toi", "da", "a", "ten_goi", "ma_ho_so", "phuong_xa", "to_truong"})
"""Filled from the person: always there."""
CAMPAIGN_FACTS = {
    "noi_lam_viec": "office",
    "gio_lam_viec": "hours",
    "dien_thoai": "phone",
    "ngay_chi_tra": "payday",
    "giay_to": "documents",
}
"""Filled from the campaign's facts: placeholder → key."""
FIXED = frozenset({"han_chot", "canh_bao", "cach_tra_loi"})
"""Filled from the campaign's deadline, the one warning, and the account that sends: how one answers, at what price."""
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
class Housemate:
    """One of several people whom the same text is about. `called`: with form of address ("bà Hoa"), "" where only the
    code may be shown."""

    reference: str
    called: str = ""


@dataclass(frozen=True)
class Recipient:
    """Whom a text is about and who reads it.

    `address`: the form of address for the beneficiary. `given_name`: as one calls the person ("Hoa").
    `reference`: the stored eight characters. `confirmed`: the phone was confirmed as the person's or a relative's.
    `household`: everybody whom the text is about, this person first, where there are several who share the phone.
    """

    address: Address
    given_name: str
    reference: str
    commune: str
    phone_of: PhoneOf
    confirmed: bool
    household: tuple[Housemate, ...] = ()


@dataclass(frozen=True)
class CampaignWords:
    """What a campaign says in every text: its deadline, its facts (see CAMPAIGN_FACTS), and how one answers."""

    deadline: date
    facts: Mapping[str, object]
    how_to_reply: str = REPLIES_HERE


def placeholders(template: str) -> list[str]:
    """The names between braces, in order, each once."""
    return list(dict.fromkeys(name for name, _ in _PLACEHOLDER.findall(template)))


def without_placeholders(template: str) -> str:
    """What the writer has written: spaces for placeholders; the words that stand for a missing fact are kept."""
    return _PLACEHOLDER.sub(lambda match: f" {match.group(2) or ''} ", template)


def check_placeholders(template: str, campaign: CampaignWords) -> None:
    """Raise PlaceholderError for the first placeholder that cannot be filled for this campaign, or a stray brace."""
    if re.search(r"[{}]", _PLACEHOLDER.sub("", template)):
        raise PlaceholderError("", "có dấu ngoặc nhọn lẻ")
    for match in _PLACEHOLDER.finditer(template):
        name, otherwise = match.groups()
        if name not in KNOWN:
            raise PlaceholderError(name, "không có chỗ điền này")
        if name not in CAMPAIGN_FACTS and otherwise is not None:
            raise PlaceholderError(name, "chỗ này bao giờ cũng điền được, không cần lời thay")
        if name in CAMPAIGN_FACTS and otherwise is None and not fact(name, campaign):
            raise PlaceholderError(name, _NO_FACT)


def fact(placeholder: str, campaign: CampaignWords) -> str:
    """What the campaign states for one of CAMPAIGN_FACTS; "" where it states nothing."""
    return str(campaign.facts.get(CAMPAIGN_FACTS[placeholder]) or "").strip()


def render(template: str, recipient: Recipient, campaign: CampaignWords) -> str:
    """The text for one person, with diacritics, NFC. Raises PlaceholderError as `check_placeholders`."""
    check_placeholders(template, campaign)
    values = {**_personal(recipient, "ma_ho_so" in placeholders(template)), **_of_campaign(campaign)}
    filled = _PLACEHOLDER.sub(lambda match: values[match.group(1)] or match.group(2) or "", template)
    return nfc(re.sub(r" +([.,;:!?])", r"\1", re.sub(r" {2,}", " ", filled))).strip()


def for_sms(text: str) -> str:
    """The SMS variant: without diacritics, and without words that would then read as obscene."""
    return unaccent_for_sms(text)


def _personal(recipient: Recipient, codes_shown: bool) -> dict[str, str]:
    """codes_shown: the text has the codes elsewhere, so they need not stand in the place of names too."""
    together = bool(recipient.household)
    return {
        **_reader(recipient).placeholders(),
        "ten_goi": _called_together(recipient, codes_shown) if together else _called(recipient, codes_shown),
        "ma_ho_so": _codes(recipient),
        "phuong_xa": recipient.commune,
        "to_truong": head_of_neighbourhood(recipient.commune),
    }


def head_of_neighbourhood(commune: str) -> str:
    """Who is nearest to people in a commune of that name: a phường has residents' groups, a xã has hamlets."""
    return "trưởng thôn" if commune.startswith("Xã ") else "tổ trưởng"


def _codes(recipient: Recipient) -> str:
    references = [one.reference for one in recipient.household] or [recipient.reference]
    return ", ".join(group_code(reference) for reference in references)


def _of_campaign(campaign: CampaignWords) -> dict[str, str]:
    facts = {name: fact(name, campaign) for name in CAMPAIGN_FACTS}
    fixed = {
        "han_chot": f"{campaign.deadline:%d/%m/%Y}",
        "canh_bao": WARNING,
        "cach_tra_loi": campaign.how_to_reply,
    }
    return {**facts, **fixed}


def _reader(recipient: Recipient) -> Address:
    """Whoever reads is addressed, not whoever the text is about."""
    match recipient.phone_of:
        case PhoneOf.BENEFICIARY:
            return recipient.address
        case PhoneOf.RELATIVE:
            return RELATIVE
        case PhoneOf.UNKNOWN:
            return UNKNOWN


def _called(recipient: Recipient, codes_shown: bool) -> str:
    if not recipient.confirmed or recipient.phone_of is PhoneOf.UNKNOWN or not recipient.given_name:
        return "" if codes_shown else f"(mã {_codes(recipient)})"
    if recipient.phone_of is PhoneOf.RELATIVE:
        return f"(người thân của {recipient.address.with_name(recipient.given_name)})"
    return recipient.given_name


def _called_together(recipient: Recipient, codes_shown: bool) -> str:
    first, *others = recipient.household
    rest = _listed([one.called for one in others if one.called])
    if recipient.phone_of is PhoneOf.BENEFICIARY and first.called:
        return f"{recipient.given_name} (cùng {rest})" if rest else recipient.given_name
    names = _listed([one.called for one in recipient.household if one.called])
    if not names:
        return "" if codes_shown else f"(mã {_codes(recipient)})"
    return f"(người thân của {names})" if recipient.phone_of is PhoneOf.RELATIVE else f"({names})"


def _listed(names: list[str]) -> str:
    """ "bà Hoa", "bà Hoa và ông Bình", "bà Hoa, ông Bình và cô Lan"."""
    return " và ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
