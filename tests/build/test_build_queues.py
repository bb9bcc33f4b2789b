"""Every job that is put into a queue meets a worker that serves it."""

from __future__ import annotations

import pytest

from core.jobs import jobs
from core.settings import settings
from loa.commands.serve import worker
from loa.processes import all_processes
from loa.working import REGISTERED
from tests.build.project import import_everything

import_everything("core", "roster", "outreach", "conversations", "webhooks", "console")

TASKS = [task for task in jobs.tasks.values() if not task.func.__module__.startswith("procrastinate.")]
QUEUES = sorted({task.queue for task in TASKS})


@pytest.fixture
def served(database: str) -> list[str]:
    """The queues of all the workers of an installation, one after the other."""
    commands = [process.command for process in all_processes(settings())]
    return [
        queue
        for command in commands
        if "--queues" in command
        for queue in command[command.index("--queues") + 1].split(",")
    ]


def test_every_queue_is_served_by_one_worker(served: list[str]) -> None:
    assert sorted(served) == QUEUES


def test_a_lone_worker_serves_every_queue() -> None:
    [option] = [one for one in worker.params if one.name == "queues"]
    assert sorted(str(option.default).split(",")) == QUEUES


def test_a_worker_knows_every_task() -> None:
    modules = {module.__name__ for module in REGISTERED}
    assert {task.func.__module__ for task in TASKS} == modules
