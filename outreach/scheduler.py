"""The process that says when: APScheduler, kept single by a PostgreSQL advisory lock.

A second one waits for the lock. Nothing lives in this process: the ticks work on rows, so killing it and starting it
again, or starting two, changes nothing but the moment.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import psycopg
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler

from core import clock
from core.database import Role, role_url
from core.logs import logger
from outreach.delivery_settings import delivery_settings
from outreach.ticks import TICKS, Tick

_log = logger(__name__)

LOCK_KEY = 0x4C6F615F54696B
"""Spells "Loa_Tik"; runs of workers have keys above 2**62."""
_LOOK_SECONDS = 2
_AFTER_LOSS_SECONDS = 1.0


def run_scheduler(ticks: Sequence[Tick] = TICKS) -> None:
    """Tick for ever, while this process holds the lock; without a database wait for it."""
    while True:
        try:
            with _connect() as connection:
                _log.info("scheduler_waits")
                wait_for_turn(connection)
                _log.info("scheduler_runs")
                _tick_while_held(connection, ticks)
        except psycopg.OperationalError as error:
            _log.warning("scheduler_lost_its_lock", error=type(error).__name__)
        time.sleep(_AFTER_LOSS_SECONDS)


def wait_for_turn(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Return once `connection` (in autocommit) holds the scheduler's lock; it does until it is closed."""
    connection.execute("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))


def run_tick(tick: Tick) -> int:
    """Do one tick now; how much there was to do. A failing one is logged, and tried again at its next turn."""
    try:
        done = tick.work(clock.now())
    except Exception as error:  # one tick's trouble must not stop the others
        _log.error("tick_failed", tick=tick.name, error=type(error).__name__)
        return 0
    if done:
        _log.info("ticked", tick=tick.name, done=done)
    return done


def run_all_ticks(ticks: Sequence[Tick] = TICKS) -> dict[str, int]:
    """Every tick once, in order: for `loa` and for tests."""
    return {tick.name: run_tick(tick) for tick in ticks}


def _tick_while_held(connection: psycopg.Connection[tuple[object, ...]], ticks: Sequence[Tick]) -> None:
    scheduler = BlockingScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(len(ticks) + 1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    faster = delivery_settings().ticks_faster
    for tick in ticks:
        scheduler.add_job(
            run_tick, "interval", [tick], seconds=tick.seconds / faster, next_run_time=datetime.now(UTC), id=tick.name
        )
    scheduler.add_job(_stop_if_lost, "interval", [scheduler, connection], seconds=_LOOK_SECONDS, id="lock")
    scheduler.start()


def _stop_if_lost(scheduler: BlockingScheduler, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Without the lock another scheduler may be at work: stop, and queue up for it again."""
    try:
        connection.execute("SELECT 1")
    except psycopg.Error:
        _log.warning("scheduler_lock_gone")
        scheduler.shutdown(wait=False)


def _connect() -> psycopg.Connection[tuple[object, ...]]:
    url = role_url(Role.WORKER).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, autocommit=True)
