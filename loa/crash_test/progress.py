"""How far the wave has come, asked of the ledger itself."""

from __future__ import annotations

import asyncio

from sqlalchemy import func, select

from core.database import transaction
from outreach.ledger import state_counts
from outreach.message import Message, MessageState
from outreach.message_states import OPEN

_WAITING = (MessageState.PLANNED, MessageState.HELD)


class Progress:
    """Of a wave to `people`. Questions are asked in a thread: the wires must not wait for them."""

    def __init__(self, people: int) -> None:
        self._people = people

    async def sealed(self) -> bool:
        """Whether everybody has a row."""
        return await asyncio.to_thread(self._rows) >= self._people

    async def done(self) -> float:
        """Of the people, those who wait no more (0 to 1)."""
        waiting = await asyncio.to_thread(_count, _WAITING)
        return 1 - waiting / self._people

    async def ended(self) -> bool:
        """Whether nothing is under way any more."""
        return await asyncio.to_thread(_count, tuple(OPEN)) == 0

    async def told(self) -> str:
        """The rows by state."""
        return await asyncio.to_thread(_told)

    def _rows(self) -> int:
        with transaction() as session:
            return session.scalar(select(func.count()).select_from(Message)) or 0


def _count(states: tuple[MessageState, ...]) -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).where(Message.state.in_(states))) or 0


def _told() -> str:
    with transaction() as session:
        return ", ".join(f"{state} {count}" for state, count in state_counts(session).items() if count)
