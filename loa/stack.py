"""The whole stack on ports and a database of its own: for end-to-end tests, rehearsals and benchmarks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from core.settings import ROOT, Settings, settings
from loa.processes import Process, all_processes, process_environment
from loa.stand_ins.accounts import read_settings_anew, stand_in_urls

START_SECONDS = 120
PORTS = ("rasa", "actions", "public", "console", "simulator")


class StackFailed(RuntimeError):
    """A process of the stack ended or did not come up; names it and its log file."""


@dataclass
class Stack:
    """A running stack. `logs` holds one file a process."""

    settings: Settings
    logs: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, process: Process) -> None:
        """Start `process`, its output into its log file."""
        log = (self.logs / f"{process.name}.log").open("ab")
        self.running[process.name] = subprocess.Popen(
            process.command, cwd=ROOT, env=process_environment(process), stdout=log, stderr=log, start_new_session=True
        )

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop the process called `name` with its children, and wait for its end."""
        process = self.running.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def ended(self) -> list[str]:
        """The processes that ended although nobody stopped them."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def process(self, name: str) -> Process:
        """How the process called `name` is started, to start it again."""
        return next(one for one in all_processes(self.settings) if one.name == name)

    def wait_until_up(self, names: Iterable[str]) -> None:
        """Wait until every named process answers on its port. Raises StackFailed."""
        ends = time.monotonic() + START_SECONDS
        for name in names:
            port = self.process(name).port
            while port is not None and not _answers(port):
                if self.running[name].poll() is not None or time.monotonic() > ends:
                    raise StackFailed(f"{name} did not come up: see {self.logs / (name + '.log')}")
                time.sleep(0.1)


def free_ports(count: int) -> list[int]:
    """`count` ports of loopback that nobody listens on."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@contextmanager
def own_ports() -> Iterator[None]:
    """Give this process's settings, and so every process it starts, ports and stand-ins of their own for a while.

    Whatever else of the environment was changed meanwhile is put back as well.
    """
    before = dict(os.environ)
    for name, port in zip(PORTS, free_ports(len(PORTS)), strict=True):
        os.environ[f"LOA_{name.upper()}_PORT"] = str(port)
    os.environ.update(stand_in_urls(int(os.environ["LOA_SIMULATOR_PORT"])))
    read_settings_anew()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        read_settings_anew()


@contextmanager
def running_stack(without: Iterable[str] = ()) -> Iterator[Stack]:
    """Start everything but `without` on the present settings' database and ports; stop it all at the end."""
    left_out = set(without)
    with tempfile.TemporaryDirectory(prefix="loa-stack-", delete="LOA_KEEP_LOGS" not in os.environ) as logs:
        stack = Stack(settings(), Path(logs))
        wanted = [one for one in all_processes(settings()) if one.name not in left_out]
        try:
            for process in wanted:
                stack.start(process)
            stack.wait_until_up(one.name for one in wanted)
            yield stack
        finally:
            for name in list(stack.running):
                stack.stop(name)


def _answers(port: int) -> bool:
    with socket.socket() as one:
        one.settimeout(0.2)
        return one.connect_ex(("127.0.0.1", port)) == 0
