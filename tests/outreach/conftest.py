"""The provider's stand-in on a real port, the office beside it, and a clean database for each test."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from werkzeug.serving import make_server

from loa.stand_ins.accounts import read_settings_anew as read_accounts_anew
from outreach.delivery_settings import delivery_settings
from outreach.watch_settings import watch_settings
from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig, TwilioConfig
from simulator.underscores import KeepsUnderscores
from tests.environment import TestClock
from tests.outreach.office import Office
from tests.simulator.customer import SetClock, StandIn

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """Twilio's stand-in, to which the services' settings point; it delivers only when told to."""
    account = TwilioConfig(webhook_url=None, sent_after=0, delivered_after=0)
    standing_clock = SetClock()
    app = create_app(SimulatorConfig(automatic=False, twilio=account), standing_clock)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=KeepsUnderscores)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    url = f"http://127.0.0.1:{server.port}"
    monkeypatch.setenv("LOA_TWILIO_BASE_URL", url)
    monkeypatch.setenv("LOA_PUBLIC_URL", NOBODY)
    monkeypatch.setenv("LOA_TWILIO_PER_SECOND", "500")
    monkeypatch.setenv("LOA_TWILIO_COUNTS", "messages")
    read_settings_anew()
    with httpx.Client(base_url=f"{url}/control", timeout=30) as control:
        yield StandIn(url, simulator_of(app), standing_clock, control)
    simulator_of(app).close()
    server.shutdown()
    thread.join()
    server.server_close()
    monkeypatch.undo()
    read_settings_anew()


def read_settings_anew() -> None:
    """After the environment has changed."""
    delivery_settings.cache_clear()
    watch_settings.cache_clear()
    read_accounts_anew()


@pytest.fixture
def office(database: str, clock: TestClock, stand_in: StandIn) -> Iterator[Office]:
    """The office on an empty database."""
    yield Office(clock, stand_in)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("TRUNCATE campaign, person, contact_point, gauge, receipt, procrastinate_jobs CASCADE")
