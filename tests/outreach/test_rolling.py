"""Reminders: one for an unfinished survey, at the next permitted hour; none once its reason is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.clock import VIETNAM
from core.database import transaction
from outreach.audience import Audience
from outreach.message import Message, MessageState
from outreach.reasons import Reason
from outreach.rolling import roll_steps
from outreach.step import StepKind
from roster.campaign import CampaignState
from roster.contact import ContactKind, ContactPoint
from roster.survey.draft import Draft, DraftState
from tests.outreach.office import OTHER_COMMUNE, Office, new_phone

DAY = timedelta(hours=25)


def plan(office: Office) -> int:
    with transaction() as session:
        return roll_steps(session, office.clock.now())


def unfinished(office: Office, phone: str, idle: timedelta = DAY) -> tuple[UUID, UUID]:
    """A person who began the survey and fell silent, in a running campaign."""
    person = office.person(phone)
    office.campaign()
    return person, office.draft(person, phone, idle=idle)


def test_one_reminder_over_the_phone_of_the_survey(office: Office) -> None:
    phone = new_phone()
    person, _ = unfinished(office, phone)
    assert plan(office) == 1
    assert plan(office) == 0
    office.send()
    (text,) = office.texts_to(phone)
    assert "phan tra loi con do" in text
    office.clock.advance(timedelta(days=3))
    assert plan(office) == 0
    assert office.message_of(person, StepKind.REMINDER_UNFINISHED).state is MessageState.ACCEPTED


def test_not_before_a_day_has_passed(office: Office) -> None:
    unfinished(office, new_phone(), idle=timedelta(hours=23))
    assert plan(office) == 0
    office.clock.advance(timedelta(hours=1, minutes=1))
    assert plan(office) == 1


def test_due_at_night_goes_out_in_the_morning(office: Office) -> None:
    phone = new_phone()
    office.clock.set(datetime(2026, 11, 10, 22, tzinfo=VIETNAM))
    unfinished(office, phone)
    assert plan(office) == 0
    office.clock.set(datetime(2026, 11, 11, 7, 31, tzinfo=VIETNAM))
    assert plan(office) == 1
    office.send()
    assert len(office.texts_to(phone)) == 1


def stops(office: Office, person: UUID, draft: UUID, phone: str) -> None:
    office.stop(phone)


def declares(office: Office, person: UUID, draft: UUID, phone: str) -> None:
    office.declare(person, draft)


def is_closed(office: Office, person: UUID, draft: UUID, phone: str) -> None:
    with transaction() as session:
        session.get_one(Draft, draft).state = DraftState.CLOSED


def dies(office: Office, person: UUID, draft: UUID, phone: str) -> None:
    office.change_person(person, deceased_at=office.clock.now())


def is_reported_dead(office: Office, person: UUID, draft: UUID, phone: str) -> None:
    office.change_person(person, paused_at=office.clock.now())


def writes_again(office: Office, person: UUID, draft: UUID, phone: str) -> None:
    with transaction() as session:
        session.get_one(Draft, draft).last_message_at = office.clock.now()


def unlinks(office: Office, person: UUID, draft: UUID, phone: str) -> None:
    office.unlink(person)


def campaign_ends(office: Office, person: UUID, draft: UUID, phone: str) -> None:
    office.change_campaign(state=CampaignState.CLOSED)


HAPPENINGS = [
    (stops, Reason.STOPPED),
    (declares, Reason.ANSWERED),
    (is_closed, Reason.ANSWERED),
    (dies, Reason.DECEASED),
    (is_reported_dead, Reason.PAUSED),
    (writes_again, Reason.ANSWERED),
    (unlinks, Reason.UNLINKED),
    (campaign_ends, Reason.CAMPAIGN_CLOSED),
]
type Happening = Callable[[Office, UUID, UUID, str], None]


@pytest.mark.parametrize(("happens", "reason"), HAPPENINGS)
def test_none_is_planned_once_its_reason_is_gone(office: Office, happens: Happening, reason: Reason) -> None:
    phone = new_phone()
    person, draft = unfinished(office, phone)
    happens(office, person, draft, phone)
    assert plan(office) == 0


@pytest.mark.parametrize(("happens", "reason"), HAPPENINGS)
def test_none_is_sent_once_its_reason_is_gone(office: Office, happens: Happening, reason: Reason) -> None:
    phone = new_phone()
    person, draft = unfinished(office, phone)
    plan(office)
    happens(office, person, draft, phone)
    office.send()
    message = office.message_of(person, StepKind.REMINDER_UNFINISHED)
    assert (message.state, message.reason) == (MessageState.CANCELLED, reason)
    assert office.texts_to(phone) == []


def test_one_person_on_two_phones_is_reminded_once_on_the_invited_one(office: Office) -> None:
    invited, other = new_phone(), new_phone()
    person, _ = unfinished(office, invited)
    with transaction() as session:
        session.get_one(Draft, office.draft(person, other, idle=DAY)).invited = False
    assert plan(office) == 1
    assert office.message_of(person, StepKind.REMINDER_UNFINISHED).contact_id == office.contact(invited)


def test_a_survey_begun_on_the_web_is_reminded_over_the_invited_phone(office: Office) -> None:
    phone = new_phone()
    person, draft = unfinished(office, phone)
    with transaction() as session:
        web = ContactPoint(
            kind=ContactKind.WEB, address="chat-1", address_index=b"chat-r", created_at=office.clock.now()
        )
        session.add(web)
        session.flush()
        session.get_one(Draft, draft).contact_id = web.id
    assert plan(office) == 1
    assert office.message_of(person, StepKind.REMINDER_UNFINISHED).contact_id == office.contact(phone)


def test_only_the_steps_own_audience(office: Office) -> None:
    phone = new_phone()
    person = office.person(phone)
    office.campaign(audience=Audience(communes=(OTHER_COMMUNE,)))
    office.draft(person, phone, idle=DAY)
    assert plan(office) == 0


def test_a_survey_about_nobody_known_is_not_reminded(office: Office) -> None:
    office.campaign()
    office.draft(None, new_phone(), idle=DAY)
    assert plan(office) == 0
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0
