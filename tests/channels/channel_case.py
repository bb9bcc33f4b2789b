"""What a provider shows of itself so that the shared cases (`test_channel_cases.py`) can be played with it.

A provider is one small file beside this one, which makes a `ChannelCase`, and a row in `table.py`. A side that it does
not have (a short code sends nothing, a web chat has no reports) is None. The stand-in is the referee: it is started
with `stand_in`, our settings are pointed at it with `environment`, and `ready` does what has to happen once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from conversations.thread import Channel
from outreach.channels.adapter import Outgoing, Rejected
from tests.channels.standing import Standing

type Fault = Mapping[str, Any]
"""The fields of one of the stand-in's faults: {"kind": "refused", "code": 101}."""


@dataclass(frozen=True)
class Refusal:
    """An orderly refusal: by a fault of the stand-in, or because the message (`changes` to it) is at fault."""

    expected: Rejected
    fault: Fault | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Knock:
    """One call at our door, as it goes over the wire; `path` with its query."""

    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"


class Outbound(Protocol):
    """How messages go out over the provider. `account`: its name among our accounts."""

    account: str
    refusals: Sequence[Refusal]

    def message(self, number: int, text: str) -> Outgoing:
        """A message that the provider takes, to somebody who can be reached. `number`: its own in the ledger."""

    def taken(self, site: Standing) -> list[str]:
        """The texts that the provider has taken for that person, in their order."""


class Inbound(Protocol):
    """How words come in, or calls where nothing is said. `secretless`: settings without the secret that signs.
    `dated`: whether the signature holds the time, so that an old call can be refused. `words.WordsComeIn` has what all
    that bring words share."""

    secretless: Mapping[str, str]
    dated: bool

    def word(self, id_: str, text: str) -> Knock:
        """Somebody's words under the provider's id, signed, at this moment; always the same somebody."""

    def forged(self) -> Sequence[Knock]:
        """The same from whoever has not the secret: without a signature, with another's, for other words."""

    def malformed(self) -> Sequence[Knock]:
        """Rightly signed, and not what the provider sends."""

    def kept(self, id_: str, text: str) -> str:
        """What `came_in` shows of that word."""

    def came_in(self) -> list[str]:
        """What was taken in and waits, in order."""

    def writers(self) -> int:
        """From how many it came, as far as we can tell."""

    def job(self) -> tuple[str, str]:
        """The task and the lock of the job that the one word waits for."""


class Reports(Protocol):
    """How the provider tells what became of a message. `provider`: its name in the ledger."""

    provider: str
    channel: Channel

    def delivered(self, provider_id: str) -> Knock:
        """It has arrived."""

    def undelivered(self, provider_id: str) -> Knock | None:
        """It has not; None where the provider never says so."""

    def lesser(self, provider_id: str) -> Knock | None:
        """Something that says no more than that it was taken; None where there is no such word."""

    def forged(self, provider_id: str) -> Sequence[Knock]:
        """That it has arrived, from whoever has not the secret."""


class ChannelCase(Protocol):
    """One provider. `stand_in`: fields of `simulator.config.SimulatorConfig`."""

    name: str
    stand_in: Mapping[str, Any]
    outbound: Outbound | None
    inbound: Inbound | None
    reports: Reports | None

    def environment(self, url: str) -> Mapping[str, str]:
        """What our services are told so that they use the provider at `url`."""

    def ready(self, site: Standing) -> None:
        """What has to be done before messages can go out, besides the settings."""
