"""A stand-in on a real port, and the customer it calls."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from werkzeug.serving import make_server

from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig, TwilioConfig
from simulator.underscores import KeepsUnderscores
from tests.simulator.customer import ACCOUNT, TOKEN, Call, Receiver, SetClock, StandIn, Start
from tests.simulator.desk import open_desk, site
from tests.simulator.phones_page import open_phones, phones_browser
from tests.simulator.zalo_customer import hook, start_zalo, zalo

__all__ = ["hook", "open_desk", "open_phones", "phones_browser", "site", "start_zalo", "zalo"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept: Receiver

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(parse_qsl(body, keep_blank_values=True))
            kept.take(Call(kept.url + self.path, form, dict(self.headers)))
            reaction = kept.react()
            if reaction.hang:
                kept.over.wait()
            self.send_response(reaction.status)
            self.send_header("Content-Type", reaction.content_type)
            self.send_header("Content-Length", str(len(reaction.body.encode())))
            self.end_headers()
            self.wfile.write(reaction.body.encode())

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kept = Receiver(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield kept
    kept.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def start(receiver: Receiver) -> Iterator[Start]:
    """Start a stand-in that delivers only when told to; arguments change its configuration."""
    running: list[Callable[[], None]] = []

    def begin(config: SimulatorConfig | None = None, **twilio: Any) -> StandIn:
        account = TwilioConfig(ACCOUNT, TOKEN, webhook_url=f"{receiver.url}/sms", sent_after=0, delivered_after=0)
        whole = replace(config or SimulatorConfig(automatic=False), twilio=replace(account, **twilio))
        clock = SetClock()
        app = create_app(whole, clock)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=KeepsUnderscores)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        url = f"http://127.0.0.1:{server.port}"
        control = httpx.Client(base_url=f"{url}/control", timeout=30)
        simulator = simulator_of(app)

        def end() -> None:
            control.close()
            simulator.close()
            server.shutdown()
            thread.join()
            server.server_close()

        running.append(end)
        return StandIn(url, simulator, clock, control)

    yield begin
    for end in running:
        end()


@pytest.fixture
def stand_in(start: Start) -> StandIn:
    return start()
