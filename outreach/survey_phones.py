"""Over which phone a person is reminded: the one on which the survey was begun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.audience import Member, Phone, is_mobile
from outreach.sql_types import AnyRow
from roster.contact import ContactPoint, Holder, PersonContact
from roster.survey.draft import Draft, DraftState


def over_survey_phones(session: Session, members: Sequence[Member], campaign_id: int) -> list[Member]:
    """The members, each with the mobile phone of the open survey; with the invited phone where that is on the web.

    Without a phone where the survey's has said stop or was found to be somebody else's.
    """
    begun = _begun(session, [member.person_id for member in members], campaign_id)
    return [replace(member, phone=_choose(begun[member.person_id], member.phone)) for member in members]


def _begun(session: Session, persons: Sequence[UUID], campaign_id: int) -> dict[UUID, list[AnyRow]]:
    """The contact points of the people's open surveys: the invited ones first, then the latest."""
    rows = session.execute(
        select(
            Draft.person_id.label("person_id"),
            ContactPoint.id,
            ContactPoint.kind,
            ContactPoint.address,
            ContactPoint.stopped_at,
            PersonContact.holder,
            PersonContact.confirmed_at,
            PersonContact.unlinked_at,
        )
        .join(ContactPoint, ContactPoint.id == Draft.contact_id)
        .outerjoin(
            PersonContact,
            (PersonContact.contact_id == Draft.contact_id) & (PersonContact.person_id == Draft.person_id),
        )
        .where(Draft.person_id.in_(persons), Draft.campaign_id == campaign_id, Draft.state == DraftState.OPEN)
        .order_by(Draft.invited.desc(), Draft.last_message_at.desc())
    )
    found: dict[UUID, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _choose(begun: Sequence[AnyRow], invited: Phone | None) -> Phone | None:
    for row in begun:
        if is_mobile(row.kind, row.address):
            if row.stopped_at is not None or row.unlinked_at is not None:
                return None
            return Phone(row.id, row.holder or Holder.UNKNOWN, row.confirmed_at is not None)
    return invited
