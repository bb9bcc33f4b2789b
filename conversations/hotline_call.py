"""Calls to the hotline as the exchange tells them, taken in once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

import roster.contact  # noqa: F401  # the table of a foreign key
from core.orm import Base, BigKey


class CallKind(StrEnum):
    """How a call went. Answered ones are not kept: whoever answered has dealt with it."""

    MISSED = "missed"
    HANGUP_BEFORE = "hangup_before"
    """The caller hung up before it could ring through ("nháy máy"): it costs nothing, and means "call me"."""


class HotlineCall(Base):
    """One call that nobody took. The public door puts it in; a worker makes a follow-up of it."""

    __tablename__ = "hotline_call"
    __table_args__ = (Index("ix_hotline_call_waiting", "id", postgresql_where=text("handled_at IS NULL")),)

    id: Mapped[BigKey]
    call_id: Mapped[str] = mapped_column(String(128), unique=True)
    """The exchange's own."""
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact_point.id"), index=True)
    commune_code: Mapped[str | None] = mapped_column(String(8))
    """Filled in by the worker, with the task's."""
    hotline: Mapped[str] = mapped_column(String(20))
    """The number that was called, in 0… form where it is one of ours."""
    kind: Mapped[CallKind]
    called_at: Mapped[datetime]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
