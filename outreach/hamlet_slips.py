"""Slips for the heads of hamlets and residents' groups beside a wave: who of its people has not answered, or cannot be
reached, by neighbourhood. A slip knows a name and a code: no category, no account, no phone (issue 5).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from outreach.left_out import StepLeftOut
from outreach.message import Message, MessageMember
from outreach.not_reached import not_reached
from outreach.step import Step
from roster.person import Person
from roster.visiting.choosing import ToVisit, areas_of, of_area, to_visit
from roster.visiting.visit_list import VisitReason

_UNREACHED = (VisitReason.NO_PHONE, VisitReason.NOT_REACHED)


@dataclass(frozen=True)
class Slip:
    """One person. unreached: no message gets there, so the head is the only way."""

    full_name: str
    reference: str
    unreached: bool


@dataclass(frozen=True)
class Neighbourhood:
    """The slips of one hamlet or group, in the order one walks. name: as addresses write it, "" where they do not."""

    name: str
    slips: tuple[Slip, ...]


def waiting_for(session: Session, step: Step, commune_code: str) -> list[ToVisit]:
    """The people of the step, in one commune, who should answer and have not, in the order one walks."""
    of_step = set(session.scalars(_people_of(step.id, commune_code)))
    people = to_visit(session, step.campaign_id, commune_code, not_reached(step.campaign_id))
    return [one for one in people if one.person_id in of_step]


def slips_of(session: Session, people: Collection[ToVisit]) -> list[Neighbourhood]:
    """The slips for `people` (`waiting_for`), by neighbourhood."""
    known = {one.id: one for one in session.scalars(select(Person).where(Person.id.in_([p.person_id for p in people])))}
    return [
        Neighbourhood(area.name, tuple(_slip(known[one.person_id], one) for one in of_area(people, area.name)))
        for area in areas_of(people)
    ]


def _people_of(step_id: int, commune_code: str) -> Select[UUID]:
    """Everybody for whom the step's audience was sealed: written to, alone or with a household, or left out."""
    tables = (Message, MessageMember, StepLeftOut)
    everybody = [
        select(table.person_id).where(table.step_id == step_id, table.commune_code == commune_code) for table in tables
    ]
    known = everybody[0].union(*everybody[1:]).subquery()
    return select(known.c[0]).where(known.c[0].is_not(None))


def _slip(person: Person, of: ToVisit) -> Slip:
    return Slip(person.full_name, person.reference, of.reason in _UNREACHED)
