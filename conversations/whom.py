"""Whom a thread is about: the person whose invitation went to its contact point, where that is one alone."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from conversations.thread import Thread
from outreach.message import Message, MessageKind, MessageState
from roster.campaign import Campaign, CampaignState
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
    campaign who has not declared yet."""
    shared = select(ContactPoint.same_as).where(ContactPoint.id == contact_id, ContactPoint.same_as.is_not(None))
    declared = exists().where(
        Claim.person_id == Message.person_id,
        Claim.campaign_id == Message.campaign_id,
        Claim.state.not_in(_NO_LONGER),
    )
    rows = session.execute(
        select(Message.person_id, PersonContact.commune_code)
        .join(Campaign, Campaign.id == Message.campaign_id)
        .join(
            PersonContact,
            (PersonContact.person_id == Message.person_id) & (PersonContact.contact_id == Message.contact_id),
        )
        .where(or_(Message.contact_id == contact_id, Message.contact_id.in_(shared)), Message.kind == MessageKind.WAVE)
        .where(Message.state.in_(_WENT_OUT), Campaign.state == CampaignState.RUNNING)
        .where(PersonContact.unlinked_at.is_(None), ~declared)
        .distinct()
    )
    return [(person_id, commune) for person_id, commune in rows if person_id is not None]
