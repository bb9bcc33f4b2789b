"""Jobs that have ended are forgotten in time, and the failed ones are shown until then."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from core.database import transaction
from core.gauges import GaugeName, gauge
from loa.cli import main
from outreach.ticks import forget_jobs
from tests.outreach.office import Office


def ended(status: str, age: str) -> int:
    """A job that ended so long ago by the database's clock."""
    with transaction() as session:
        job = session.scalar(
            text(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) "
                "VALUES ('sending', 'outreach.dispatch', '{}', CAST(:status AS procrastinate_job_status)) RETURNING id"
            ),
            {"status": status},
        )
        session.execute(text("DELETE FROM procrastinate_events WHERE job_id = :job"), {"job": job})
        session.execute(
            text(
                "INSERT INTO procrastinate_events (job_id, type, at) "
                "VALUES (:job, 'started', now() - CAST(:age AS interval))"
            ),
            {"age": age, "job": job},
        )
    assert isinstance(job, int)
    return job


def is_kept(job: int) -> bool:
    with transaction() as session:
        return session.scalar(text("SELECT 1 FROM procrastinate_jobs WHERE id = :job"), {"job": job}) is not None


@pytest.mark.parametrize(
    ("status", "age", "kept"),
    [
        ("succeeded", "59 minutes", True),
        ("succeeded", "61 minutes", False),
        ("cancelled", "61 minutes", False),
        ("aborted", "61 minutes", False),
        ("failed", "13 days", True),
        ("failed", "15 days", False),
        ("todo", "90 days", True),
        ("doing", "90 days", True),
    ],
)
def test_an_ended_job_is_kept_for_its_time(office: Office, status: str, age: str, kept: bool) -> None:
    job = ended(status, age)
    assert forget_jobs(office.clock.now()) == int(not kept)
    assert is_kept(job) is kept


def test_failed_jobs_are_counted_and_named_for_the_operator(office: Office) -> None:
    ended("failed", "15 days")
    for _ in range(2):
        ended("failed", "2 hours")
    ended("todo", "2 hours")
    forget_jobs(office.clock.now())
    with transaction() as session:
        counted = gauge(session, GaugeName.FAILED_JOBS)
        assert counted is not None and counted.value == 2
    told = CliRunner().invoke(main, ["jobs", "failed"])
    assert told.exit_code == 0 and "outreach.dispatch (sending): 2 việc, lần cuối" in told.output


def test_where_nothing_failed_the_operator_is_told_so(office: Office) -> None:
    assert "Không có việc nào bị lỗi." in CliRunner().invoke(main, ["jobs", "failed"]).output
