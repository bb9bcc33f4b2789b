"""Processes that die, freeze or meet while they replace Zalo's tokens: one refresher, and never a blind loss."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest

from core.audit import staff_actor
from core.clock import now
from core.database import transaction
from core.settings import ROOT
from outreach.channels.zalo import house
from outreach.channels.zalo.ticks import renew_token
from outreach.channels.zalo.token import ZaloToken
from outreach.channels.zalo.token_state import Standing, token_state
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.environment import TestClock
from tests.simulator.zalo_customer import OA_ID, ZaloStandIn

__all__ = ["zalo_site"]

DUE = timedelta(hours=23, minutes=10)


@pytest.fixture
def site(zalo_site: StartSite) -> ZaloStandIn:
    """Authorised, and nobody in this process remembers the token."""
    begun = zalo_site()
    authorise()
    house.keeper.cache_clear()
    return begun


@contextmanager
def refresher(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A process at work (`tests.outreach.zalo_refresher`); ended at the end in any case."""
    command = [sys.executable, "-m", "tests.outreach.zalo_refresher", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str]) -> str:
    """Its last line, once it has ended well."""
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0, out
    return out.splitlines()[-1]


def wait_until_frozen(process: subprocess.Popen[str]) -> None:
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), status


def row() -> ZaloToken:
    with transaction() as session:
        return session.get_one(ZaloToken, OA_ID)


def standing() -> Standing:
    with transaction() as session:
        return token_state(session, OA_ID).standing(now(), timedelta(days=21))


def grants(site: ZaloStandIn) -> int:
    return len(site.log("granted"))


def works(site: ZaloStandIn, token: str) -> bool:
    site.access_token = token
    return bool(site.get("/business/message/quota").json()["error"] == 0)


def cut_every_connection(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'loa_worker'")


def test_several_who_find_the_token_refused_replace_it_once(site: ZaloStandIn) -> None:
    stale = house.keeper().current()
    site.fault("slow", count=1, seconds=0.5)  # so that they meet
    with refresher(f"renew:{stale}") as one, refresher(f"renew:{stale}") as two, refresher(f"renew:{stale}") as three:
        tokens = {said(one), said(two), said(three)}
    assert len(tokens) == 1 and stale not in tokens
    assert (grants(site), row().access_token) == (2, tokens.pop())


def test_killed_before_the_call_nothing_is_lost(site: ZaloStandIn, clock: TestClock) -> None:
    clock.advance(DUE)
    with refresher("due", "before_call", "KILL") as process:
        assert process.wait(60) == -signal.SIGKILL
    assert row().asking_since is not None
    assert renew_token(now()) == 1
    assert (grants(site), standing(), row().asking_since) == (2, Standing.GOOD, None)


def test_killed_while_zalo_answers_the_old_token_goes_on_and_a_human_is_asked(
    site: ZaloStandIn, clock: TestClock
) -> None:
    before = house.keeper().current()
    clock.advance(DUE)
    site.fault("timeout_after_accept", count=1, seconds=30)
    with refresher("due") as process:
        while grants(site) < 2:
            time.sleep(0.01)
        process.kill()
        process.wait(60)
    assert standing() is Standing.GOOD, "nobody knows yet"
    assert renew_token(now()) == 0
    assert (standing(), house.keeper().current()) == (Standing.FADING, before)
    assert works(site, before)


def test_killed_between_the_answer_and_the_commit(site: ZaloStandIn, clock: TestClock) -> None:
    before = house.keeper().current()
    clock.advance(DUE)
    with refresher("due", "after_call", "KILL") as process:
        assert process.wait(60) == -signal.SIGKILL
    assert renew_token(now()) == 0
    assert (standing(), house.keeper().current()) == (Standing.FADING, before)


def test_killed_after_the_commit_the_next_one_finds_the_new_pair(site: ZaloStandIn, clock: TestClock) -> None:
    clock.advance(DUE)
    with refresher("due") as process:
        assert said(process) == "renewed"
    token = house.keeper().current()
    assert (grants(site), row().access_token) == (2, token)
    assert works(site, token)


def test_a_frozen_refresher_is_not_waited_for_longer_than_one_has_patience(site: ZaloStandIn, clock: TestClock) -> None:
    before = house.keeper().current()
    clock.advance(DUE)
    patience = {"LOA_ZALO_OAUTH_TIMEOUT": "0.2", "LOA_ZALO_LOCK_PATIENCE": "0.5"}
    with refresher("due", "before_call", "STOP", **patience) as frozen:
        wait_until_frozen(frozen)
        with refresher(f"renew:{before}", **patience) as other:
            assert said(other) == "none: busy"
        with refresher("current", **patience) as third:
            assert said(third) == before, "what lives is used without waiting"
        frozen.send_signal(signal.SIGCONT)
        assert said(frozen) == "left", "its fuse has blown"
    assert grants(site) == 1
    assert renew_token(now()) == 1


def test_a_frozen_refresher_that_lost_its_lock_asks_no_more_and_overwrites_nothing(
    site: ZaloStandIn, clock: TestClock, database: str
) -> None:
    clock.advance(DUE)
    patience = {"LOA_ZALO_OAUTH_TIMEOUT": "0.2", "LOA_ZALO_LOCK_PATIENCE": "0.5"}
    with refresher("due", "before_call", "STOP", **patience) as frozen:
        wait_until_frozen(frozen)
        frozen_at = time.clock_gettime(time.CLOCK_BOOTTIME)
        cut_every_connection(database)
        assert renew_token(now()) == 1
        token = house.keeper().current()
        while time.clock_gettime(time.CLOCK_BOOTTIME) <= frozen_at + 0.5:
            time.sleep(0.01)
        frozen.send_signal(signal.SIGCONT)
        assert said(frozen) == "left"
    assert (grants(site), row().access_token, standing()) == (2, token, Standing.GOOD)


def test_a_pair_is_written_down_although_every_connection_was_cut_meanwhile(
    site: ZaloStandIn, clock: TestClock, database: str
) -> None:
    clock.advance(DUE)
    with refresher("due", "after_call", "STOP") as frozen:
        wait_until_frozen(frozen)
        cut_every_connection(database)
        frozen.send_signal(signal.SIGCONT)
        assert said(frozen) == "renewed"
    assert (grants(site), row().generation, standing()) == (2, 3, Standing.GOOD)
    assert works(site, house.keeper().current())


def test_a_late_answer_writes_nothing_over_a_newer_pair(site: ZaloStandIn, clock: TestClock, database: str) -> None:
    """The frozen one has its answer; meanwhile the operator has authorised anew."""
    clock.advance(DUE)
    with refresher("due", "after_call", "STOP") as frozen:
        wait_until_frozen(frozen)
        cut_every_connection(database)
        code = site.control.post("/zalo/consent", json={}).json()["code"]
        house.keeper().exchange(code, "", staff_actor(1))
        token = house.keeper().current()
        frozen.send_signal(signal.SIGCONT)
        assert said(frozen) == "left"
    assert (row().access_token, standing()) == (token, Standing.GOOD)
    assert works(site, token)
