"""Who is reached over which phone, and who is not and why."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from core.database import transaction
from outreach.audience import Audience
from outreach.looking import members
from outreach.members import Member
from outreach.reach import Aim
from outreach.reasons import Reason
from outreach.step import StepKind
from roster.contact import Holder
from roster.survey.draft import DraftState
from tests.outreach.office import COMMUNE, OTHER_COMMUNE, Office, new_phone

LANDLINE = "02438340000"


def everybody(office: Office, audience: Audience | None = None) -> dict[UUID, Member]:
    with transaction() as session:
        aim = Aim(office.campaign_id, StepKind.INVITATION, audience or Audience(), office.clock.now())
        return {member.person_id: member for member in members(session, aim)}


def test_the_first_phone_that_can_be_written_to(office: Office) -> None:
    first, second = new_phone(), new_phone()
    both = office.person(first, second)
    after_landline = office.person(LANDLINE, second)
    first_has_stopped = office.person(first, second)
    office.campaign()
    assert everybody(office)[both].phone is not None
    assert everybody(office)[both].phone.contact_id == office.contact(first)  # type: ignore[union-attr]
    assert everybody(office)[after_landline].phone.contact_id == office.contact(second)  # type: ignore[union-attr]
    office.stop(first)
    assert everybody(office)[first_has_stopped].phone.contact_id == office.contact(second)  # type: ignore[union-attr]


def test_who_cannot_be_reached_and_why(office: Office) -> None:
    stopped = new_phone()
    people = {
        Reason.NO_PHONE: office.person(),
        Reason.NO_MOBILE: office.person(LANDLINE),
        Reason.STOPPED: office.person(stopped),
        Reason.DECEASED: office.person(new_phone()),
        Reason.PAUSED: office.person(new_phone()),
    }
    wrong_number = office.person(new_phone())
    office.campaign()
    office.stop(stopped)
    office.unlink(wrong_number)
    office.change_person(people[Reason.DECEASED], deceased_at=office.clock.now())
    office.change_person(people[Reason.PAUSED], paused_at=office.clock.now())
    found = everybody(office)
    assert {reason: found[person].unreachable for reason, person in people.items()} == {r: r for r in people}
    assert found[wrong_number].unreachable is Reason.NO_PHONE
    assert all(member.phone is None for member in found.values())


def test_a_stop_on_the_persons_own_phone_speaks_for_the_person(office: Office) -> None:
    own = new_phone()
    person = office.person(own, new_phone(), holder=Holder.SELF)
    office.campaign()
    office.stop(own)
    assert everybody(office)[person].unreachable is Reason.STOPPED


def test_communes_and_categories(office: Office) -> None:
    here = office.person(new_phone())
    elsewhere = office.person(new_phone(), commune=OTHER_COMMUNE)
    meritorious = office.person(new_phone(), category="meritorious")
    office.campaign()
    assert set(everybody(office)) == {here, elsewhere, meritorious}
    assert set(everybody(office, Audience(communes=(OTHER_COMMUNE,)))) == {elsewhere}
    assert set(everybody(office, Audience(communes=(COMMUNE,), categories=("meritorious",)))) == {meritorious}


def test_whoever_has_answered_is_left_out_of_this_campaign_alone(office: Office) -> None:
    phone = new_phone()
    begun, declared, waiting = office.person(phone), office.person(phone), office.person(phone)
    office.campaign()
    office.draft(begun, phone, idle=timedelta(hours=1))
    office.declare(declared, office.draft(declared, phone, idle=timedelta(hours=1), state=DraftState.DECLARED))
    assert set(everybody(office)) == {waiting}
    office.campaign()
    assert set(everybody(office)) == {begun, declared, waiting}
