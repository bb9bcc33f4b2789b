"""A commune's own words for the loudspeaker, in the place of those made for it: who changed them, and when.

They are held to the gate of every text. What stood before is in the audit log.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

import outreach.step  # noqa: F401  # the table of a foreign key
from core.audit import record, staff_actor
from core.orm import Base
from outreach.loudspeaker import read_as_written
from outreach.templates import CampaignWords


class LoudspeakerText(Base):
    """What one commune reads out beside a step. `text`: None where the made words were taken back."""

    __tablename__ = "loudspeaker_text"

    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), primary_key=True)
    commune_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    text: Mapped[str | None]
    changed_by: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[datetime]


class ReadOutRefused(ValueError):
    """The words may not be read out; `str()` says why, a line for each fault."""


def own_texts(session: Session, step_id: int) -> dict[str, LoudspeakerText]:
    """The words that communes in sight have of their own, by the commune's code."""
    wanted = select(LoudspeakerText).where(LoudspeakerText.step_id == step_id, LoudspeakerText.text.is_not(None))
    return {one.commune_code: one for one in session.scalars(wanted)}


def read_out_instead(
    session: Session, step_id: int, commune_code: str, text: str, words: CampaignWords, staff_id: int, now: datetime
) -> None:
    """Let the commune read out `text`. `words`: the commune's. Raises ReadOutRefused for what the gate finds."""
    if found := read_as_written(text, words).findings:
        raise ReadOutRefused("\n".join(map(str, found)))
    _keep(session, step_id, commune_code, text, staff_id, now)


def read_out_as_made(session: Session, step_id: int, commune_code: str, staff_id: int, now: datetime) -> None:
    """Let the commune read out the made words again."""
    _keep(session, step_id, commune_code, None, staff_id, now)


def _keep(session: Session, step_id: int, commune_code: str, text: str | None, staff_id: int, now: datetime) -> None:
    kept = session.get(LoudspeakerText, (step_id, commune_code), with_for_update=True)
    before = kept.text if kept else None
    if before == text:
        return
    if kept is None:
        kept = LoudspeakerText(step_id=step_id, commune_code=commune_code)
        session.add(kept)
    kept.text, kept.changed_by, kept.changed_at = text, staff_id, now
    record(
        session,
        now,
        staff_actor(staff_id),
        "loudspeaker.changed" if text else "loudspeaker.as_made",
        f"step:{step_id}",
        commune_code=commune_code,
        before={"text": before} if before else {},
        after={"text": text} if text else {},
    )
