"""The gate of every text: checked when a text is planned, when it is released, and when it is made. Pure.

Sources of the rules. No category, no product's name: `shared/design.md`, invariant 7. No link, no request for one-time
passwords, PINs, account or card numbers, or fees: the police have told people that authorities ask for none of them
(issue 5; `shared/dialogue.md`, conduct 6), so only the fixed warning speaks of secrets. No unaccented word that reads
as an obscenity: `shared/dialogue.md`, conduct 8, by the list in `language/data/obscene_unaccented.csv`. What a text
that asks must say: `outreach.template_asking`. How long it may be: `outreach.template_lengths`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from language.sms import sentences
from language.text import fold, nfc
from language.unaccented import reads_as_obscene
from outreach.step import StepKind
from outreach.template_asking import asking_faults
from outreach.template_findings import Fault, Finding
from outreach.template_lengths import length_faults
from outreach.templates import (
    CAMPAIGN_FACTS,
    WARNING,
    CampaignWords,
    PlaceholderError,
    check_placeholders,
    fact,
    placeholders,
    without_placeholders,
)

_CATEGORY = re.compile(
    r"\b(?:bao tro xa hoi|btxh|nguoi co cong|thuong binh|benh binh|liet s[iy]|ho ngheo|can ngheo|khuyet tat|mo coi"
    r"|don than|nguoi cao tuoi|huu tri xa hoi|tam than|hiv|chat doc hoa hoc|da cam|co cong cach mang|ngheo da chieu"
    r"|me viet nam anh hung|hoat dong khang chien|neo don|khong noi nuong tua|tro cap huu tri|nguoi don doc"
    r"|tro (?:cap|giup) xa hoi|bao tro xh|tcxh|ncc)\b"
)
_PRODUCT = re.compile(r"\bloa ?phuong\b")
_LINK = re.compile(
    r"https?://\S*|\bwww\.\S+|\S+@\S+\.\w+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info|top|xyz|me|ly|gl|link|site|online|shop|club|cc|tk|io|app)\b\S*"
    r"|\b(?:bam|nhan|mo|vao|xem|truy cap|theo) (?:vao |theo )?(?:duong (?:dan|link)|link)\b|\b(?:quet ma|ma qr)\b"
)
_SECRET = re.compile(
    r"\b(?:[o0][ .]?t[ .]?p|ma xac (?:thuc|nhan|minh)|ma (?:kich hoat|dang nhap|bao mat|giao dich)|mat khau|password"
    r"|mat ma|ma pin|pin|cvv2?|cvc|so the|the ngan hang|so tai khoan|s[ .]?t[ .]?k|so tk"
    r"|so (?:cccd|cmnd|can cuoc|dinh danh)|(?:anh|chup) (?:the |mat |hai mat )?(?:cccd|cmnd|can cuoc|the)"
    r"|(?:ma|day so|ma so) (?:vua|moi) (?:nhan|gui|den|ve)|\d (?:chu )?so (?:trong tin|vua|moi)"
    r"|(?:gui|nhan|doc|cung cap|cho biet) (?:lai |giup |cho )?tai khoan)\b"
)
_FEE = re.compile(
    r"\b(?<!khong )(?<!khong phai )(?<!khong can )(?:nop|dong) (?:truoc )?(?:le phi|phi|tien)\b"
    r"|\bphi (?:mo|lam|kich hoat|ho so|dich vu)\b|\bdat coc\b"
    r"|\b(?<!khong phai )(?:nop|chuyen(?: khoan)?) (?:truoc )?\d[\d.,]* ?(?:d|dong|vnd|k|nghin|ngan|trieu)\b"
)
_FORBIDDEN = (
    (Fault.CATEGORY, _CATEGORY),
    (Fault.PRODUCT, _PRODUCT),
    (Fault.LINK, _LINK),
    (Fault.SECRET, _SECRET),
    (Fault.FEE, _FEE),
)


def faults(template: str, campaign: CampaignWords, kind: StepKind | None = None, channel: str = "sms") -> list[Finding]:
    """Everything for which `template` must not go out; [] when it may.

    `kind`: of the step; with it also what such a text has to say, and how long it may be. `channel`: how it goes out.
    """
    composed = nfc(template)
    found = [*_unfillable(composed, campaign), *_forbidden(composed, campaign)]
    if kind is not None and composed.strip():
        found += asking_faults(composed, kind, channel)
    if kind is not None and not found:
        found += length_faults(composed, campaign, channel)
    return found


def _unfillable(template: str, campaign: CampaignWords) -> Iterator[Finding]:
    if not template.strip():
        yield Finding(Fault.EMPTY)
    for place, sentence in _places(template):
        try:
            check_placeholders(sentence, campaign)
        except PlaceholderError as error:
            yield Finding(Fault.PLACEHOLDER, error.placeholder, error.reason, place)


def _forbidden(template: str, campaign: CampaignWords) -> Iterator[Finding]:
    pieces = [(place, without_placeholders(sentence)) for place, sentence in _places(template)]
    # The campaign's facts become part of the text, so they are held to the same rules.
    used = [name for name in placeholders(template) if name in CAMPAIGN_FACTS]
    pieces += [(f"{{{name}}}", fact(name, campaign)) for name in used]
    said = _Said.of([(place, fold(words).replace(fold(WARNING), "")) for place, words in pieces])
    for fault, pattern in _FORBIDDEN:
        for match in pattern.finditer(said.text):
            yield Finding(fault, match.group(), place=said.place(match.start()))
    for place, words in pieces:
        for word in reads_as_obscene(words):
            yield Finding(Fault.OBSCENE, word, place=place)


def _places(template: str) -> Iterator[tuple[str, str]]:
    for number, sentence in enumerate(sentences(template), 1):
        yield f"câu {number}", sentence


@dataclass(frozen=True)
class _Said:
    """Pieces as one text, so that nothing hides on the border of two, and where each begins."""

    text: str
    starts: tuple[int, ...]
    places: tuple[str, ...]

    @classmethod
    def of(cls, pieces: list[tuple[str, str]]) -> _Said:
        starts, at = [], 0
        for _, words in pieces:
            starts.append(at)
            at += len(words) + 1
        return cls(" ".join(words for _, words in pieces), tuple(starts), tuple(place for place, _ in pieces))

    def place(self, at: int) -> str:
        return self.places[bisect_right(self.starts, at) - 1]
