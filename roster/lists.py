"""The lists of step 4: who belongs to which outcome group of a campaign, per commune (`shared/dialogue.md`).

Everybody is on exactly one list. In this order: a person whose death was reported is for an officer; a standing claim
decides; then whoever an officer has something to do for; the rest have not answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, false, func, select
from sqlalchemy.orm import Session

from roster.claim import Claim
from roster.claim_states import STANDING
from roster.commune import Commune
from roster.list_rows import ListRow, by_commune_and_name, first_phones, row_of, standing_claims
from roster.person import Person
from roster.survey.outcome import OutcomeGroup

type PersonIds = Collection[UUID] | Select[UUID]
"""Persons named by rooms above this one: a collection, or a query that the database runs itself."""

_AT_ONCE = 500


@dataclass(frozen=True)
class Scope:
    """Which people a list speaks of.

    communes: their codes, None for all that the session sees. invited: who was invited; None takes everybody on the
    roster, so that those without a phone are on list E too. for_officers: with whom an officer has something to do.
    """

    campaign_id: int
    communes: Collection[str] | None = None
    invited: PersonIds | None = None
    for_officers: PersonIds = ()


def list_rows(session: Session, scope: Scope, groups: Collection[OutcomeGroup]) -> Iterator[ListRow]:
    """The people of `groups`, by commune and given name, read as they are taken."""
    query, group = _people(scope)
    wanted = query.where(group.in_([one.value for one in groups]))
    found = session.execute(wanted.execution_options(yield_per=_AT_ONCE, stream_results=True))
    for batch in batched(found, _AT_ONCE):
        yield from _as_rows(session, batch)


def list_page(session: Session, scope: Scope, group: OutcomeGroup, before: int, count: int) -> list[ListRow]:
    """The `count` people of the list of `group` after the first `before`, in the order of `list_rows`."""
    ids = session.scalars(_ids(scope, group).offset(before).limit(count)).all()
    query, _ = _people(scope)
    return list(_as_rows(session, session.execute(query.where(Person.id.in_(ids))).all()))


def count_groups(session: Session, scope: Scope) -> dict[OutcomeGroup, int]:
    """How many people are on each list now; groups without anybody are 0."""
    query, group = _people(scope)
    letters = query.with_only_columns(group.label("letter")).order_by(None).subquery()
    counted = session.execute(select(letters.c.letter, func.count()).group_by(letters.c.letter))
    counts = {letter: number for letter, number in counted if letter is not None}
    return {one: counts.get(one.value, 0) for one in OutcomeGroup}


def _as_rows(session: Session, found: Sequence[Any]) -> Iterator[ListRow]:
    phones = first_phones(session, [row.Person.id for row in found])
    for person, claim, commune, letter in found:
        yield row_of(person, claim, commune, OutcomeGroup(letter), phones.get(person.id))


def _ids(scope: Scope, group: OutcomeGroup) -> Select[UUID]:
    """Who is on one list, in its order. List E holds nearly everybody at first: it is said in conditions that let
    PostgreSQL walk along the index of the order and stop, where the `CASE` of `_group` has to be worked out for all."""
    if group is not OutcomeGroup.NO_ANSWER:
        query, letter = _people(scope)
        return query.with_only_columns(Person.id).where(letter == group.value)
    claimed = (Claim.person_id == Person.id) & (Claim.campaign_id == scope.campaign_id) & Claim.state.in_(STANDING)
    query = (
        select(Person.id)
        .join(Commune, Commune.code == Person.commune_code)
        .where(Person.paused_at.is_(None), Person.deceased_at.is_(None))
        .where(~exists().where(claimed), ~_among(scope.for_officers))
        .order_by(*by_commune_and_name())
    )
    if scope.invited is not None:
        query = query.where(_among(scope.invited))
    return query if scope.communes is None else query.where(Person.commune_code.in_(scope.communes))


def _people(scope: Scope) -> tuple[Select[Any], ColumnElement[str]]:
    """Persons with their claim and commune, and the expression that says which group each is in."""
    newest = standing_claims(scope.campaign_id)
    group = _group(scope)
    query = (
        select(Person, Claim, Commune, group)
        .join(Commune, Commune.code == Person.commune_code)
        .outerjoin(newest, newest.c.person_id == Person.id)
        .outerjoin(Claim, Claim.id == newest.c.id)
        .order_by(*by_commune_and_name())
    )
    if scope.communes is not None:
        query = query.where(Person.commune_code.in_(scope.communes))
    return query, group


def _group(scope: Scope) -> ColumnElement[Any]:
    """The dead are on no list, but for what an officer still has to do for them."""
    named = _among(scope.for_officers)
    invited = Person.deceased_at.is_(None) if scope.invited is None else _among(scope.invited)
    return case(
        (Person.paused_at.is_not(None), OutcomeGroup.OFFICER.value),
        (Person.deceased_at.is_not(None) & (Claim.id.is_not(None) | named), OutcomeGroup.OFFICER.value),
        (Person.deceased_at.is_not(None), None),
        (Claim.id.is_not(None), Claim.outcome_group),
        (named, OutcomeGroup.OFFICER.value),
        (invited, OutcomeGroup.NO_ANSWER.value),
        else_=None,
    )


def _among(people: PersonIds) -> ColumnElement[bool]:
    if isinstance(people, Select):
        return Person.id.in_(people)
    return Person.id.in_(people) if people else false()
