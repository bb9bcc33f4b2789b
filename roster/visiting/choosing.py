"""Whom somebody should go and see: people of one commune whose survey is open and whom no message brings further."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, select
from sqlalchemy.orm import Session, aliased

from roster.claim import Claim
from roster.claim_states import STANDING
from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.matching_police.match_file import MatchRow
from roster.matching_police.results import NEEDS_A_VISIT
from roster.person import Person
from roster.survey.draft import Closing, Draft, DraftState
from roster.visiting.visit_list import VisitReason
from roster.visiting.walking import Door, door_of

_SAID_ENOUGH = (Closing.REFUSED_CONSENT, Closing.ALREADY_DONE, Closing.DEATH_REPORTED, Closing.CONSENT_WITHDRAWN)
"""Who ended the survey so is not asked again at the door."""


@dataclass(frozen=True)
class ToVisit:
    """One person, why somebody should go there, and where."""

    person_id: UUID
    reason: VisitReason
    door: Door


@dataclass(frozen=True)
class Area:
    """One neighbourhood as its addresses mostly write it, and how many people of it are to be visited."""

    name: str
    people: int


def to_visit(
    session: Session,
    campaign_id: int,
    commune_code: str,
    not_reached: Select[UUID],
    reasons: Collection[VisitReason] = tuple(VisitReason),
) -> list[ToVisit]:
    """Everybody of the commune whom `reasons` name, in the order one walks.

    `not_reached`: the people whom messages and calls did not reach, as the room above knows. Left out are the dead,
    those whose death was reported, who took consent back or said stop, and who has answered.
    """
    reason = _reason(campaign_id, not_reached)
    rows = session.execute(
        select(Person.id, Person.address, reason)
        .where(Person.commune_code == commune_code, *_may_be_visited(campaign_id))
        .where(reason.in_([one.value for one in reasons]))
    )
    found = [ToVisit(person_id, VisitReason(why), door_of(address)) for person_id, address, why in rows]
    return sorted(found, key=lambda one: (one.door.walk, str(one.person_id)))


def areas_of(people: Collection[ToVisit]) -> list[Area]:
    """The neighbourhoods among `people`, in their order; who has none stands under ""."""
    counted: dict[object, tuple[str, int]] = {}
    for one in people:
        name, number = counted.get(one.door.area, (one.door.neighbourhood, 0))
        counted[one.door.area] = (name, number + 1)
    return [Area(name, number) for name, number in counted.values()]


def of_area(people: Collection[ToVisit], neighbourhood: str | None) -> list[ToVisit]:
    """Those of one neighbourhood, however their addresses write it; None takes everybody."""
    if neighbourhood is None:
        return list(people)
    area = Door(neighbourhood).area
    return [one for one in people if one.door.area == area]


def _may_be_visited(campaign_id: int) -> list[ColumnElement[bool]]:
    stopped = exists().where(
        PersonContact.person_id == Person.id,
        PersonContact.unlinked_at.is_(None),
        ContactPoint.id == PersonContact.contact_id,
        ContactPoint.stopped_at.is_not(None),
    )
    ended = exists().where(
        Draft.person_id == Person.id, Draft.campaign_id == campaign_id, Draft.closing.in_(_SAID_ENOUGH)
    )
    declared = exists().where(Claim.person_id == Person.id, Claim.campaign_id == campaign_id, Claim.state.in_(STANDING))
    alive = (Person.deceased_at.is_(None), Person.paused_at.is_(None), Person.withdrew_at.is_(None))
    return [*alive, ~stopped, ~ended, ~declared]


def _reason(campaign_id: int, not_reached: Select[UUID]) -> ColumnElement[str]:
    """The first that holds: the police's question weighs most, then that there is no way to write."""
    phone = exists().where(
        PersonContact.person_id == Person.id,
        PersonContact.unlinked_at.is_(None),
        ContactPoint.id == PersonContact.contact_id,
        ContactPoint.kind == ContactKind.PHONE,
    )
    begun = exists().where(
        Draft.person_id == Person.id, Draft.campaign_id == campaign_id, Draft.state == DraftState.OPEN
    )
    return case(
        (_asked_for_by_police(), VisitReason.POLICE.value),
        (~phone, VisitReason.NO_PHONE.value),
        (begun, VisitReason.UNFINISHED.value),
        (Person.id.in_(not_reached), VisitReason.NOT_REACHED.value),
        else_=VisitReason.NO_ANSWER.value,
    )


def _asked_for_by_police() -> ColumnElement[bool]:
    """The latest answer of the police about the person asks for a look."""
    told = aliased(MatchRow)
    newest = (
        select(told.id)
        .where(told.person_id == Person.id, told.result.is_not(None))
        .order_by(told.answered_at.desc(), told.id.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    return exists().where(MatchRow.id == newest, MatchRow.result.in_(NEEDS_A_VISIT))
