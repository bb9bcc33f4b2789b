"""Pictures, voice messages and files that citizens sent: kept encrypted for the officer (`dialogue.md`, conduct 11)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

import conversations.thread  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedBytes, EncryptedText
from core.orm import Base, BigKey


class AttachmentState(StrEnum):
    """Where an attachment stands."""

    WAITING = "waiting"
    KEPT = "kept"
    LOST = "lost"
    """The provider has it no more, or it was too large."""
    ERASED = "erased"
    """No longer kept (`conversations.erasing`)."""


class Attachment(Base):
    """One picture, voice message or file that came with a message."""

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("channel", "provider_message_id"),
        Index("ix_attachment_waiting", "id", postgresql_where=text("state = 'waiting'")),
    )

    id: Mapped[BigKey]
    channel: Mapped[str] = mapped_column(String(12))
    provider_message_id: Mapped[str]
    """With the channel, the message that it came with."""
    commune_code: Mapped[str | None] = mapped_column(String(8))
    message_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("inbound_message.id"), index=True)
    """Filled in by the worker: the public door may only add rows."""
    reference: Mapped[str | None] = mapped_column(EncryptedText)
    """How the provider hands it out."""
    state: Mapped[AttachmentState] = mapped_column(default=AttachmentState.WAITING)
    content: Mapped[bytes | None] = mapped_column(EncryptedBytes)
    content_type: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime]
    changed_at: Mapped[datetime]
