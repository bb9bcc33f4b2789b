"""A message, a phone, and what is known of each: the same for every provider."""

import base64
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from simulator.journal import Entry


class Channel(StrEnum):
    """What kind of conversation a phone shows."""

    SMS = "sms"
    ZALO = "zalo"
    TELEGRAM = "telegram"
    TELEPHONE = "telephone"


class Direction(StrEnum):
    TO_PHONE = "to_phone"
    FROM_PHONE = "from_phone"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or file inside a message."""

    id: str
    content_type: str
    data: bytes

    def as_entry(self) -> Entry:
        return {"id": self.id, "content_type": self.content_type, "data": base64.b64encode(self.data).decode()}

    @classmethod
    def from_entry(cls, entry: Entry) -> Self:
        return cls(entry["id"], entry["content_type"], base64.b64decode(entry["data"]))


@dataclass(slots=True)
class Message:
    """One message on its way to or from a phone.

    `number` is the phone (E.164 for SMS), `office` what stands at the other end (number or sender name).
    `status` is the provider's own word; `reached` says whether the person can read it on the phone.
    `details` is what only the provider understands, but for three things that every handset shows: `kind` is what a
    message is besides its text ("press", "contact", "voice", …; without it, text), `buttons` are rows of what the
    person can press under it, each `{"title", …}`, `charge` is what the person pays for it, in đồng.
    """

    id: str
    provider: str
    channel: Channel
    direction: Direction
    number: str
    office: str
    text: str
    status: str
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None = None
    segments: int = 1
    encoding: str = ""
    reached: bool = False
    error_code: int | None = None
    media: tuple[Media, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    def as_entry(self) -> Entry:
        """The message as the journal keeps it at its creation."""
        return {
            "id": self.id,
            "provider": self.provider,
            "channel": self.channel.value,
            "direction": self.direction.value,
            "number": self.number,
            "office": self.office,
            "text": self.text,
            "status": self.status,
            "segments": self.segments,
            "encoding": self.encoding,
            "media": [media.as_entry() for media in self.media],
            "details": self.details,
        }

    @classmethod
    def from_entry(cls, entry: Entry) -> Self:
        at = datetime.fromisoformat(entry["at"])
        names = ("id", "provider", "number", "office", "text", "status", "segments", "encoding", "details")
        return cls(
            **{name: entry[name] for name in names},
            channel=Channel(entry["channel"]),
            direction=Direction(entry["direction"]),
            media=tuple(Media.from_entry(media) for media in entry["media"]),
            created_at=at,
            updated_at=at,
        )


@dataclass(slots=True)
class Phone:
    """A citizen's handset on one channel. `version` is the ledger's version of its last change.

    `number` is the address on the channel. `tel` is the telephone number behind it (E.164) where that is another
    thing, as on a messenger, and is known.
    """

    channel: Channel
    number: str
    name: str = ""
    tel: str = ""
    on: bool = True
    unread: int = 0
    version: int = 0
    refuses: set[str] = field(default_factory=set)
    details: dict[str, Any] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
