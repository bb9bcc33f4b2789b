"""The reckoning: what the stand-ins' own logs say beside what the ledger says, person by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from sqlalchemy import select

from core.database import transaction
from core.settings import settings
from language.phones import to_e164
from outreach.ledger import state_counts, unbalanced_rows
from outreach.message import Attempt, AttemptOutcome, Message, MessageState
from roster.contact import ContactPoint

_WITH_THE_PROVIDER = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNDELIVERED)
_IN_DOUBT = (AttemptOutcome.UNKNOWN, AttemptOutcome.FOUND, AttemptOutcome.NOT_FOUND)


@dataclass(frozen=True)
class Taken:
    """A message that a stand-in has taken, by its own log."""

    provider: str
    id: str
    phone: str


@dataclass(frozen=True)
class Row:
    """A row of the ledger. in_doubt: at some time nobody knew whether the provider had it."""

    phone: str
    provider: str
    provider_id: str | None
    state: MessageState
    in_doubt: bool


@dataclass(frozen=True)
class Reckoning:
    """What came of the wave. All numbers but people, unknown and resolved must be 0, and these two alike.

    lost: people of whom the logs know no message. twice: messages beyond each person's first. untrue: rows that say the
    provider has a message that it has not, or the other way round. unbalanced: what breaks the ledger's own equation.
    """

    people: int
    lost: int
    twice: int
    unknown: int
    resolved: int
    untrue: int
    unbalanced: int
    states: Mapping[MessageState, int]

    @property
    def holds(self) -> bool:
        return not (self.lost or self.twice or self.untrue or self.unbalanced) and self.unknown == self.resolved

    def __str__(self) -> str:
        return f"lost {self.lost}, twice {self.twice}, unknown {self.unknown} → resolved {self.resolved}"


def reckon(people: int) -> Reckoning:
    """Of a wave to `people`, one message each."""
    with transaction() as session:
        states, unbalanced = state_counts(session), unbalanced_rows(session)
    return compare(people, read_logs(), read_rows(), states, unbalanced)


def compare(
    people: int, taken: list[Taken], rows: list[Row], states: Mapping[MessageState, int], unbalanced: int
) -> Reckoning:
    """The reckoning from the two sides. Pure."""
    by_phone = Counter(one.phone for one in taken)
    by_id = {(one.provider, one.id): one.phone for one in taken}
    doubted = [row for row in rows if row.in_doubt]
    return Reckoning(
        people=people,
        lost=people - len(by_phone),
        twice=sum(count - 1 for count in by_phone.values()),
        unknown=len(doubted),
        resolved=sum(row.state in _WITH_THE_PROVIDER for row in doubted),
        untrue=sum(_is_untrue(row, by_phone, by_id) for row in rows) + abs(people - len(rows)),
        unbalanced=unbalanced,
        states=states,
    )


def read_logs() -> list[Taken]:
    """Every message to a phone in the stand-ins' journal."""
    address = f"http://127.0.0.1:{settings().simulator_port}/control/log"
    answer = httpx.get(address, params={"event": "message"}, timeout=120).raise_for_status()
    return [
        # eSMS is asked by our own mark, the RequestId, which the ledger keeps; the others by theirs.
        Taken(entry["provider"], entry["details"].get("request_id") or entry["id"], entry["number"])
        for entry in answer.json()["entries"]
        if entry["direction"] == "to_phone"
    ]


def read_rows() -> list[Row]:
    """Every row of the ledger."""
    doubt = select(Attempt.id).where(Attempt.message_id == Message.id, Attempt.outcome.in_(_IN_DOUBT)).exists()
    wanted = select(
        ContactPoint.address, Message.provider, Message.provider_message_id, Message.state, doubt.label("in_doubt")
    ).join(ContactPoint, ContactPoint.id == Message.contact_id)
    with transaction() as session:
        return [
            Row(to_e164(phone), provider, provider_id, state, in_doubt)
            for phone, provider, provider_id, state, in_doubt in session.execute(wanted)
        ]


def _is_untrue(row: Row, by_phone: Mapping[str, int], by_id: Mapping[tuple[str, str], str]) -> bool:
    if row.state in _WITH_THE_PROVIDER:
        return by_id.get((row.provider, row.provider_id or "")) != row.phone
    return by_phone.get(row.phone, 0) > 0
