"""Whom a thread is about: the person whose invitation went to its contact point, where that is one alone."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from conversations.thread import Thread
from outreach.message import Message, MessageKind, MessageMember, MessageState
from roster.campaign import TAKES_ANSWERS, Campaign
from roster.claim import Claim, ClaimState
from roster.contact import ContactPoint, PersonContact

_WENT_OUT = (MessageState.CLAIMED, MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNKNOWN)
_NO_LONGER = (ClaimState.WITHDRAWN, ClaimState.REJECTED, ClaimState.NEEDS_CORRECTION)


def tie_to_invited(session: Session, thread: Thread) -> None:
    """Tie `thread` to the one invited person whose survey is still open; several, or none, tie nobody."""
    waiting = invited_and_waiting(session, thread.contact_id)
    if len(waiting) == 1:
        thread.person_id, thread.commune_code = waiting[0]
    elif len(waiting) > 1:
        communes = {commune for _, commune in waiting}
        thread.person_id, thread.commune_code = None, communes.pop() if len(communes) == 1 else None


def invited_and_waiting(session: Session, contact_id: UUID) -> list[tuple[UUID, str]]:
    """(person, commune) of everyone invited on `contact_id`, or on the phone that its holder has shared, in a running
    campaign who has not declared yet; of a household everybody whom its one message named."""
    shared = select(ContactPoint.same_as).where(ContactPoint.id == contact_id, ContactPoint.same_as.is_not(None))
    went = [or_(Message.contact_id == contact_id, Message.contact_id.in_(shared)), Message.state.in_(_WENT_OUT)]
    written = (Message.contact_id, Message.campaign_id)
    alone = select(Message.person_id, *written).where(*went, Message.kind == MessageKind.WAVE)
    together = (
        select(MessageMember.person_id, *written)
        .join(Message, Message.id == MessageMember.message_id)
        .where(*went, MessageMember.reason.is_(None))
    )
    invited = alone.union_all(together).subquery()
    declared = exists().where(
        Claim.person_id == invited.c.person_id,
        Claim.campaign_id == invited.c.campaign_id,
        Claim.state.not_in(_NO_LONGER),
    )
    rows = session.execute(
        select(invited.c.person_id, PersonContact.commune_code)
        .join(Campaign, Campaign.id == invited.c.campaign_id)
        .join(
            PersonContact,
            (PersonContact.person_id == invited.c.person_id) & (PersonContact.contact_id == invited.c.contact_id),
        )
        .where(Campaign.state.in_(TAKES_ANSWERS), PersonContact.unlinked_at.is_(None), ~declared)
        .distinct()
    )
    return [(person_id, commune) for person_id, commune in rows]
