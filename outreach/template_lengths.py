"""How long a text gets before anybody real is looked at: made for imagined readers with short and long values. Pure.

Source of the limits: the domestic gateways take three parts at most (`shared/providers.md`, "Counting"), and what fits
two is cheaper and read to its end (`shared/dialogue.md`, conduct 9).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from language.address import UNKNOWN, Address
from language.sms import domestic_segments
from outreach.template_findings import Advice, Fault, Finding, Hint
from outreach.templates import CampaignWords, PhoneOf, Recipient, for_sms, render

MOST_PARTS = 3
GOOD_PARTS = 2
_LONGEST_COMMUNE = "Phường Văn Miếu - Quốc Tử Giám"
_USUAL = Recipient(UNKNOWN, "", "C0CC0C0C", _LONGEST_COMMUNE, PhoneOf.UNKNOWN, confirmed=False)
"""Most phones: nobody has confirmed whose they are, so the code stands for the name."""
_LONGEST = Recipient(UNKNOWN, "Nguyệt", "C0CC0C0C", _LONGEST_COMMUNE, PhoneOf.RELATIVE, confirmed=True)
_SHORTEST = Recipient(Address("cô", "cháu"), "An", "C0CC0C0C", "Xã An Lạc", PhoneOf.BENEFICIARY, confirmed=True)


class Reader(StrEnum):
    """For whom a text is made."""

    SHORTEST = "shortest"
    USUAL = "usual"
    LONGEST = "longest"


READERS: Mapping[Reader, Recipient] = {
    Reader.SHORTEST: _SHORTEST,
    Reader.USUAL: _USUAL,
    Reader.LONGEST: _LONGEST,
}


@dataclass(frozen=True)
class Variants:
    """The text for one reader: with its diacritics, as chats show it, and as SMS."""

    reader: Reader
    marked: str
    unmarked: str


def variants(template: str, campaign: CampaignWords) -> list[Variants]:
    """Both variants of a text, made from the one that was written, for each of READERS. Raises PlaceholderError."""
    texts = [(reader, render(template, imagined, campaign)) for reader, imagined in READERS.items()]
    return [Variants(reader, text, for_sms(text)) for reader, text in texts]


def length_faults(template: str, campaign: CampaignWords, channel: str) -> Iterator[Finding]:
    """Whether the text (whose placeholders can be filled) gets longer for somebody than any gateway takes."""
    text = for_sms(render(template, _LONGEST, campaign))
    parts = domestic_segments(text)
    if channel == "sms" and parts > MOST_PARTS:
        reason = f"không dấu, với tên dài nhất, là {len(text)} ký tự, thành {parts} đoạn; nhiều nhất {MOST_PARTS} đoạn"
        yield Finding(Fault.TOO_LONG, reason=reason)


def length_advice(template: str, campaign: CampaignWords) -> Iterator[Advice]:
    """Whether it usually takes more than two parts."""
    text = for_sms(render(template, _USUAL, campaign))
    parts = domestic_segments(text)
    if parts > GOOD_PARTS:
        yield Advice(Hint.LONG, str(parts), str(len(text)))
