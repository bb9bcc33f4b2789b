"""What a manager can choose people by, each as a condition in the database; and what is kept of a choice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.database import transaction
from outreach.audience import Audience, AudienceRefused, ReachedBy, Survey
from outreach.saved_audience import save_audience, saved_audience, saved_audiences
from roster.claim import Claim, ClaimState
from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.people import whole_years
from roster.person import Person
from roster.survey.draft import DraftState
from tests.outreach.office import COMMUNE, PLANNER, Office, new_phone

TODAY = date(2026, 11, 10)


def chosen(office: Office, **limits: Any) -> set[UUID]:
    with transaction() as session:
        conditions = Audience(**limits).conditions(office.campaign_id, office.clock.now())
        return set(session.scalars(select(Person.id).where(*conditions)))


BIRTHS = [date(1966, 11, 10), date(1966, 11, 11), date(1946, 11, 10), date(1946, 11, 11), date(2026, 11, 10), None]


@pytest.mark.parametrize(("youngest", "oldest"), [(60, None), (None, 59), (60, 79), (80, None), (0, 0), (None, None)])
def test_age_as_it_is_reckoned_everywhere(office: Office, youngest: int | None, oldest: int | None) -> None:
    people = {}
    for born in BIRTHS:
        for year in (born.year if born else 1966, 1950):
            person = office.person()
            office.change_person(person, birth_date=born, birth_year=year)
            people[person] = whole_years(born, year, TODAY)
    unknown = office.person()
    office.change_person(unknown, birth_year=None)
    expected = {
        person
        for person, years in people.items()
        if years is not None and (youngest or 0) <= years <= (oldest if oldest is not None else 200)
    }
    limited = youngest is not None or oldest is not None
    assert chosen(office, age_from=youngest, age_to=oldest) == (expected if limited else expected | {unknown})


def test_the_29th_of_february_is_a_day_like_any_other(office: Office) -> None:
    office.clock.set(datetime(2028, 2, 29, 3, tzinfo=UTC))
    sixty, almost = office.person(), office.person()
    office.change_person(sixty, birth_date=date(1968, 2, 29))
    office.change_person(almost, birth_date=date(1968, 3, 1))
    assert chosen(office, age_from=60) == {sixty}
    assert chosen(office, age_to=59) == {almost}
    assert chosen(office, age_from=59, age_to=59) == {almost}


def people_of_all_states(office: Office) -> dict[Survey, UUID]:
    office.campaign()
    phone = new_phone()
    people = {state: office.person(phone) for state in Survey}
    office.draft(people[Survey.UNFINISHED], phone, idle=timedelta(hours=1))
    office.draft(people[Survey.ENDED], phone, idle=timedelta(hours=1), state=DraftState.CLOSED)
    office.claim(people[Survey.DECLARED], phone, ClaimState.DECLARED)
    return people


@pytest.mark.parametrize("state", list(Survey))
def test_how_far_the_survey_has_come(office: Office, state: Survey) -> None:
    people = people_of_all_states(office)
    assert chosen(office, survey=(state,)) == {people[state]}


def test_several_states_and_another_campaign(office: Office) -> None:
    people = people_of_all_states(office)
    assert chosen(office, survey=(Survey.UNFINISHED, Survey.ENDED)) == {
        people[Survey.UNFINISHED],
        people[Survey.ENDED],
    }
    office.campaign()
    assert chosen(office, survey=(Survey.NOT_BEGUN,)) == set(people.values())


def test_who_began_again_is_unfinished_not_ended(office: Office) -> None:
    office.campaign()
    phone = new_phone()
    person = office.person(phone)
    office.draft(person, phone, idle=timedelta(days=1), state=DraftState.CLOSED)
    office.draft(person, phone, idle=timedelta(hours=1))
    assert chosen(office, survey=(Survey.ENDED,)) == set()
    assert chosen(office, survey=(Survey.UNFINISHED,)) == {person}


def test_outcome_groups_of_claims_that_stand(office: Office) -> None:
    office.campaign()
    phone = new_phone()
    stands, withdrawn = office.person(phone), office.person(phone)
    office.claim(stands, phone, ClaimState.VERIFIED)
    office.claim(withdrawn, phone, ClaimState.WITHDRAWN)
    assert chosen(office, groups=("D",)) == {stands}
    assert chosen(office, groups=("A", "B")) == set()
    with transaction() as session:
        assert session.scalars(select(Claim.outcome_group)).all() == ["D", "D"]


def account(office: Office, kind: ContactKind, phone: str | None, person: UUID | None = None, **fields: Any) -> None:
    """An account whose holder has shared the phone, or that is linked to the person outright."""
    with transaction() as session:
        made = ContactPoint(
            kind=kind,
            address=f"{kind}-{new_phone()}",
            address_index=new_phone().encode(),
            same_as=office.contact(phone) if phone else None,
            created_at=office.clock.now(),
            **fields,
        )
        session.add(made)
        session.flush()
        if person is not None:
            session.add(PersonContact(person_id=person, contact_id=made.id, commune_code=COMMUNE))


def test_over_what_people_are_reached(office: Office) -> None:
    zalo_phone, landline, stopped, left = new_phone(), "02438340000", new_phone(), new_phone()
    shared = office.person(zalo_phone)
    account(office, ContactKind.ZALO, zalo_phone)
    linked = office.person(landline)
    account(office, ContactKind.TELEGRAM, None, linked)
    quiet, gone, nothing = office.person(stopped), office.person(left), office.person()
    office.stop(stopped)
    account(office, ContactKind.ZALO, left, left_at=office.clock.now())
    assert chosen(office, reach=(ReachedBy.MOBILE,)) == {shared, gone}
    assert chosen(office, reach=(ReachedBy.ZALO,)) == {shared}
    assert chosen(office, reach=(ReachedBy.TELEGRAM,)) == {linked}
    assert chosen(office, reach=(ReachedBy.NOTHING,)) == {quiet, nothing}
    assert chosen(office, reach=(ReachedBy.ZALO, ReachedBy.TELEGRAM)) == {shared, linked}


def test_when_people_were_last_written_to(office: Office) -> None:
    phone = new_phone()
    together = {office.person(phone), office.person(phone)}
    office.campaign(reminder=None)
    office.seal()
    office.send()
    never = office.person(new_phone())
    assert chosen(office, never_written=True) == {never}
    office.clock.advance(timedelta(days=6))
    assert chosen(office, quiet_days=7) == {never}
    office.clock.advance(timedelta(days=2))
    assert chosen(office, quiet_days=7) == {never, *together}


def test_all_limits_hold_together(office: Office) -> None:
    people = people_of_all_states(office)
    elsewhere = office.person(new_phone(), commune="00175")
    assert chosen(office, communes=(COMMUNE,), survey=(Survey.NOT_BEGUN,)) == {people[Survey.NOT_BEGUN]}
    assert elsewhere in chosen(office, survey=(Survey.NOT_BEGUN,))


FULL = Audience(
    communes=(COMMUNE,),
    categories=("meritorious",),
    age_from=60,
    age_to=90,
    groups=("A",),
    survey=(Survey.UNFINISHED,),
    reach=(ReachedBy.ZALO,),
    quiet_days=7,
    never_written=True,
    sample=0.2,
)


@pytest.mark.parametrize("audience", [Audience(), FULL, Audience(age_from=0)])
def test_stored_as_it_was_chosen(audience: Audience) -> None:
    assert Audience.from_json(audience.as_json()) == audience


def test_what_sets_no_limit_is_not_stored() -> None:
    assert Audience().as_json() == {"communes": [], "categories": []}


@pytest.mark.parametrize("stored", [{"survey": ["half"]}, {"reach": ["fax"]}, {"shoe_size": 42}])
def test_a_stored_choice_that_cannot_be_read_is_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(AudienceRefused):
        Audience.from_json(stored)


def test_audiences_are_kept_by_name(office: Office) -> None:
    now = office.clock.now()
    with transaction() as session:
        save_audience(session, "Người cao tuổi", Audience(age_from=60), PLANNER, now)
        save_audience(session, "Có công", FULL, PLANNER, now)
        save_audience(session, "Người cao tuổi", Audience(age_from=80), PLANNER, now)
    with transaction() as session:
        assert [one.name for one in saved_audiences(session)] == ["Có công", "Người cao tuổi"]
        assert saved_audience(session, "Người cao tuổi") == Audience(age_from=80)
        assert saved_audience(session, "Có công") == FULL
        assert saved_audience(session, "khác") is None
