"""People who share a phone get one message for all, which names each by code, and never somebody it is not for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.database import transaction
from language.codes import group_code
from outreach.delivery_settings import delivery_settings
from outreach.ledger import unbalanced_rows
from outreach.left_out import StepLeftOut
from outreach.message import Message, MessageMember, MessageState
from outreach.reasons import Reason
from roster.contact import Holder, PersonContact
from roster.person import Gender, Person
from tests.outreach.office import OTHER_COMMUNE, Office, new_phone


def messages() -> list[Message]:
    with transaction() as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


def members() -> dict[UUID, str | None]:
    with transaction() as session:
        return dict(session.execute(select(MessageMember.person_id, MessageMember.reason)).all())


def code_of(person: UUID) -> str:
    with transaction() as session:
        return group_code(session.get_one(Person, person).reference)


def couple(office: Office, phone: str, **links: object) -> list[UUID]:
    """Bà Hoa and ông Bình, on one phone; in the order of lists Bình comes first."""
    people = [office.person(phone), office.person(phone, name="Trần Văn Bình")]
    office.change_person(people[1], gender=Gender.MALE)
    with transaction() as session:
        for link in session.scalars(select(PersonContact).where(PersonContact.person_id.in_(people))):
            for name, value in links.items():
                setattr(link, name, value)
    return people


def invite(office: Office) -> None:
    office.campaign()
    office.seal()
    office.send()


def test_one_message_names_both_by_code(office: Office) -> None:
    phone = new_phone()
    hoa, binh = couple(office, phone)
    invite(office)
    [body] = office.texts_to(phone)
    assert f"Ma ho so: {code_of(binh)}, {code_of(hoa)}." in body
    assert "Hoa" not in body and "Binh" not in body
    [message] = messages()
    assert (message.person_id, members()) == (binh, {hoa: None})
    with transaction() as session:
        assert unbalanced_rows(session) == 0


def test_the_roster_names_the_first(office: Office) -> None:
    """The one whose first phone it is comes before the one whose second it is."""
    shared = new_phone()
    second = office.person(new_phone(), shared, name="An Thị An")
    first = office.person(shared, name="Trần Thị Yến")
    office.campaign()
    with transaction() as session:
        own = session.scalars(select(PersonContact).where(PersonContact.person_id == second).order_by("rank")).first()
        assert own is not None
        own.unlinked_at = office.clock.now()
    office.seal()
    assert ([one.person_id for one in messages()], list(members())) == ([first], [second])


@pytest.mark.parametrize(
    ("holder", "confirmed", "said"),
    [
        (Holder.RELATIVE, True, "kinh gui anh/chi (nguoi than cua ong Binh va ba Hoa)."),
        (Holder.RELATIVE, False, "kinh gui anh/chi."),
        (Holder.SELF, True, "kinh gui ong/ba (ong Binh va ba Hoa)."),
        (Holder.UNKNOWN, True, "kinh gui ong/ba."),
    ],
)
def test_names_only_where_the_phone_is_confirmed_as_theirs_or_a_relatives(
    office: Office, holder: Holder, confirmed: bool, said: str
) -> None:
    phone = new_phone()
    couple(office, phone, holder=holder, confirmed_at=office.clock.now() if confirmed else None)
    invite(office)
    [body] = office.texts_to(phone)
    assert said in body, body
    assert ("Hoa" in body) is ("Hoa" in said)


def test_whose_own_phone_it_is_reads_it(office: Office) -> None:
    phone = new_phone()
    hoa = office.person(phone, holder=Holder.SELF, confirmed=True)
    office.person(phone, name="An Văn An", holder=Holder.RELATIVE, confirmed=True)
    office.person(phone, name="Chu Thị Cúc")
    invite(office)
    [body] = office.texts_to(phone)
    assert "kinh gui ba Hoa (cung ba An)." in body
    assert "Cuc" not in body
    assert f"Ma ho so: {code_of(hoa)}, " in body


def dies(office: Office, person: UUID, phone: str) -> None:
    office.change_person(person, deceased_at=office.clock.now())


def is_reported_dead(office: Office, person: UUID, phone: str) -> None:
    office.change_person(person, paused_at=office.clock.now())


def answers(office: Office, person: UUID, phone: str) -> None:
    office.draft(person, phone, idle=timedelta(0))


def is_a_wrong_number(office: Office, person: UUID, phone: str) -> None:
    office.unlink(person)


HAPPENINGS = [
    (dies, Reason.DECEASED),
    (is_reported_dead, Reason.PAUSED),
    (answers, Reason.ANSWERED),
    (is_a_wrong_number, Reason.UNLINKED),
]
type Happening = Callable[[Office, UUID, str], None]


@pytest.mark.parametrize("whom", ["the first", "another"])
@pytest.mark.parametrize(("happens", "reason"), HAPPENINGS)
def test_each_is_looked_at_again_before_the_text_is_made(
    office: Office, happens: Happening, reason: Reason, whom: str
) -> None:
    phone = new_phone()
    hoa, binh = couple(office, phone)
    gone, stays = (binh, hoa) if whom == "the first" else (hoa, binh)
    office.campaign()
    office.seal()
    happens(office, gone, phone)
    office.send()
    [body] = office.texts_to(phone)
    assert code_of(stays) in body and code_of(gone) not in body
    [message] = messages()
    assert (message.person_id, members()) == (stays, {gone: reason})
    with transaction() as session:
        assert unbalanced_rows(session) == 0


@pytest.mark.parametrize(("happens", "reason"), HAPPENINGS)
def test_a_message_for_nobody_is_cancelled(office: Office, happens: Happening, reason: Reason) -> None:
    phone = new_phone()
    hoa, binh = couple(office, phone)
    office.campaign()
    office.seal()
    for person in (hoa, binh):
        happens(office, person, phone)
    office.send()
    assert office.texts_to(phone) == []
    [message] = messages()
    assert (message.state, message.reason, members()) == (MessageState.CANCELLED, reason, {hoa: reason})


def test_stop_is_the_phones_and_so_everybodys(office: Office) -> None:
    phone = new_phone()
    couple(office, phone)
    office.campaign()
    office.seal()
    office.stop(phone)
    office.send()
    assert [(one.state, one.reason) for one in messages()] == [(MessageState.CANCELLED, Reason.STOPPED)]


def test_who_has_stopped_on_a_phone_of_the_own_is_left_out_of_the_household(office: Office) -> None:
    shared, own = new_phone(), new_phone()
    hoa, binh = couple(office, shared)
    office.campaign()
    office.seal()
    with transaction() as session:
        session.add(
            PersonContact(
                person_id=hoa, contact_id=office.contact(own), commune_code="00199", holder=Holder.SELF, rank=1
            )
        )
    office.stop(own)
    office.send()
    [body] = office.texts_to(shared)
    assert code_of(binh) in body and code_of(hoa) not in body
    assert members() == {hoa: Reason.STOPPED}


def test_a_text_tried_again_stays_unless_somebody_is_meant_no_more(office: Office) -> None:
    phone = new_phone()
    hoa, binh = couple(office, phone)
    office.campaign()
    office.seal()
    office.stand_in.fault("rate_limited", count=2)
    office.send()
    [first] = messages()
    assert first.body is not None and first.state is MessageState.PLANNED
    office.clock.advance(timedelta(seconds=31))
    office.change_campaign(facts={"phone": "024 9999 9999"})
    office.send()
    assert messages()[0].body == first.body
    office.clock.advance(timedelta(minutes=3))
    dies(office, hoa, phone)
    office.send()
    [body] = office.texts_to(phone)
    assert code_of(binh) in body and code_of(hoa) not in body


def test_every_office_speaks_for_its_own_people(office: Office) -> None:
    phone = new_phone()
    here, there = office.person(phone), office.person(phone, commune=OTHER_COMMUNE)
    invite(office)
    assert {one.person_id for one in messages()} == {here, there}
    bodies = office.texts_to(phone)
    assert len(bodies) == 2
    assert {code_of(here) in body for body in bodies} == {True, False}


def test_a_phone_noted_for_too_many_is_nobodys(office: Office) -> None:
    most = delivery_settings().most_people_a_phone
    together, crowd = new_phone(), new_phone()
    for _ in range(most):
        office.person(together)
    for _ in range(most + 1):
        office.person(crowd)
    invite(office)
    [body] = office.texts_to(together)
    assert body.count(", ") >= most - 1
    assert office.texts_to(crowd) == []
    with transaction() as session:
        reasons = session.scalars(select(StepLeftOut.reason)).all()
        assert reasons == [Reason.SHARED_BY_MANY] * (most + 1)
        assert unbalanced_rows(session) == 0


def test_nobody_gets_the_same_over_two_phones(office: Office) -> None:
    first, second = new_phone(), new_phone()
    for _ in range(2):
        office.person(first, second)
    invite(office)
    assert (len(office.texts_to(first)), office.texts_to(second)) == (1, [])
