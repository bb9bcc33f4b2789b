"""Rasa's memory of conversations, in PostgreSQL: one encrypted row a turn.

Readable are only the thread's id, our message id, the number of events and the time. The stock SQL store keeps every
text in the clear, with intents and slot names beside it, and reads a conversation event by event.
"""

from __future__ import annotations

import asyncio
import itertools
import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from bot.components.event_cipher import EventCipher

DATABASE_VARIABLE = "LOA_RASA_DATABASE_URL"
MOST_REMEMBERED = 200

_TABLE = """
CREATE TABLE IF NOT EXISTS turn (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sender_id text NOT NULL,
    message_id text,
    starts_session boolean NOT NULL,
    event_count integer NOT NULL,
    events bytea NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now()
)"""
_INDEX = "CREATE INDEX IF NOT EXISTS turn_of_sender ON turn (sender_id, id)"
_INSERT = sa.text(
    "INSERT INTO turn (sender_id, message_id, starts_session, event_count, events)"
    " VALUES (:sender_id, :message_id, :starts_session, :event_count, :events) RETURNING id"
)
_SESSION = """
 FROM turn WHERE sender_id = :sender_id AND id >=
 coalesce((SELECT max(id) FROM turn WHERE sender_id = :sender_id AND starts_session), 0)"""
_EXTENT = sa.text(f"SELECT coalesce(max(id), 0), coalesce(sum(event_count), 0){_SESSION}")
_SESSION_EVENTS = sa.text(f"SELECT id, events{_SESSION} ORDER BY id")
_ALL_EVENTS = sa.text("SELECT id, events FROM turn WHERE sender_id = :sender_id ORDER BY id")
_TURN = sa.text("SELECT events FROM turn WHERE sender_id = :sender_id AND message_id = :message_id ORDER BY id LIMIT 1")
_SENDERS = sa.text("SELECT DISTINCT sender_id FROM turn")


@dataclass(frozen=True)
class _Remembered:
    """A session's tracker as it was saved, and the last row it includes."""

    tracker: DialogueStateTracker
    last_row: int


class EncryptedTrackerStore(TrackerStore):
    """Keeps trackers encrypted; remembers the latest ones, and checks with the database that they are current.

    A remembered tracker is handed out once and comes back with `save`: a turn that breaks off leaves no trace.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """`host` is the database's whole address, else LOA_RASA_DATABASE_URL names it. Raises RasaException."""
        address = host or os.environ.get(DATABASE_VARIABLE)
        if not address:
            # Rasa takes a store that cannot be loaded for none and keeps conversations in memory: never here.
            raise RasaException(f"{DATABASE_VARIABLE} names no database")
        self._cipher = EventCipher.from_environment()
        self._engine = sa.create_engine(
            address, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True, future=True
        )
        self._remembered: OrderedDict[str, _Remembered] = OrderedDict()
        with self._engine.begin() as connection:
            connection.execute(sa.text(_TABLE))
            connection.execute(sa.text(_INDEX))
        super().__init__(domain, event_broker, **kwargs)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the sender's latest session, or None."""
        return await asyncio.to_thread(self._retrieve, sender_id)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The tracker over all sessions, or None."""
        rows = await asyncio.to_thread(self._rows, _ALL_EVENTS, conversation_id)
        return self._tracker(conversation_id, rows) if rows else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the tracker's events that are not kept yet."""
        await self.stream_events(tracker)
        await asyncio.to_thread(self._save, tracker)

    async def keys(self) -> Iterable[str]:
        """All senders."""
        return await asyncio.to_thread(self._senders)

    async def events_of_turn(self, sender_id: str, message_id: str) -> list[dict[str, Any]] | None:
        """The events of the turn that answered `message_id`, or None when no such turn was kept."""
        return await asyncio.to_thread(self._turn, sender_id, message_id)

    def _retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        remembered = self._remembered.pop(sender_id, None)
        with self._engine.connect() as connection:
            if remembered and connection.execute(_EXTENT, {"sender_id": sender_id}).one()[0] == remembered.last_row:
                return remembered.tracker
        rows = self._rows(_SESSION_EVENTS, sender_id)
        return self._tracker(sender_id, rows) if rows else None

    def _rows(self, statement: Any, sender_id: str) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(statement, {"sender_id": sender_id}))

    def _tracker(self, sender_id: str, rows: Sequence[Any]) -> DialogueStateTracker:
        events = [event for row in rows for event in self._cipher.open(bytes(row.events))]
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)

    def _save(self, tracker: DialogueStateTracker) -> None:
        with self._engine.begin() as connection:
            last_row, kept = connection.execute(_EXTENT, {"sender_id": tracker.sender_id}).one()
            new = list(itertools.islice(tracker.events, kept, None))
            if new:
                last_row = connection.execute(_INSERT, self._row(tracker.sender_id, new)).scalar_one()
        self._remember(tracker, last_row)

    def _row(self, sender_id: str, events: Sequence[Event]) -> dict[str, Any]:
        said = [event for event in events if isinstance(event, UserUttered)]
        return {
            "sender_id": sender_id,
            "message_id": said[0].message_id if said else None,
            "starts_session": any(isinstance(event, SessionStarted) for event in events),
            "event_count": len(events),
            "events": self._cipher.seal([event.as_dict() for event in events]),
        }

    def _remember(self, tracker: DialogueStateTracker, last_row: int) -> None:
        """Keep the tracker at hand while it holds exactly the session that the database would give back."""
        self._remembered.pop(tracker.sender_id, None)
        if sum(isinstance(event, SessionStarted) for event in tracker.events) > 1:
            return
        self._remembered[tracker.sender_id] = _Remembered(tracker, last_row)
        while len(self._remembered) > MOST_REMEMBERED:
            self._remembered.popitem(last=False)

    def _senders(self) -> list[str]:
        with self._engine.connect() as connection:
            return [row.sender_id for row in connection.execute(_SENDERS)]

    def _turn(self, sender_id: str, message_id: str) -> list[dict[str, Any]] | None:
        with self._engine.connect() as connection:
            row = connection.execute(_TURN, {"sender_id": sender_id, "message_id": message_id}).first()
        return None if row is None else self._cipher.open(bytes(row.events))
