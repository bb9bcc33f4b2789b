"""To whom each kind of step goes, when, and that it goes to nobody once its reason is gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.clock import VIETNAM
from core.database import transaction
from outreach.audience import Audience
from outreach.campaign_setup import StepPlan, plan_step
from outreach.left_out import StepLeftOut
from outreach.message import Message, MessageState
from outreach.reasons import Reason
from outreach.releasing import ReleaseRefused, release_step
from outreach.step import Step, StepKind, StepState
from outreach.timing import At, FromOwnStep, FromPayday, FromTet, TimingRefused
from outreach.usual_texts import MONEY_CAME
from roster.campaign import CampaignState
from roster.claim import ClaimState
from roster.survey.draft import Closing, Draft, DraftState
from tests.outreach.office import COMMUNE, FACTS, OTHER_COMMUNE, PLANNER, RELEASER, Office, new_phone

DAY = timedelta(days=1)
BOTH = Audience(communes=(COMMUNE, OTHER_COMMUNE))


def written_to(office: Office, kind: StepKind) -> set[UUID | None]:
    with transaction() as session:
        return set(session.scalars(select(Message.person_id).where(Message.step_id == office.steps[kind])))


def invited(office: Office, count: int, **changes: object) -> list[tuple[UUID, str]]:
    """People who were invited an hour ago, each on a phone of his or her own."""
    phones = [new_phone() for _ in range(count)]
    people = [office.person(phone) for phone in phones]
    office.campaign(reminder=None, **changes)
    office.seal()
    office.send()
    office.clock.advance(timedelta(hours=1))
    return list(zip(people, phones, strict=True))


def now(office: Office) -> At:
    return At(office.clock.now())


def test_the_unanswered_are_those_who_were_invited_and_said_nothing(office: Office) -> None:
    (silent, _), (began, phone), (refused, other), (declared, third) = invited(office, 4)
    office.draft(began, phone, idle=timedelta(0))
    office.draft(refused, other, idle=timedelta(0), state=DraftState.CLOSED)
    office.claim(declared, third, ClaimState.DECLARED)
    never_invited = office.person(new_phone())
    office.step_besides(StepKind.REMINDER_UNANSWERED, now(office))
    assert office.seal() == 1
    assert written_to(office, StepKind.REMINDER_UNANSWERED) == {silent}
    assert never_invited


def test_a_household_counts_as_invited(office: Office) -> None:
    phone = new_phone()
    people = {office.person(phone), office.person(phone)}
    office.campaign(reminder=None)
    office.seal()
    office.send()
    office.clock.advance(timedelta(days=1))
    office.step_besides(StepKind.REMINDER_UNANSWERED, now(office))
    office.seal()
    office.send()
    assert len(written_to(office, StepKind.REMINDER_UNANSWERED)) == 1
    assert len(office.texts_to(phone)) == 2
    assert people


def test_an_invitation_that_has_not_left_is_not_reminded_of(office: Office) -> None:
    office.person(new_phone())
    office.campaign(reminder=None)
    office.seal()
    office.step_besides(StepKind.REMINDER_UNANSWERED, now(office))
    office.seal()
    assert written_to(office, StepKind.REMINDER_UNANSWERED) == set()


def test_the_final_word_goes_to_all_who_have_declared_nothing(office: Office) -> None:
    (silent, _), (idle, phone), (busy, other), (refused, third), (declared, fourth) = invited(office, 5)
    office.draft(idle, phone, idle=2 * DAY)
    office.draft(busy, other, idle=timedelta(hours=1))
    with transaction() as session:
        session.get_one(
            Draft, office.draft(refused, third, idle=2 * DAY, state=DraftState.CLOSED)
        ).closing = Closing.REFUSED_CONSENT
    office.claim(declared, fourth, ClaimState.DECLARED)
    office.step_besides(StepKind.FINAL, now(office))
    office.seal()
    assert written_to(office, StepKind.FINAL) == {silent, idle}


@pytest.mark.parametrize("kind", [StepKind.REMINDER_UNANSWERED, StepKind.FINAL])
def test_whoever_answers_meanwhile_gets_none(office: Office, kind: StepKind) -> None:
    [(person, phone)] = invited(office, 1)
    office.clock.advance(DAY)
    office.step_besides(kind, now(office))
    office.seal()
    office.draft(person, phone, idle=timedelta(0))
    office.send()
    assert (office.message_of(person, kind).state, office.message_of(person, kind).reason) == (
        MessageState.CANCELLED,
        Reason.ANSWERED,
    )


def test_three_days_after_the_own_last_step(office: Office) -> None:
    [(early, _)] = invited(office, 1)
    office.step_besides(StepKind.REMINDER_UNANSWERED, FromOwnStep(3 * DAY))
    late = office.person(new_phone())
    office.clock.advance(DAY)
    with transaction() as session:
        session.get_one(Step, office.steps[StepKind.INVITATION]).state = StepState.RELEASED
    office.seal()
    office.send()
    assert office.roll() == 0
    office.clock.advance(2 * DAY - timedelta(minutes=50))
    assert office.roll() == 1
    assert written_to(office, StepKind.REMINDER_UNANSWERED) == {early}
    assert office.roll() == 0
    office.clock.advance(DAY + timedelta(hours=1))
    assert office.roll() == 1
    assert written_to(office, StepKind.REMINDER_UNANSWERED) == {early, late}
    assert office.step(StepKind.REMINDER_UNANSWERED).state is StepState.RELEASED


def test_a_moment_that_comes_at_night_is_caught_up_in_the_morning(office: Office) -> None:
    office.clock.set(datetime(2026, 11, 10, 20, 10, tzinfo=VIETNAM))
    invited(office, 1)
    office.step_besides(StepKind.REMINDER_UNANSWERED, FromOwnStep(timedelta(hours=6)))
    office.clock.set(datetime(2026, 11, 11, 3, tzinfo=VIETNAM))
    assert office.roll() == 0
    office.clock.set(datetime(2026, 11, 11, 7, 31, tzinfo=VIETNAM))
    assert office.roll() == 1


def test_days_before_tet(office: Office) -> None:
    invited(office, 1)
    office.step_besides(StepKind.FINAL, FromTet(-30))
    assert office.step(StepKind.FINAL).due_at == datetime(2027, 1, 7, 9, tzinfo=VIETNAM)
    assert office.seal() == 0
    office.clock.set(datetime(2027, 1, 7, 9, 1, tzinfo=VIETNAM))
    assert office.seal() == 1
    assert len(written_to(office, StepKind.FINAL)) == 1


def paid(office: Office, state: ClaimState, commune: str = COMMUNE, *, account: bool = True) -> UUID:
    phone = new_phone()
    person = office.person(phone, commune=commune)
    office.claim(person, phone, state, account=account)
    return person


def test_did_the_money_come_is_asked_of_those_whose_account_was_handed_on(office: Office) -> None:
    office.campaign(reminder=None)
    synced = paid(office, ClaimState.SYNCED)
    for state in (ClaimState.DECLARED, ClaimState.APPROVED, ClaimState.PAID_CONFIRMED, ClaimState.RETURNED):
        paid(office, state)
    paid(office, ClaimState.SYNCED, account=False)
    office.step_besides(StepKind.MONEY_CAME, now(office))
    office.seal()
    assert written_to(office, StepKind.MONEY_CAME) == {synced}
    office.send()
    assert "da ve tai khoan chua?" in office.text_of(synced, StepKind.MONEY_CAME)


def test_a_share_of_them_is_asked_and_always_the_same(office: Office) -> None:
    office.campaign(reminder=None)
    for _ in range(60):
        paid(office, ClaimState.SYNCED)
    office.step_besides(StepKind.MONEY_CAME, now(office), audience=Audience(sample=0.3))
    office.seal()
    first = written_to(office, StepKind.MONEY_CAME)
    assert 5 <= len(first) <= 35
    office.step_besides(StepKind.MONEY_CAME, now(office), audience=Audience(sample=0.3))
    office.seal()
    assert written_to(office, StepKind.MONEY_CAME) == first


def test_each_commune_is_asked_after_its_own_payday(office: Office) -> None:
    facts = {**FACTS, "payday": "ngày 5", "communes": {OTHER_COMMUNE: {"payday": "ngày 12"}}}
    office.campaign(reminder=None, facts=facts)
    here, there = paid(office, ClaimState.SYNCED), paid(office, ClaimState.SYNCED, OTHER_COMMUNE)
    office.step_besides(StepKind.MONEY_CAME, FromPayday(2), audience=BOTH)
    assert office.step(StepKind.MONEY_CAME).due_at == datetime(2026, 11, 14, 9, tzinfo=VIETNAM)
    assert office.roll() == 0
    office.clock.set(datetime(2026, 11, 14, 9, tzinfo=VIETNAM))
    assert office.roll() == 1
    assert written_to(office, StepKind.MONEY_CAME) == {there}
    office.clock.advance(2 * DAY)
    assert office.roll() == 0, "a commune is asked once a step"
    office.clock.set(datetime(2026, 12, 7, 9, tzinfo=VIETNAM))
    assert office.roll() == 1
    assert written_to(office, StepKind.MONEY_CAME) == {here, there}
    assert office.step(StepKind.MONEY_CAME).state is StepState.SEALED


def test_without_a_payday_no_step_can_be_reckoned_from_it(office: Office) -> None:
    office.campaign(reminder=None)
    plan = StepPlan(StepKind.MONEY_CAME, MONEY_CAME, FromPayday(2), BOTH)
    office.change_campaign(facts={**FACTS, "payday": "theo thông báo"})
    with transaction() as session, pytest.raises(TimingRefused, match="Chưa khai ngày chi trả"):
        plan_step(session, office.campaign_id, plan, PLANNER, office.clock.now())
    office.change_campaign(facts={**FACTS, "payday": "ngày 5"})
    with transaction() as session:
        step_id = plan_step(session, office.campaign_id, plan, PLANNER, office.clock.now()).id
    office.change_campaign(facts={**FACTS, "payday": "theo thông báo"})
    with transaction() as session, pytest.raises(ReleaseRefused, match="Chưa khai ngày chi trả"):
        release_step(session, step_id, RELEASER, office.clock.now())


def test_who_cannot_be_reached_when_the_own_moment_comes_is_noted_once(office: Office) -> None:
    phone = new_phone()
    person = office.person(phone)
    office.campaign()
    office.draft(person, phone, idle=2 * DAY)
    office.stop(phone)
    assert office.roll() == office.roll() == 0
    with transaction() as session:
        found = session.execute(select(StepLeftOut.person_id, StepLeftOut.reason)).all()
    assert found == [(person, Reason.STOPPED)]


def test_releasing_a_step_of_a_paused_campaign_leaves_it_paused(office: Office) -> None:
    invited(office, 1)
    office.change_campaign(state=CampaignState.PAUSED)
    office.step_besides(StepKind.FINAL, now(office))
    assert office.seal() == 0
    office.change_campaign(state=CampaignState.RUNNING)
    assert office.seal() == 1
