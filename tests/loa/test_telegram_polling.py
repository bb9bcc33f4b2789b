"""Asking Telegram for what came in: committed before it is confirmed, one process at a time, through every trouble."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from conversations.thread import InboundMessage
from core.database import transaction
from core.settings import ROOT, settings
from loa.cli import main
from loa.processes import all_processes
from loa.telegram_polling import LONGEST_REST, MOST_TRIES, Poller
from outreach.channels.telegram.house import line
from tests.channels.telegram_site import SECRET, StartSite, TelegramDesk, telegram_site
from tests.environment import use_database
from tests.outreach.conftest import NOBODY, read_settings_anew
from tests.simulator.desk import Say, Site, site
from tests.simulator.telegram_bot import PERSON

__all__ = ["site", "telegram_site"]


@pytest.fixture
def desk(telegram_site: StartSite) -> TelegramDesk:
    """The stand-in; somebody has the bot in the app and has said nothing yet."""
    begun = telegram_site()
    begun.add("telegram", PERSON, name="Bà Hoa", tel="0912345678")
    return begun


@pytest.fixture
def elsewhere(desk: TelegramDesk, site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A server that answers what a test says, in Telegram's place."""
    monkeypatch.setenv("LOA_TELEGRAM_BASE_URL", site.url)
    read_settings_anew()
    return site


def poller() -> Poller:
    return Poller(line(), 0)


def taken_in() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(InboundMessage.text).order_by(InboundMessage.id)))


def pending(desk: TelegramDesk) -> int:
    count: int = desk.bot.call("getWebhookInfo")["pending_update_count"]
    return count


def test_what_came_is_taken_in_and_then_confirmed_by_the_next_question(desk: TelegramDesk) -> None:
    asks = poller()
    assert asks.step() == 0.0
    for words in ("một", "hai", "ba"):
        desk.write(words)
    assert asks.step() == 0.0
    assert (taken_in(), pending(desk)) == (["một", "hai", "ba"], 3)
    assert asks.step() == 0.0
    assert (taken_in(), pending(desk)) == (["một", "hai", "ba"], 0)


def test_one_who_dies_before_the_confirmation_loses_nothing_and_doubles_nothing(desk: TelegramDesk) -> None:
    desk.write("một")
    poller().step()
    desk.write("hai")
    after = poller()
    after.step()
    after.step()
    assert (taken_in(), pending(desk)) == (["một", "hai"], 0)


@contextmanager
def refusing(database: str, right: str = "INSERT ON inbound_message") -> Iterator[None]:
    """The database refuses words while the block lasts."""
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(f"REVOKE {right} FROM loa_door".encode())
        yield
        owner.execute(f"GRANT {right} TO loa_door".encode())


def test_what_cannot_be_committed_is_not_confirmed(desk: TelegramDesk, database: str) -> None:
    asks = poller()
    desk.write("một")
    desk.write("hai")
    with refusing(database):
        assert [asks.step() for _ in range(4)] == [1.0, 2.0, 4.0, 8.0]
        assert pending(desk) == 2
    assert asks.step() == 0.0
    asks.step()
    assert (taken_in(), pending(desk)) == (["một", "hai"], 0)


def test_without_a_database_it_waits_for_ever(desk: TelegramDesk, database: str) -> None:
    asks, address = poller(), os.environ["DATABASE_URL"]
    desk.write("một")
    use_database("postgresql://nobody@127.0.0.1:9/loa")
    rests = [asks.step() for _ in range(MOST_TRIES + 4)]
    use_database(address)
    with refusing(database):  # that it was away counts against nothing
        rests.append(asks.step())
    assert rests[-2:] == [LONGEST_REST, LONGEST_REST]
    assert pending(desk) == 1
    assert asks.step() == 0.0
    assert taken_in() == ["một"]


@pytest.mark.parametrize(
    ("fault", "rest"),
    [
        ({"kind": "server_error"}, 1.0),
        ({"kind": "server_error", "code": 502}, 1.0),
        ({"kind": "dropped"}, 1.0),
        ({"kind": "rate_limited", "seconds": 17}, 17.0),
        ({"kind": "refused", "code": 401}, 1.0),
        ({"kind": "refused", "code": 409}, 1.0),
    ],
)
def test_through_every_trouble(desk: TelegramDesk, fault: dict[str, Any], rest: float) -> None:
    asks = poller()
    desk.write("một")
    desk.strike(count=1, **fault)
    assert asks.step() == rest
    assert asks.step() == 0.0
    assert taken_in() == ["một"]


def test_where_a_webhook_is_set_it_waits_until_there_is_none(desk: TelegramDesk) -> None:
    asks = poller()
    desk.bot.call("setWebhook", url=f"{NOBODY}/webhooks/telegram".replace(":9", ":8443"))
    assert [asks.step() for _ in range(2)] == [1.0, 2.0]
    desk.bot.call("deleteWebhook")
    desk.write("một")
    assert asks.step() == 0.0
    assert taken_in() == ["một"]


def test_somebody_else_who_asks_is_survived(desk: TelegramDesk) -> None:
    asks = Poller(line(), 30)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(asks.step)
        while not waiting.done():
            desk.bot.post("getUpdates")
    assert waiting.result() == 1.0
    desk.write("một")
    assert asks.step() == 0.0
    assert taken_in() == ["một"]


# --- updates that are none ---------------------------------------------------------------------------------------


CHAT = {"id": int(PERSON), "type": "private", "first_name": "Hoa"}
SENDER = {"id": int(PERSON), "is_bot": False, "first_name": "Hoa"}


def updates(*listed: object) -> Say:
    return Say(200, json.dumps({"ok": True, "result": listed}))


def word(number: int, text: str) -> dict[str, Any]:
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": CHAT, "from": SENDER, "text": text},
    }


def press(number: int, data: str) -> dict[str, Any]:
    message = {"message_id": 1, "date": 1, "chat": CHAT}
    query = {"id": f"p{number}", "from": SENDER, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": number, "callback_query": query}


def offsets(heard: Site) -> list[str]:
    return [parse_qs(one.raw.decode()).get("offset", ["0"])[0] for one in heard.heard]


def test_one_that_nobody_can_read_keeps_none_behind_it_waiting(elsewhere: Site) -> None:
    elsewhere.answers = [updates(word(1, "một"), {"update_id": 2, "message": "rác"}, word(3, "hai")), updates()]
    asks = poller()
    assert [asks.step(), asks.step()] == [0.0, 0.0]
    assert taken_in() == ["một", "hai"]
    assert offsets(elsewhere) == ["0", "4"]


def test_one_that_the_database_never_takes_gives_way_after_many_tries(elsewhere: Site) -> None:
    poison = press(2, "no\x00choice")
    elsewhere.answers = [updates(word(1, "một"), poison, word(3, "hai")), updates(poison, word(3, "hai"))]
    asks = poller()
    rests = [asks.step() for _ in range(MOST_TRIES)]
    assert rests[0] == 1.0
    assert rests[-2] == LONGEST_REST
    assert rests[-1] == 0.0
    assert taken_in() == ["một", "hai"]
    asks.step()
    assert offsets(elsewhere) == ["0", *["2"] * (MOST_TRIES - 1), "4"]


@pytest.mark.parametrize(
    "answer", [Say(200, "rác"), Say(200, '{"ok": true, "result": {}}'), updates("rác", 7), updates({"message": {}})]
)
def test_rubbish_moves_nothing(elsewhere: Site, answer: Say) -> None:
    elsewhere.answers = [answer, updates(word(1, "một"))]
    asks = poller()
    assert asks.step() == 1.0
    assert asks.step() == 0.0
    assert (taken_in(), offsets(elsewhere)) == (["một"], ["0", "0"])


# --- the process -------------------------------------------------------------------------------------------------


@contextmanager
def process() -> Iterator[subprocess.Popen[str]]:
    running = subprocess.Popen(
        [sys.executable, "-m", "loa.cli", "serve", "telegram-poll"],
        cwd=ROOT,
        env=dict(os.environ),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        assert running.stderr is not None
        running.stderr.close()


def wait_for_event(running: subprocess.Popen[str], name: str) -> None:
    assert running.stderr is not None
    for line_ in running.stderr:
        if f'"{name}"' in line_:
            return
    raise AssertionError(f"the process ended without {name}")


def test_a_second_process_waits_and_takes_over_where_the_first_was_killed(desk: TelegramDesk) -> None:
    with process() as first:
        wait_for_event(first, "telegram_poll_runs")
        desk.write("một")
        while pending(desk):
            assert first.poll() is None
        with process() as second:
            wait_for_event(second, "telegram_poll_waits")
            first.send_signal(signal.SIGKILL)
            desk.write("hai")
            wait_for_event(second, "telegram_poll_runs")
            while pending(desk):
                assert second.poll() is None
    assert taken_in() == ["một", "hai"]


def test_a_process_without_its_lock_queues_up_again(desk: TelegramDesk, database: str) -> None:
    with process() as running:
        wait_for_event(running, "telegram_poll_runs")
        with psycopg.connect(database, autocommit=True) as owner:
            owner.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        wait_for_event(running, "telegram_poll_lost_its_lock")
        wait_for_event(running, "telegram_poll_runs")


@pytest.mark.parametrize(
    ("changed", "asks"),
    [({}, True), ({"LOA_TELEGRAM_WEBHOOK_SECRET": SECRET}, False), ({"LOA_TELEGRAM_TOKEN": ""}, False)],
)
def test_there_is_such_a_process_only_where_it_is_needed(
    desk: TelegramDesk, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], asks: bool
) -> None:
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    read_settings_anew()
    assert ("telegram" in [one.name for one in all_processes(settings())]) is asks
    if not asks:
        said = CliRunner().invoke(main, ["serve", "telegram-poll"])
        assert said.exit_code == 1
        assert "LOA_TELEGRAM_" in said.output
