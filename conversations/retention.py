"""Nothing is kept longer than the operator's rules say (`roster.privacy.settings`): a tick erases what is over.

A conversation serves the campaign in which it was held: it is kept while one that was there already is open, or has not
been over for as long as words are kept. So everything older than the oldest such campaign, and old enough, goes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, and_, delete, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from conversations.attachment import Attachment, AttachmentState
from conversations.erasing import SETTLED, erase_received, erase_sent, forget
from conversations.escalation import Escalation
from conversations.thread import InboundMessage
from core import audit
from core.database import transaction
from outreach.message import Message
from outreach.ticks import Tick
from roster.campaign import Campaign
from roster.privacy.settings import privacy_settings
from roster.privacy.withdrawing import erase_draft
from roster.returned.returned_file import ReturnedFile, ReturnedState
from roster.returned.staging import discard_returned
from roster.roster_import import ImportRow, ImportState, RosterImport
from roster.survey.draft import Closing, Draft

AT_ONCE = 500
_MOST_BATCHES = 200
"""Of one kind in one tick: the rest has time until the next."""

type Work = Callable[[Session, datetime], int]
"""Erases one batch of what is over at a time, and tells how many rows there were."""


def erase_what_is_over(now: datetime) -> int:
    """Erase everything whose time is over; how many rows."""
    return sum(_all_of(kind, work, now) for kind, work in _WORKS.items())


def horizon(session: Session, now: datetime, kept: timedelta) -> datetime:
    """What was said before this moment is over: it is older than `kept`, and than every campaign that still counts."""
    counts = or_(Campaign.closed_at.is_(None), Campaign.closed_at > now - kept)
    oldest: datetime | None = session.scalar(select(func.min(Campaign.created_at)).where(counts))
    return now - kept if oldest is None else min(now - kept, oldest)


def _all_of(kind: str, work: Work, now: datetime) -> int:
    """Batch by batch, each committed; how many are in the audit log, whose they were is not."""
    erased = 0
    for _ in range(_MOST_BATCHES):
        with transaction() as session:
            rows = work(session, now)
        erased += rows
        if rows < AT_ONCE:
            break
    if erased:
        with transaction() as session:
            audit.record(session, now, audit.SYSTEM, "retention", f"retention:{kind}", after={"rows": erased})
    return erased


def _words(session: Session, now: datetime) -> int:
    before = horizon(session, now, privacy_settings().words_kept)
    over = session.execute(
        select(InboundMessage.id, InboundMessage.thread_id)
        .where(InboundMessage.erased_at.is_(None), InboundMessage.handled_at.is_not(None))
        .where(InboundMessage.received_at < before, ~_with_an_officer(InboundMessage.thread_id))
        .order_by(InboundMessage.id)
        .limit(AT_ONCE)
    ).all()
    erase_received(session, [row.id for row in over], now)
    forget(session, list({row.thread_id for row in over}))
    return len(over)


def _texts(session: Session, now: datetime) -> int:
    before = horizon(session, now, privacy_settings().words_kept)
    over = session.scalars(
        select(Message.id)
        .where(Message.state.in_(SETTLED), or_(Message.body.is_not(None), Message.template.is_not(None)))
        .where(Message.created_at < before, ~_with_an_officer(Message.thread_id))
        .order_by(Message.id)
        .limit(AT_ONCE)
    ).all()
    erase_sent(session, over)
    return len(over)


def _attachments(session: Session, now: datetime) -> int:
    before = horizon(session, now, privacy_settings().attachments_kept)
    over = session.scalars(
        select(Attachment)
        .where(Attachment.state.in_((AttachmentState.KEPT, AttachmentState.LOST)), Attachment.received_at < before)
        .order_by(Attachment.id)
        .limit(AT_ONCE)
    ).all()
    for one in over:
        one.content, one.reference, one.state, one.changed_at = None, None, AttachmentState.ERASED, now
    return len(over)


def _summaries(session: Session, now: datetime) -> int:
    before = horizon(session, now, privacy_settings().words_kept)
    over = session.scalars(
        select(Escalation)
        .where(Escalation.closed_at < before, Escalation.erased_at.is_(None))
        .order_by(Escalation.id)
        .limit(AT_ONCE)
    ).all()
    for one in over:
        one.summary, one.hand_note, one.closing_note, one.erased_at = "", None, None, now
    return len(over)


def _drafts(session: Session, now: datetime) -> int:
    over = session.scalars(
        select(Draft)
        .join(Campaign, Campaign.id == Draft.campaign_id)
        .where(Campaign.closed_at < now - privacy_settings().drafts_kept, Draft.erased_at.is_(None))
        .limit(AT_ONCE)
    ).all()
    for draft in over:
        erase_draft(draft, Closing.CAMPAIGN_OVER, now)
    return len(over)


def _imports(session: Session, now: datetime) -> int:
    before = now - privacy_settings().imports_kept
    ended = or_(
        and_(RosterImport.state == ImportState.MERGED, RosterImport.merged_at < before),
        and_(RosterImport.state == ImportState.DISCARDED, RosterImport.staged_at < before),
    )
    over = select(ImportRow.id).join(RosterImport, RosterImport.id == ImportRow.import_id).where(ended).limit(AT_ONCE)
    gone: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]  # a DELETE gives no other
        delete(ImportRow).where(ImportRow.id.in_(over))
    )
    return gone.rowcount


def _returned(session: Session, now: datetime) -> int:
    """Files that came back and that nobody brought in: `discard_returned` audits each."""
    before = now - privacy_settings().returned_kept
    over = session.scalars(
        select(ReturnedFile.id)
        .where(ReturnedFile.state == ReturnedState.STAGED, ReturnedFile.staged_at < before)
        .order_by(ReturnedFile.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for file_id in over:
        discard_returned(session, file_id, None, now)
    return len(over)


def _with_an_officer(
    thread_id: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None],
) -> ColumnElement[bool]:
    """SQL: an officer still has something to do in the talk."""
    return select(Escalation.id).where(Escalation.thread_id == thread_id, Escalation.closed_at.is_(None)).exists()


_WORKS: dict[str, Work] = {
    "words": _words,
    "texts": _texts,
    "attachments": _attachments,
    "summaries": _summaries,
    "drafts": _drafts,
    "imports": _imports,
    "returned": _returned,
}

RETENTION = Tick("retention", 3600, erase_what_is_over)
