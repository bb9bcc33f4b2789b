"""What belongs to a claim follows it to its commune once somebody has said whose it is."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from conversations.thread import InboundMessage, Thread
from outreach.message import Message
from roster.claim import Claim
from roster.survey.draft import Draft


def hand_to_commune(session: Session, claim: Claim) -> None:
    """Let the commune's officers see the draft and the conversation in which a tied claim was made.

    Only rows of no commune are given away; `session` must see those.
    """
    draft = session.get(Draft, claim.draft_id)
    if draft is None or claim.commune_code is None:
        return
    draft.commune_code = draft.commune_code or claim.commune_code
    _give_thread(session, draft.thread_id, claim)


def _give_thread(session: Session, thread_id: UUID, claim: Claim) -> None:
    thread = session.get(Thread, thread_id)
    if thread is None or thread.commune_code not in (None, claim.commune_code):
        return
    thread.person_id, thread.commune_code = thread.person_id or claim.person_id, claim.commune_code
    for table in (InboundMessage, Message):
        rows = update(table).where(table.thread_id == thread_id, table.commune_code.is_(None))
        session.execute(rows.values(commune_code=claim.commune_code))
