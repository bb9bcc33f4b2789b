"""The customer's side of any stand-in: a web server that hears GET and POST, and the controls."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from werkzeug.serving import make_server

from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig
from simulator.simulator import Simulator
from tests.simulator.customer import SetClock


@dataclass(frozen=True)
class Heard:
    """One request that a stand-in made to its customer. `target` is path and query as they were sent."""

    method: str
    target: str
    raw: bytes
    headers: dict[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def json(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.raw)
        return body


@dataclass(frozen=True)
class Say:
    """How the customer's server answers; `hang` answers nothing until the test is over."""

    status: int = 200
    body: str = "OK"
    hang: bool = False


@dataclass
class Site:
    """A customer's web server: keeps what it heard, and answers what it was told, then the last told again."""

    url: str
    heard: list[Heard] = field(default_factory=list)
    answers: list[Say] = field(default_factory=lambda: [Say()])
    over: threading.Event = field(default_factory=threading.Event)
    came: threading.Condition = field(default_factory=threading.Condition)

    def take(self, heard: Heard) -> Say:
        with self.came:
            self.heard.append(heard)
            self.came.notify_all()
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def wait_for(self, count: int) -> None:
        """Until that many requests have come."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.heard) >= count, timeout=30), self.heard


@dataclass
class Desk:
    """A running stand-in, from all its sides."""

    url: str
    simulator: Simulator
    clock: SetClock
    control: httpx.Client

    def deliver(self) -> None:
        self.simulator.deliver_pending()

    def fault(self, provider: str, kind: str, **fields: object) -> None:
        answer = self.control.post("/faults", json={"provider": provider, "kind": kind, **fields})
        assert answer.status_code == 201, answer.text

    def add(self, channel: str, number: str, **fields: object) -> None:
        answer = self.control.post("/phones", json={"channel": channel, "number": number, **fields})
        assert answer.status_code == 201, answer.text

    def say(self, channel: str, number: str, text: str, **fields: object) -> dict[str, Any]:
        return self._post(f"/phones/{number}/say", channel, {"text": text, **fields})

    def act(self, channel: str, number: str, gesture: str, **fields: object) -> dict[str, Any]:
        return self._post(f"/phones/{number}/acts/{gesture}", channel, fields)

    def messages(self, channel: str, number: str) -> list[dict[str, Any]]:
        answer = self.control.get(f"/phones/{number}/messages", params={"channel": channel})
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    def log(self, event: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.control.get("/log", params={"event": event}).json()["entries"]
        return found

    def _post(self, path: str, channel: str, body: dict[str, object]) -> dict[str, Any]:
        answer = self.control.post(path, params={"channel": channel}, json=body)
        assert answer.status_code == 202, answer.text
        message: dict[str, Any] = answer.json()
        return message


type Open = Callable[..., Desk]


@pytest.fixture
def site() -> Iterator[Site]:
    """The customer's web server."""
    kept: Site

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
            say = kept.take(Heard(self.command, self.path, raw, dict(self.headers)))
            if say.hang:
                kept.over.wait()
            self.send_response(say.status)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(say.body.encode())))
            self.end_headers()
            self.wfile.write(say.body.encode())

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kept = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield kept
    kept.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_desk() -> Iterator[Open]:
    """Start a stand-in that delivers only when told to; arguments change its configuration, provider by provider."""
    running: list[Callable[[], None]] = []

    def begin(**changes: Any) -> Desk:
        clock = SetClock()
        app = create_app(replace(SimulatorConfig(automatic=False), **changes), clock)
        simulator = simulator_of(app)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        url = f"http://127.0.0.1:{server.port}"
        control = httpx.Client(base_url=f"{url}/control", timeout=30)

        def end() -> None:
            control.close()
            simulator.close()
            server.shutdown()
            thread.join()
            server.server_close()

        running.append(end)
        return Desk(url, simulator, clock, control)

    yield begin
    for end in running:
        end()
