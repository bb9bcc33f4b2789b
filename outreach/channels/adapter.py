"""What every provider's adapter offers: one message out, one outcome back, and a look-up after a lost answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from outreach.channels.fuse import Fuse
from roster.contact import ContactKind


class ErrorClass(StrEnum):
    """What to do after a refusal."""

    RETRY_LATER = "retry_later"
    """The provider's passing trouble: the same message again after a pause."""
    THROTTLE = "throttle"
    """Too fast: slow down, then the same message again."""
    RESCHEDULE = "reschedule"
    """Not at this hour: again when it is permitted."""
    UNREACHABLE = "unreachable"
    """This person cannot be reached here: done, and somebody else tries otherwise."""
    OPTED_OUT = "opted_out"
    """The person has told the provider to stop: done, and obeyed everywhere."""
    STOP_ACCOUNT = "stop_account"
    """Nothing can go out over this account until somebody has looked at it."""
    OUR_BUG = "our_bug"
    """The message itself is at fault: held for a human."""


@dataclass(frozen=True)
class Accepted:
    """The provider has it. `delivered`: it is already before the reader."""

    provider_id: str
    delivered: bool = False


@dataclass(frozen=True)
class Rejected:
    """The provider has refused it: certainly not sent. `code` is the provider's own."""

    code: str
    error_class: ErrorClass


@dataclass(frozen=True)
class Throttled:
    """Refused for the rate alone: certainly not sent. `retry_after` seconds, where the provider says so."""

    retry_after: float | None = None


@dataclass(frozen=True)
class NotSent:
    """The request never left: the fuse had blown, or (`away`) the provider could not be reached."""

    reason: str
    away: bool = False


@dataclass(frozen=True)
class Unknown:
    """It may have been sent: the answer was lost."""

    reason: str


Outcome = Accepted | Rejected | Throttled | NotSent | Unknown


@dataclass(frozen=True)
class Found:
    """The provider has the message under this id."""

    provider_id: str


@dataclass(frozen=True)
class NotFound:
    """The provider answered, and has no such message."""


@dataclass(frozen=True)
class CannotTell:
    """No answer, or a provider that cannot be asked. `forever`: only a human can decide."""

    forever: bool = False


@dataclass(frozen=True)
class AskByRepeating:
    """The provider keeps a key of each message and takes none twice: sending it again is the question, and safe."""


LookUp = Found | NotFound | CannotTell | AskByRepeating


@dataclass(frozen=True)
class ProviderTemplate:
    """A text that the provider has approved beforehand: its id there, and what fills its parameters."""

    id: str
    data: Mapping[str, str]


@dataclass(frozen=True)
class Outgoing:
    """One message as an adapter needs it. `address` as the contact point stores it (phones in 0… form).

    choices: JSON list of {"title", "payload"}. `validity_seconds`: how long the provider may try to deliver it; None
    leaves it to the provider. template: where the provider wants one; `body` is then the same text, filled in.
    key: the same for every attempt that may repeat an earlier one of which nobody knows what became, another after a
    certain refusal; "" where nobody repeats. doubted_since: since when the provider may have it; None but in a look-up.
    """

    message_id: int
    address: str
    body: str
    choices: str | None = None
    validity_seconds: int | None = None
    address_kind: ContactKind = ContactKind.PHONE
    template: ProviderTemplate | None = None
    key: str = ""
    doubted_since: datetime | None = None


class ChannelAdapter(Protocol):
    """One provider account. Safe to use from many threads; raises nothing that a provider or a network can cause."""

    def send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        """Send once, unless the fuse has blown. Never repeats a request by itself."""

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        """Whether the provider took `message`. `known`: ids that belong to other rows of the ledger."""
