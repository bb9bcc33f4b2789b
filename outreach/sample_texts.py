"""Finished texts of a wave for real people: the shortest, the longest, a household's, and one for somebody of whom
something is missing; and what a wave's texts cost, reckoned from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from language.sms import Encoding
from language.sms import segments as count_segments
from outreach.channels.provider import Account
from outreach.channels.zalo.templates import ZaloTemplate
from outreach.members import Member
from outreach.templates import CampaignWords, render
from outreach.wording import CannotWord, Wording, Wordsmith, in_commune, recipient

LOOKED_AT = 500
"""So many texts are made to reckon with, spread over the whole audience; of a smaller one every text is made."""


class SampleKind(StrEnum):
    """Why a text is shown."""

    SHORTEST = "shortest"
    LONGEST = "longest"
    HOUSEHOLD = "household"
    """For several people who share a phone."""
    MISSING = "missing"
    """For somebody whose gender, age or name the roster does not know."""


@dataclass(frozen=True)
class Sample:
    """One finished text as it goes out, and the same with its diacritics, as a chat shows it.

    segments, price_dong: of `body`; marked_segments: what an SMS account would bill for `marked`.
    """

    kinds: tuple[SampleKind, ...]
    people: int
    body: str
    marked: str
    encoding: Encoding
    segments: int
    price_dong: int
    marked_segments: int


@dataclass(frozen=True)
class TextNumbers:
    """What the texts of `messages` messages come to: exact where every text was made, else reckoned from LOOKED_AT.

    without_text: of the texts looked at, those that cannot be made, by why. fewest, most: segments of one message.
    """

    messages: int
    segments: int
    price_dong: int
    exact: bool
    fewest: int = 0
    most: int = 0
    without_text: Counter[str] = field(default_factory=Counter)
    samples: tuple[Sample, ...] = ()


def text_numbers(
    template: str,
    account: Account,
    words: CampaignWords,
    today: date,
    households: Sequence[Sequence[Member]],
    messages: int,
    zalo: ZaloTemplate | None = None,
) -> TextNumbers:
    """Make the texts for `households` (some of those who get `messages`), and reckon from them. Pure."""
    smith = Wordsmith(template, account, words, today, zalo)
    made: list[tuple[Sequence[Member], Wording]] = []
    without_text: Counter[str] = Counter()
    for people in households:
        try:
            made.append((people, smith.word(people)))
        except CannotWord as error:
            without_text[error.why] += 1
    looked_at = len(made) + without_text.total()
    found, exact = sum(one.segments for _, one in made), looked_at >= messages
    segments = found if exact else round(found * messages / max(1, looked_at))
    counts = [one.segments for _, one in made] or [0]
    return TextNumbers(
        messages,
        segments,
        segments * account.price_dong,
        exact,
        min(counts),
        max(counts),
        without_text,
        tuple(_sample(one, template, account, words, today) for one in _chosen(made)),
    )


type _Chosen = tuple[tuple[SampleKind, ...], Sequence[Member], Wording]


def _chosen(made: Sequence[tuple[Sequence[Member], Wording]]) -> list[_Chosen]:
    if not made:
        return []
    by_length = sorted(made, key=lambda one: len(one[1].body))
    wanted = {SampleKind.SHORTEST: by_length[0], SampleKind.LONGEST: by_length[-1]}
    together = [one for one in by_length if len(one[0]) > 1]
    if together:
        wanted[SampleKind.HOUSEHOLD] = max(together, key=lambda one: len(one[0]))
    missing = [one for one in by_length if any(_lacks_something(member) for member in one[0])]
    if missing:
        wanted[SampleKind.MISSING] = missing[0]
    kinds: dict[int, list[SampleKind]] = {}
    for kind, one in wanted.items():
        kinds.setdefault(id(one), []).append(kind)
    shown = {id(one): one for one in wanted.values()}
    return [(tuple(kinds[key]), people, text) for key, (people, text) in shown.items()]


def _lacks_something(member: Member) -> bool:
    return member.gender is None or not member.full_name or (member.birth_date is None and member.birth_year is None)


def _sample(chosen: _Chosen, template: str, account: Account, words: CampaignWords, today: date) -> Sample:
    kinds, people, text = chosen
    marked = text.body
    if account.channel == "sms":
        own = in_commune(CampaignWords(words.deadline, words.facts, account.how_to_reply), people[0].commune_code)
        marked = render(template, recipient(people, today), own)
    return Sample(
        kinds,
        len(people),
        text.body,
        marked,
        count_segments(text.body).encoding,
        text.segments,
        text.segments * account.price_dong,
        account.segments(marked),
    )
