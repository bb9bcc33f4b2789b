"""Keeping what a citizen sent besides words: noted at the door, fetched by a worker, shown to officers alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.attachment import Attachment, AttachmentState
from conversations.thread import Channel, InboundMessage, Thread
from core.clock import now
from core.database import Role, transaction
from core.inserting import insert_once
from core.jobs import jobs
from core.logs import logger
from outreach.channels.provider import Media, MediaAway, MediaGone
from outreach.channels.registry import NoAccount, provider_named

FETCH, QUEUE = "conversations.fetch_attachments", "default"
MOST_TRIES = 6
_PAUSE = timedelta(minutes=1)
_AT_ONCE = 20

PROVIDER_OF = {Channel.SMS: "twilio", Channel.ZALO: "zalo", Channel.TELEGRAM: "telegram"}
"""Who hands out a channel's pictures. Domestic SMS carries none."""
SHOWN_AS = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "audio/mpeg", "audio/ogg", "audio/mp4"})
"""What a browser may be told it gets; anything else is only offered for keeping."""


def note_attachment(
    session: Session,
    channel: Channel,
    provider_message_id: str,
    reference: str | None,
    brought: Media | None,
    at: datetime,
) -> None:
    """Note, in the door's transaction, that the message just inserted came with something. A tick has it fetched."""
    insert_once(
        session,
        Attachment,
        channel=channel.value,
        provider_message_id=provider_message_id,
        reference=reference,
        state=AttachmentState.KEPT if brought else AttachmentState.WAITING,
        content=brought.content if brought else None,
        content_type=brought.content_type if brought else None,
        tries=0,
        received_at=at,
        changed_at=at,
    )


@jobs.task(name=FETCH, queue=QUEUE)
def fetch_attachments() -> None:
    """Fetch what waits."""
    fetch_waiting(now())


def fetch_waiting(at: datetime) -> int:
    """Fetch the attachments whose turn it is at `at`, each in a transaction of its own; how many were kept."""
    with transaction(Role.WORKER) as session:
        waiting = _due(session, at)
    return sum(_fetch(attachment_id) for attachment_id in waiting)


def attachments_waiting(session: Session, at: datetime) -> bool:
    """Whether there is something to fetch at `at`."""
    return bool(_due(session, at))


def tie_attachment(session: Session, message: InboundMessage, thread: Thread) -> None:
    """Say which message an attachment belongs to, and whose commune may see it."""
    found = session.scalars(
        select(Attachment).where(
            Attachment.channel == message.channel.value, Attachment.provider_message_id == message.provider_message_id
        )
    ).one_or_none()
    if found is not None:
        found.message_id, found.commune_code = message.id, thread.commune_code


def _due(session: Session, at: datetime) -> list[int]:
    rows = session.execute(
        select(Attachment.id, Attachment.tries, Attachment.changed_at)
        .where(Attachment.state == AttachmentState.WAITING)
        .order_by(Attachment.id)
    )
    ready = [row.id for row in rows if row.tries == 0 or row.changed_at + _PAUSE * 2**row.tries <= at]
    return ready[:_AT_ONCE]


def _fetch(attachment_id: int) -> bool:
    with transaction(Role.WORKER) as session:
        attachment = session.scalars(
            select(Attachment)
            .where(Attachment.id == attachment_id, Attachment.state == AttachmentState.WAITING)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        if attachment is None:
            return False
        attachment.tries += 1
        attachment.changed_at = now()
        try:
            media = provider_named(PROVIDER_OF[Channel(attachment.channel)]).fetch_media(attachment.reference or "")
        except MediaAway as error:
            logger("attachments").warning("away", attachment=attachment_id, reason=str(error))
            if attachment.tries >= MOST_TRIES:
                attachment.state = AttachmentState.LOST
            return False
        except (MediaGone, NoAccount, KeyError) as error:
            logger("attachments").warning("gone", attachment=attachment_id, reason=type(error).__name__)
            attachment.state, attachment.reference = AttachmentState.LOST, None
            return False
        attachment.content, attachment.content_type = media.content, media.content_type
        attachment.state, attachment.reference = AttachmentState.KEPT, None
        return True
