"""Drafts: every answered question, saved at once, so that a conversation goes on where it was."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

import roster.campaign  # the table of a foreign key
import roster.contact  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedJson
from core.orm import Base, UuidKey


class DraftState(StrEnum):
    """Whether a draft still takes answers."""

    OPEN = "open"
    DECLARED = "declared"
    CLOSED = "closed"


class Closing(StrEnum):
    """Why a draft was closed without a declaration."""

    REFUSED_CONSENT = "refused_consent"
    WRONG_NUMBER = "wrong_number"
    DEATH_REPORTED = "death_reported"
    ALREADY_DONE = "already_done"
    STARTED_OVER = "started_over"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CAMPAIGN_OVER = "campaign_over"
    """Nobody finished it, and the campaign has been over for long (`conversations.retention`)."""


class Source(StrEnum):
    """Who writes the answers down."""

    BOT = "bot"
    PHONE = "phone"
    """An officer, on the telephone."""
    VISIT = "visit"
    """An officer, at the person's home."""


class Draft(Base):
    """One person's survey in one thread. The truth; Rasa's slots are rebuilt from it."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("uq_draft_open_per_thread", "thread_id", unique=True, postgresql_where=text("state = 'open'")),
    )

    id: Mapped[UuidKey]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    source: Mapped[Source] = mapped_column(default=Source.BOT)
    staff_id: Mapped[int | None] = mapped_column(BigInteger)
    """The officer who asks and writes down; None for the bot's. With `consent_at`, the record of a spoken consent."""
    thread_id: Mapped[UUID] = mapped_column(index=True)
    """An officer's form has no thread but an id of its own (`roster.survey.form`), so that one alone is open."""
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact_point.id"))
    """None: at home, of somebody who has no phone."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    commune_code: Mapped[str | None] = mapped_column(String(8), ForeignKey("commune.code"))
    invited: Mapped[bool] = mapped_column(default=False)
    """The person was invited on this very contact point."""
    answers: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    """Question id → stored answer. Details sent before consent wait under "_waiting", in the citizen's order."""
    open_question: Mapped[str | None]
    notice: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson)
    """What must be said before the open question is asked: which value was wrong and why."""
    failures: Mapped[int] = mapped_column(default=0)
    state: Mapped[DraftState] = mapped_column(default=DraftState.OPEN)
    closing: Mapped[Closing | None]
    consent_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    last_message_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    """Since when nothing of what was said is kept (`roster.privacy`)."""

    @property
    def person_is_known(self) -> bool:
        """Whether it is beyond doubt whom the survey is about: by the invitation, or an officer has seen to it."""
        return self.invited or self.source is not Source.BOT


WORRY = "faq/is_this_a_scam"
"""The kind of write that a turn leaves behind in which somebody asks whether this is a scam."""


class DraftWrite(Base):
    """An action's write, unique on message and kind: repeating a turn changes nothing."""

    __tablename__ = "draft_write"
    __table_args__ = (
        # How many worry about a scam is asked every few seconds: see `conversations.scam_worries`.
        Index("ix_draft_write_worry", "written_at", postgresql_where=text(f"kind = '{WORRY}'")),
    )

    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    written_at: Mapped[datetime]
