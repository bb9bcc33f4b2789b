"""What a provider is to the rest of the house: one row, made in the provider's own package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from outreach.channels.adapter import ChannelAdapter, ErrorClass
from outreach.message import MessageState
from outreach.templates import REPLIES_HERE


def one_message(_: str) -> int:
    """For a channel that knows no segments."""
    return 1


class Unit(StrEnum):
    """What a provider's limits count."""

    MESSAGES = "messages"
    SEGMENTS = "segments"


@dataclass(frozen=True)
class Account:
    """A provider account: pace and quota are its own. `daily_quota` None is unlimited; price in đồng a segment.

    segments: how many the account's provider bills for a text. how_to_reply: what a text says of how it is answered.
    counts: what `wave_per_second` and `daily_quota` are numbers of.
    """

    name: str
    provider: str
    channel: str
    wave_per_second: float
    daily_quota: int | None
    price_dong: int
    segments: Callable[[str], int] = one_message
    how_to_reply: str = REPLIES_HERE
    counts: Unit = Unit.MESSAGES

    def units(self, segments: int) -> int:
        """How much of pace and quota a message of so many segments takes."""
        return segments if self.counts is Unit.SEGMENTS else 1


@dataclass(frozen=True)
class Media:
    """A picture, voice message or file as the provider handed it out."""

    content: bytes
    content_type: str


class MediaGone(RuntimeError):
    """The provider has it no more, or it is too large: asking again is no use. The text is a code, no address."""


class MediaAway(RuntimeError):
    """The provider could not be reached or had trouble: worth asking again."""


@dataclass(frozen=True)
class Finding:
    """One line of `loa channels check`, in Vietnamese. `fine` False: something is missing or wrong."""

    fine: bool
    text: str


def nothing_to_fetch(_: str) -> Media:
    """For a provider that hands out no media."""
    raise MediaGone("no_media")


def nothing_to_check() -> list[Finding]:
    """For a provider without an account of its own."""
    return []


@dataclass(frozen=True)
class Provider:
    """A way to people.

    account: the account that is set up, None where none is. adapter: made once a process. error_class: of the code
    that a receipt brings, None where nobody knows. receipts: the provider's words → state; others say no more than we
    know. fetch_media: from the reference that the webhook wrote down; raises MediaGone, MediaAway. check: tries the
    account.
    """

    name: str
    channel: str
    account: Callable[[], Account | None]
    adapter: Callable[[], ChannelAdapter]
    error_class: Callable[[str], ErrorClass | None]
    receipts: Mapping[str, MessageState] = field(default_factory=dict)
    fetch_media: Callable[[str], Media] = nothing_to_fetch
    check: Callable[[], list[Finding]] = nothing_to_check
