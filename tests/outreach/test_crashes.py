"""Workers that die or freeze between the committed attempt and the written outcome: nobody is written to twice, and
every row ends known.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from core.settings import ROOT
from outreach.channels.fuse import machine_time
from outreach.channels.registry import adapter_for
from outreach.message import AttemptOutcome, MessageState
from outreach.reasons import Reason
from outreach.resolving import Resolved, resolve_unsettled
from tests.outreach.office import Office, new_phone

SETTLED = timedelta(seconds=121)
SHORT_FUSE = 0.4


@contextmanager
def doomed(point: str, how: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process that sends itself signal `how` at `point`; ended at the end in any case."""
    command = [sys.executable, "-m", "tests.outreach.doomed_worker", point, how]
    worker = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def wait_until_frozen(worker: subprocess.Popen[bytes]) -> None:
    _, status = os.waitpid(worker.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), status


def wake(worker: subprocess.Popen[bytes]) -> None:
    worker.send_signal(signal.SIGCONT)
    assert worker.wait(timeout=60) == 0


def cut_its_lock(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
            " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )


def invited(office: Office, phone: str) -> UUID:
    person = office.person(phone)
    office.campaign()
    office.seal()
    return person


def resolve(office: Office) -> Resolved:
    return resolve_unsettled(office.clock.now(), adapter_for)


@pytest.mark.parametrize("point", ["before_call", "after_call"])
def test_a_killed_worker(office: Office, point: str) -> None:
    phone = new_phone()
    person = invited(office, phone)
    with doomed(point, "KILL") as worker:
        assert worker.wait(timeout=60) == -signal.SIGKILL
    message = office.message_of(person)
    assert message.state is MessageState.CLAIMED
    assert [attempt.finished_at for attempt in office.attempts(message.id)] == [None]

    assert resolve(office) == Resolved()  # the settling time has not passed
    assert office.send().looked_at == 0
    office.clock.advance(SETTLED)
    resolved = resolve(office)
    assert (resolved.found, resolved.not_found) == ((0, 1) if point == "before_call" else (1, 0))
    office.send()
    assert len(office.texts_to(phone)) == 1
    assert office.message_of(person).state is MessageState.ACCEPTED


def test_while_the_provider_cannot_be_asked_the_row_is_unknown(office: Office) -> None:
    phone = new_phone()
    person = invited(office, phone)
    with doomed("after_call", "KILL") as worker:
        worker.wait(timeout=60)
    office.clock.advance(SETTLED)
    office.stand_in.fault("server_error", count=1, code=503)
    assert resolve(office).left == 1
    message = office.message_of(person)
    assert (message.state, message.reason) == (MessageState.UNKNOWN, Reason.WORKER_LOST)
    assert office.send().looked_at == 0
    assert resolve(office).found == 1
    assert office.message_of(person).state is MessageState.ACCEPTED
    assert len(office.texts_to(phone)) == 1


def test_a_frozen_worker_that_holds_its_lock_is_waited_for(office: Office) -> None:
    phone = new_phone()
    person = invited(office, phone)
    with doomed("before_call", "STOP", LOA_FUSE_SECONDS="90") as worker:
        wait_until_frozen(worker)
        office.clock.advance(SETTLED)
        assert resolve(office) == Resolved()
        assert office.message_of(person).state is MessageState.CLAIMED
        office.clock.advance(timedelta(minutes=15))
        assert resolve(office) == Resolved()
        message = office.message_of(person)
        assert (message.state, message.reason) == (MessageState.UNKNOWN, Reason.WORKER_SILENT)
        assert office.send().looked_at == 0
        wake(worker)
    assert office.message_of(person).state is MessageState.ACCEPTED
    assert len(office.texts_to(phone)) == 1


def test_a_frozen_worker_that_wakes_up_after_it_was_replaced_sends_nothing(office: Office, database: str) -> None:
    phone = new_phone()
    person = invited(office, phone)
    with doomed("before_call", "STOP", LOA_FUSE_SECONDS=str(SHORT_FUSE)) as worker:
        wait_until_frozen(worker)
        frozen_at = machine_time()
        cut_its_lock(database)
        office.clock.advance(SETTLED)
        assert resolve(office).not_found == 1
        office.send()
        assert len(office.texts_to(phone)) == 1
        wait_for_the_fuse(frozen_at)
        wake(worker)
    assert len(office.texts_to(phone)) == 1
    message = office.message_of(person)
    assert message.state is MessageState.ACCEPTED
    outcomes = [attempt.outcome for attempt in office.attempts(message.id)]
    assert outcomes == [AttemptOutcome.NOT_FOUND, AttemptOutcome.ACCEPTED]


def test_a_frozen_worker_that_wakes_up_unreplaced_gives_its_rows_back(office: Office) -> None:
    phone = new_phone()
    person = invited(office, phone)
    with doomed("before_call", "STOP", LOA_FUSE_SECONDS=str(SHORT_FUSE)) as worker:
        wait_until_frozen(worker)
        wait_for_the_fuse(machine_time())
        wake(worker)
    message = office.message_of(person)
    assert message.state is MessageState.PLANNED
    assert [attempt.outcome for attempt in office.attempts(message.id)] == [AttemptOutcome.NOT_SENT]
    office.clock.advance(timedelta(minutes=1))
    office.send()
    assert len(office.texts_to(phone)) == 1


def test_a_worker_frozen_after_its_call_changes_nothing_that_was_decided(office: Office, database: str) -> None:
    phone = new_phone()
    person = invited(office, phone)
    with doomed("after_call", "STOP") as worker:
        wait_until_frozen(worker)
        cut_its_lock(database)
        office.clock.advance(SETTLED)
        assert resolve(office).found == 1
        before = office.message_of(person)
        wake(worker)
    after = office.message_of(person)
    assert (after.state, after.provider_message_id) == (MessageState.ACCEPTED, before.provider_message_id)
    assert len(office.texts_to(phone)) == 1


def test_a_wave_with_a_killed_worker_reaches_everybody_once(office: Office) -> None:
    phones = [new_phone() for _ in range(200)]
    people = [office.person(phone) for phone in phones]
    office.campaign()
    office.seal()
    for point in ("after_call", "before_call"):
        with doomed(point, "KILL") as worker:
            worker.wait(timeout=60)
    office.send()
    office.clock.advance(SETTLED)
    resolve(office)
    office.send()
    assert [len(office.texts_to(phone)) for phone in phones] == [1] * len(phones)
    assert {office.message_of(person).state for person in people} == {MessageState.ACCEPTED}


def wait_for_the_fuse(lit_before: float) -> None:
    """Until a fuse lit at or before that machine time has surely blown."""
    while machine_time() <= lit_before + SHORT_FUSE:
        time.sleep(0.01)
