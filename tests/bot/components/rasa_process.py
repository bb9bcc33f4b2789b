"""The real Rasa process on a database of its own, with a stand-in for the action server."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from core.settings import ROOT, settings
from loa.processes import rasa, rasa_environment
from loa.stack import free_ports

START_SECONDS = 120
Call = dict[str, Any]
Reaction = Callable[[Call], dict[str, Any] | int]
"""What the stand-in answers to a call: a body, or an HTTP status."""


def answered(call: Call) -> dict[str, Any]:
    """The turn is served and marked as done."""
    if call["next_action"] != "action_serve":
        return {"events": [], "responses": []}
    message_id = call["tracker"]["latest_message"]["metadata"]["message_id"]
    said = {"text": f"Đã nghe\n\nlần {message_id}", "buttons": [{"title": "Có", "payload": "consent=yes"}]}
    return {"events": [], "responses": [said, {"custom": {"turn_done": message_id}}]}


@dataclass
class StandIn:
    """Takes Rasa's calls for actions."""

    port: int
    react: Reaction = answered
    calls: list[Call] = field(default_factory=list)
    at_once: dict[str, int] = field(default_factory=dict)
    most_at_once: int = 0

    def served(self, sender: str) -> list[Call]:
        """The calls of action_serve for one thread."""
        return [call for call in self.calls if call["sender_id"] == sender and call["next_action"] == "action_serve"]

    def take(self, call: Call) -> dict[str, Any] | int:
        sender = call["sender_id"]
        self.calls.append(call)
        self.at_once[sender] = self.at_once.get(sender, 0) + 1
        self.most_at_once = max(self.most_at_once, self.at_once[sender])
        try:
            return self.react(call)
        finally:
            self.at_once[sender] -= 1


@contextmanager
def standing_in(port: int) -> Iterator[StandIn]:
    """The stand-in, listening on `port`."""
    stand_in = StandIn(port)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_POST(self) -> None:
            call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reaction = stand_in.take(call)
            status, body = (reaction, {}) if isinstance(reaction, int) else (200, reaction)
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class RasaProcess:
    """The process that `make run` starts, on ports of its own."""

    def __init__(self, log: Path) -> None:
        self.port, self.actions_port = free_ports(2)
        self.log = log
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhooks/relay"

    def start(self) -> None:
        """Start it and wait until it is ready."""
        command = [*rasa(settings()).command[:-1], str(self.port), "--model", str(ROOT / "models")]
        environment = {**os.environ, **rasa_environment(settings()), "LOA_ACTIONS_PORT": str(self.actions_port)}
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        ends = time.monotonic() + START_SECONDS
        while not self._is_ready():
            assert self._running.poll() is None, f"Rasa did not start: {self.log.read_text()[-2000:]}"
            assert time.monotonic() < ends, f"Rasa is not ready: {self.log.read_text()[-2000:]}"
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it and wait for its end."""
        if self._running is not None:
            self._running.terminate()
            self._running.wait(20)
            self._running = None

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False
