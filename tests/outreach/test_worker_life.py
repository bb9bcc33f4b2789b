"""The lock that proves a run alive."""

from __future__ import annotations

import threading

import psycopg
import pytest

from core.database import transaction
from outreach.worker_life import LifeLost, Run, is_free, life


def free(key: int) -> bool:
    with transaction() as session:
        return is_free(session, key)


def cut(database: str) -> None:
    """End every connection that holds an advisory lock, as a restart of the server would."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )


def test_a_runs_lock_is_held_while_it_lasts(database: str) -> None:
    with life().run() as run:
        assert not free(run.key)
        run.check()
    assert free(run.key)


def test_runs_of_one_process_are_told_apart(database: str) -> None:
    with life().run() as first:
        with life().run() as second:
            assert not free(second.key)
        assert free(second.key)
        assert not free(first.key)


def test_a_failure_frees_the_lock(database: str) -> None:
    runs: list[Run] = []
    with pytest.raises(ZeroDivisionError), life().run() as run:
        runs.append(run)
        _ = 1 / 0
    assert free(runs[0].key)


def test_a_run_whose_connection_is_gone_must_not_go_on(database: str) -> None:
    with life().run() as run:
        cut(database)
        with pytest.raises(LifeLost):
            run.check()
        assert free(run.key)
    with life().run() as next_run:
        next_run.check()
        assert not free(next_run.key)


def test_a_new_run_does_not_revive_an_old_one(database: str) -> None:
    with life().run() as old:
        cut(database)
        with life().run() as new:
            new.check()
            with pytest.raises(LifeLost):
                old.check()
            assert free(old.key)


def test_many_threads_share_the_connection(database: str) -> None:
    keys: list[int] = []

    def work() -> None:
        with life().run() as run:
            run.check()
            keys.append(run.key)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 8
    assert all(free(key) for key in keys)
