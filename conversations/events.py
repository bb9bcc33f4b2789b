"""What can come in instead of, or beside, words; the same names on every channel."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """Kept in `InboundMessage.media`."""

    PICTURE = "picture"
    VOICE = "voice"
    VIDEO = "video"
    STICKER = "sticker"
    FILE = "file"
    LOCATION = "location"
    FOLLOW = "follow"
    """The person opened the talk without a word: followed the office, pressed Start."""
    CONTACT = "contact"
    """The person shared the phone by the channel's own button, which proves whose it is."""
    TYPED_CONTACT = "typed_contact"
    """The person gave a phone by a form into which anything may be typed: it proves nothing by itself."""
    UNFOLLOW = "unfollow"
    """The person left or blocked us: nothing can be sent there, nothing is answered."""
    RETURNED = "returned"
    """The person let us in again, and may say something next: we can write there, and nothing is answered."""
    EDITED = "edited"
    """An earlier message was changed: kept in the transcript, no new answer."""


BEGINS_TALK = frozenset({Event.FOLLOW, Event.CONTACT, Event.TYPED_CONTACT})
"""The bot says who speaks and goes on where the talk stands."""
NEEDS_NO_ANSWER = frozenset({Event.UNFOLLOW, Event.RETURNED, Event.EDITED})


def to_the_bot(event: str | None) -> str | None:
    """`event` as the dialogue knows it: sharing a phone goes on like opening the talk."""
    return Event.FOLLOW.value if event in BEGINS_TALK else event
