"""The stand-ins on a real port, by the services' own clock, for tests of any channel."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx
from werkzeug.serving import make_server

from core import clock
from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig
from simulator.simulator import Simulator
from simulator.underscores import KeepsUnderscores
from tests.simulator.customer import SetClock


class HouseClock(SetClock):
    """The time that the services have, so that both sides agree on what is late."""

    def __call__(self) -> datetime:
        return clock.now()


@dataclass(frozen=True)
class Standing:
    """A running server of stand-ins: its address, its inside, and its controls."""

    url: str
    simulator: Simulator
    control: httpx.Client

    def fault(self, provider: str, kind: str, **fields: object) -> None:
        answer = self.control.post("/faults", json={"provider": provider, "kind": kind, **fields})
        assert answer.status_code == 201, answer.text


@contextmanager
def standing(config: SimulatorConfig) -> Iterator[Standing]:
    """Every provider's stand-in, as `config` says."""
    app = create_app(config, HouseClock())
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=KeepsUnderscores)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    url = f"http://127.0.0.1:{server.port}"
    try:
        with httpx.Client(base_url=f"{url}/control", timeout=30) as control:
            yield Standing(url, simulator_of(app), control)
    finally:
        simulator_of(app).close()
        server.shutdown()
        thread.join()
        server.server_close()
