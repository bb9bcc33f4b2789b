"""The domestic gateways' stand-ins with accounts that belong to the services under test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from flask import Flask, Response
from werkzeug.serving import make_server

from simulator.config import SimulatorConfig
from tests.channels.standing import Standing, standing
from tests.environment import TestClock
from tests.outreach.conftest import NOBODY, read_settings_anew

ESMS_SECRET = "duong-dan-bi-mat-cua-esms-0001"
SPEEDSMS_SECRET = "duong-dan-bi-mat-cua-speedsms-1"

type StartSite = Callable[..., Site]


@dataclass(frozen=True)
class Site:
    """The stand-ins with what the tests of one gateway ask of them."""

    standing: Standing
    provider: str

    @property
    def url(self) -> str:
        return self.standing.url

    def fault(self, kind: str, **fields: object) -> None:
        self.standing.fault(self.provider, kind, **fields)

    def deliver(self) -> None:
        self.standing.simulator.deliver_pending()

    def texts_to(self, number: str) -> list[str]:
        """What the gateway has taken for a phone in +84… form, in its own log."""
        return [message["text"] for message in self.messages(number) if message["direction"] == "to_phone"]

    def messages(self, number: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.standing.control.get(f"/phones/{number}/messages").json()["messages"]
        return found

    def log(self, event: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.standing.control.get("/log", params={"event": event}).json()["entries"]
        return entries


def esms_environment(url: str) -> dict[str, str]:
    """What the services are told of eSMS's account."""
    return {
        "LOA_ESMS_API_KEY": "STANDINESMSAPIKEY0000000000000",
        "LOA_ESMS_SECRET_KEY": "STANDINESMSSECRETKEY0000000000",
        "LOA_ESMS_BRANDNAME": "UBND-LANG",
        "LOA_ESMS_BASE_URL": f"{url}/esms",
        "LOA_ESMS_CALLBACK_SECRET": ESMS_SECRET,
        "LOA_ESMS_PER_SECOND": "500",
    }


def speedsms_environment(url: str) -> dict[str, str]:
    """What the services are told of SpeedSMS's account."""
    return {
        "LOA_SPEEDSMS_TOKEN": "stand-in-speedsms-token",
        "LOA_SPEEDSMS_SENDER": "UBND-LANG",
        "LOA_SPEEDSMS_BASE_URL": f"{url}/speedsms",
        "LOA_SPEEDSMS_WEBHOOK_SECRET": SPEEDSMS_SECRET,
        "LOA_SPEEDSMS_PER_MINUTE": "30000",
    }


@pytest.fixture
def start_site(clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[StartSite]:
    """start_site("esms", environment={…}, **configs): the stand-ins, configured so, and the services pointed at one."""
    with ExitStack() as running:

        def begin(provider: str, environment: dict[str, str] | None = None, **configs: Any) -> Site:
            site = Site(running.enter_context(standing(SimulatorConfig(automatic=False, **configs))), provider)
            own = esms_environment(site.url) if provider == "esms" else speedsms_environment(site.url)
            for name, value in {"LOA_PUBLIC_URL": NOBODY, **own, **(environment or {})}.items():
                monkeypatch.setenv(name, value)
            read_settings_anew()
            return site

        yield begin
    monkeypatch.undo()
    read_settings_anew()


@pytest.fixture
def emptied(database: str) -> Iterator[str]:
    """The database, emptied of people and messages after the test."""
    yield database
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, gauge, receipt, procrastinate_jobs CASCADE")


@contextmanager
def answers_always(status: int, body: str, content_type: str = "application/json", **headers: str) -> Iterator[str]:
    """The address of a server that gives this one answer to everything. `headers`: with "_" for "-"."""
    app = Flask(__name__)

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @app.route("/<path:path>", methods=["GET", "POST"])
    def answer(path: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Response(body, status, named, content_type=content_type)

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
