"""The ticks: each catches up what its rows say is due, and doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from core.clock import VIETNAM
from core.database import transaction
from outreach.message import MessageState
from outreach.scheduler import run_all_ticks, run_tick
from outreach.step import StepKind, StepState
from outreach.ticks import TICKS, Tick, retry_stalled_jobs
from tests.outreach.office import Office, new_phone


def waiting_jobs() -> list[tuple[str, dict[str, Any]]]:
    with transaction() as session:
        rows = session.execute(text("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"))
        return [(name, arguments) for name, arguments in rows]


def forget_jobs() -> None:
    with transaction() as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))


def test_a_campaign_from_release_to_reminder_by_ticks_alone(office: Office) -> None:
    phone = new_phone()
    person = office.person(phone)
    office.campaign()
    assert run_all_ticks()["seal"] == 1
    assert waiting_jobs() == [("outreach.dispatch", {"account": "twilio"})]
    office.send()
    office.draft(person, phone, idle=timedelta(0))
    office.clock.advance(timedelta(hours=24, minutes=5))
    assert run_all_ticks()["remind"] == 1
    office.send()
    assert len(office.texts_to(phone)) == 2
    assert run_all_ticks()["remind"] == 0


def test_ticking_twice_changes_nothing(office: Office) -> None:
    office.person(new_phone())
    office.campaign()
    run_all_ticks()
    before = waiting_jobs()
    assert set(run_all_ticks().values()) == {0, 1}  # wake sees the account again, and queues no second job
    assert waiting_jobs() == before


def test_after_a_night_the_wave_is_woken(office: Office) -> None:
    office.person(new_phone())
    office.campaign()
    run_all_ticks()
    forget_jobs()
    office.clock.set(datetime(2026, 11, 10, 23, tzinfo=VIETNAM))
    run_all_ticks()
    assert waiting_jobs() == []
    office.clock.set(datetime(2026, 11, 11, 8, tzinfo=VIETNAM))
    run_all_ticks()
    assert waiting_jobs() == [("outreach.dispatch", {"account": "twilio"})]


def test_what_was_missed_while_the_scheduler_was_away_is_caught_up(office: Office) -> None:
    office.person(new_phone())
    office.campaign()
    office.clock.advance(timedelta(days=3))
    assert run_all_ticks()["seal"] == 1


def test_a_step_of_which_every_row_is_known_is_done(office: Office) -> None:
    person = office.person(new_phone())
    office.campaign()
    run_all_ticks()
    assert office.step().state is StepState.SEALED
    office.send()
    assert office.message_of(person).state is MessageState.ACCEPTED
    assert run_all_ticks()["finish"] == 1
    assert office.step().state is StepState.DONE
    assert office.step(StepKind.REMINDER_UNFINISHED).state is StepState.RELEASED


def a_job_in_progress(heartbeat_age: str | None) -> int:
    """A job that a worker has taken; its worker's heartbeat is so old, or the worker is forgotten (None)."""
    with transaction() as session:
        worker = None
        if heartbeat_age is not None:
            worker = session.scalar(
                text(
                    "INSERT INTO procrastinate_workers (last_heartbeat) "
                    "VALUES (now() - CAST(:age AS interval)) RETURNING id"
                ),
                {"age": heartbeat_age},
            )
        job = session.scalar(
            text(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, status, worker_id) "
                "VALUES ('sending', 'outreach.dispatch', 'account:twilio', '{}', 'doing', :worker) RETURNING id"
            ),
            {"worker": worker},
        )
        assert isinstance(job, int)
        return job


@pytest.mark.parametrize(("heartbeat_age", "retried"), [("5 seconds", 0), ("2 minutes", 1), (None, 1)])
def test_a_dead_workers_job_is_put_back(office: Office, heartbeat_age: str | None, retried: int) -> None:
    job = a_job_in_progress(heartbeat_age)
    assert retry_stalled_jobs(office.clock.now()) == retried
    with transaction() as session:
        status = session.scalar(text("SELECT status FROM procrastinate_jobs WHERE id = :job"), {"job": job})
    assert status == ("todo" if retried else "doing")


def test_a_failing_tick_is_passed_over() -> None:
    def fail(now: datetime) -> int:
        raise RuntimeError

    assert run_tick(Tick("broken", 1, fail)) == 0


def test_every_tick_has_a_name_and_a_pace() -> None:
    ticks: Sequence[Tick] = TICKS
    assert len({tick.name for tick in ticks}) == len(ticks)
    assert all(0 < tick.seconds <= 60 for tick in ticks)
