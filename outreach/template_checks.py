"""What no text may say: checked when a text is planned and again when it is released. Pure.

Sources: `shared/design.md`, invariant 7 (no category, no product name); issue 5 (no links, no request for one-time
passwords or account numbers): the police have told people that authorities do neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from language.text import fold, nfc
from outreach.templates import CAMPAIGN_FACTS, CampaignWords, PlaceholderError, check_placeholders


class Fault(StrEnum):
    """Why a text is refused."""

    EMPTY = "empty"
    PLACEHOLDER = "placeholder"
    CATEGORY = "category"
    PRODUCT = "product"
    LINK = "link"
    SECRET = "secret"


_WORDS = {
    Fault.EMPTY: "Tin nhắn chưa có nội dung.",
    Fault.PLACEHOLDER: "Chỗ điền “{found}” không dùng được: {reason}.",
    Fault.CATEGORY: "Tin nhắn không được nêu loại trợ cấp: “{found}”.",
    Fault.PRODUCT: "Tin nhắn là lời của xã, phường, không nêu tên phần mềm: “{found}”.",
    Fault.LINK: "Tin nhắn không được có đường dẫn: “{found}”.",
    Fault.SECRET: "Tin nhắn không được nhắc tới mã, mật khẩu hay số tài khoản: “{found}”. "
    "Lời cảnh báo thì dùng chỗ điền {{canh_bao}}.",
}


@dataclass(frozen=True)
class Finding:
    """One fault and the words in which it was found."""

    fault: Fault
    found: str = ""
    reason: str = ""

    def __str__(self) -> str:
        return _WORDS[self.fault].format(found=self.found, reason=self.reason)


_CATEGORY = re.compile(
    r"\b(?:bao tro xa hoi|btxh|nguoi co cong|thuong binh|benh binh|liet s[iy]|ho ngheo|can ngheo|khuyet tat|mo coi"
    r"|don than|nguoi cao tuoi|huu tri xa hoi|tam than|hiv|chat doc hoa hoc|da cam|co cong cach mang)\b"
)
_PRODUCT = re.compile(r"\bloa phuong\b")
_LINK = re.compile(
    r"https?://\S*|\bwww\.\S+|\S+@\S+\.\w+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info|top|xyz|me|ly|gl|link|site|online|shop|club|cc|tk|io|app)\b\S*"
)
_SECRET = re.compile(
    r"\b(?:otp|ma xac (?:thuc|nhan|minh)|mat khau|ma pin|pin|cvv|cvc|so the|the ngan hang|so tai khoan|stk|so tk)\b"
)


def faults(template: str, campaign: CampaignWords) -> list[Finding]:
    """Everything for which `template` must not go out; [] when it may."""
    return list(_faults(nfc(template), campaign))


def _faults(template: str, campaign: CampaignWords) -> Iterator[Finding]:
    if not template.strip():
        yield Finding(Fault.EMPTY)
    try:
        check_placeholders(template, campaign)
    except PlaceholderError as error:
        yield Finding(Fault.PLACEHOLDER, error.placeholder, error.reason)
    said = fold(" ".join([re.sub(r"\{[^{}]*\}", " ", template), *_facts_used(template, campaign)]))
    for fault, pattern in (
        (Fault.CATEGORY, _CATEGORY),
        (Fault.PRODUCT, _PRODUCT),
        (Fault.LINK, _LINK),
        (Fault.SECRET, _SECRET),
    ):
        for match in pattern.finditer(said):
            yield Finding(fault, match.group())


def _facts_used(template: str, campaign: CampaignWords) -> Iterator[str]:
    """The campaign's facts become part of the text, so they are held to the same rules."""
    for name, key in CAMPAIGN_FACTS.items():
        if f"{{{name}}}" in template:
            yield str(campaign.facts.get(key) or "")
