"""The scheduler's real ticks in processes that are killed, started twice, and away for a night: nothing but the moment
changes."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from core.clock import VIETNAM
from core.database import transaction
from outreach.message import Message, MessageState
from outreach.step import StepKind
from tests.outreach.office import Office, new_phone
from tests.outreach.schedulers import scheduler, wait_for_round, waiters

EVENING = datetime(2026, 11, 10, 22, tzinfo=VIETNAM)
MORNING = datetime(2026, 11, 11, 7, 31, tzinfo=VIETNAM)


def rows() -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def jobs() -> int:
    with transaction() as session:
        return session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) or 0


def fell_silent(office: Office, phone: str) -> tuple[UUID, UUID]:
    """A person who stopped in the middle of the survey so long ago that the reminder is due."""
    person = office.person(phone)
    return person, office.draft(person, phone, idle=timedelta(hours=24, minutes=10))


def test_two_at_once_and_one_killed_after_the_other_change_nothing(office: Office, database: str) -> None:
    phones = [new_phone() for _ in range(3)]
    for phone in phones:
        office.person(phone)
    office.campaign()
    with ExitStack() as running:
        works = running.enter_context(scheduler())
        wait_for_round(works)
        for _ in range(2):
            heir = running.enter_context(scheduler())
            while not waiters(database):
                wait_for_round(works)
            works.kill()
            wait_for_round(heir)
            wait_for_round(heir)
            assert (rows(), jobs()) == (len(phones), 1)
            works = heir
    office.send()
    assert [len(office.texts_to(phone)) for phone in phones] == [1, 1, 1]


@pytest.mark.parametrize("killed_in_the_evening", [False, True])
def test_a_reminder_due_in_the_night_goes_out_in_the_morning_unless_its_reason_is_gone(
    office: Office, killed_in_the_evening: bool
) -> None:
    office.clock.set(EVENING)
    office.campaign()
    silent, finished = new_phone(), new_phone()
    fell_silent(office, silent)
    gone, draft = fell_silent(office, finished)
    if killed_in_the_evening:
        with scheduler() as evening:
            wait_for_round(evening)
            wait_for_round(evening)
        assert rows() == 0
    office.declare(gone, draft)
    office.clock.set(MORNING)
    with scheduler() as morning:
        wait_for_round(morning)
        wait_for_round(morning)
    office.send()
    assert [len(office.texts_to(phone)) for phone in (silent, finished)] == [1, 0]


def test_a_reminder_planned_before_the_outage_is_cancelled_once_its_reason_is_gone(office: Office) -> None:
    office.campaign()
    phone = new_phone()
    person, draft = fell_silent(office, phone)
    with scheduler() as before:
        wait_for_round(before)
    assert office.message_of(person, StepKind.REMINDER_UNFINISHED).state is MessageState.PLANNED
    office.declare(person, draft)
    office.clock.set(MORNING)
    with scheduler() as after:
        wait_for_round(after)
    office.send()
    assert office.message_of(person, StepKind.REMINDER_UNFINISHED).state is MessageState.CANCELLED
    assert office.texts_to(phone) == []
