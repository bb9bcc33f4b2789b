"""Audiences kept under a name, to be chosen again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, delete, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.audit import record, staff_actor
from core.orm import Base
from outreach.audience import Audience


class SavedAudience(Base):
    """One audience under its name."""

    __tablename__ = "saved_audience"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    audience: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """`Audience.as_json`."""
    saved_by: Mapped[int | None] = mapped_column(BigInteger)
    saved_at: Mapped[datetime]


def save_audience(session: Session, name: str, audience: Audience, staff_id: int, now: datetime) -> int:
    """Keep `audience` under `name`, in the place of what stood there; the row's id."""
    chosen = audience.as_json()
    kept = {"audience": chosen, "saved_by": staff_id, "saved_at": now}
    row = insert(SavedAudience).values(name=name, **kept)
    put = row.on_conflict_do_update(index_elements=[SavedAudience.name], set_=kept).returning(SavedAudience.id)
    kept_id = session.execute(put).scalar_one()
    record(session, now, staff_actor(staff_id), "audience.saved", f"audience:{name}", after=chosen)
    return kept_id


def forget_audience(session: Session, name: str, staff_id: int, now: datetime) -> None:
    """Keep it no longer; steps planned with it keep their own copy."""
    chosen = saved_audience(session, name)
    if chosen is not None:
        session.execute(delete(SavedAudience).where(SavedAudience.name == name))
        record(session, now, staff_actor(staff_id), "audience.forgotten", f"audience:{name}", before=chosen.as_json())


def saved_audiences(session: Session) -> list[SavedAudience]:
    """All of them, by name."""
    return list(session.scalars(select(SavedAudience).order_by(SavedAudience.name)))


def saved_audience(session: Session, name: str) -> Audience | None:
    """The audience kept under `name`."""
    stored = session.scalar(select(SavedAudience.audience).where(SavedAudience.name == name))
    return None if stored is None else Audience.from_json(stored)
