"""An interpreter that has loaded the program and done nothing yet, and splits off the processes of the crash test.

Loading takes a process some two seconds of work, and a run starts dozens. What is split off runs an installation's own
command with an environment of its own, as if it had just been loaded: nothing has read a setting before, no thread runs
and nothing is connected. `python -m loa.crash_test.forking FD` is the interpreter; `Forker` is who asks it.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from core.settings import ROOT, settings

_LARGEST_REQUEST = 1 << 20
_MODULES = ("loa.cli", "loa.working")
"""The second is what `loa serve` loads when it is called."""


class Child:
    """A process that was split off, known by a descriptor: its number may be another's by the time it is killed."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @property
    def lives(self) -> bool:
        return not select.select([self._descriptor], [], [], 0)[0]

    def signal(self, what: signal.Signals) -> None:
        """Send a signal; nothing happens where it has ended."""
        try:
            signal.pidfd_send_signal(self._descriptor, what)
        except ProcessLookupError:
            return

    def close(self) -> None:
        """Kill it, wait for its end, and let it go."""
        self.signal(signal.SIGKILL)
        select.select([self._descriptor], [], [])
        os.close(self._descriptor)


class Forker:
    """Starts processes. When it is closed, or whoever started it ends in whatever way, all of them are killed."""

    def __init__(self) -> None:
        self._asks, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", __name__, str(theirs.fileno())]
            self._process = subprocess.Popen(
                command, cwd=ROOT, pass_fds=[theirs.fileno()], preexec_fn=die_with_parent, start_new_session=True
            )

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> Child:
        """Run `loa` with these arguments; its output goes to the end of `log`. Raises RuntimeError."""
        request = {"arguments": list(arguments), "environment": dict(environment), "log": str(log)}
        self._asks.send(json.dumps(request).encode())
        _, descriptors, _, _ = socket.recv_fds(self._asks, 1, 1)
        if not descriptors:
            raise RuntimeError("the interpreter that starts processes has ended")
        return Child(descriptors[0])

    def close(self) -> None:
        """End it and all that it has started."""
        self._asks.close()
        self._process.wait()


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that started it ends: prctl(PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def serve(asked: socket.socket) -> None:
    """Load the program, then split off a process for each request until nobody can ask any more."""
    for module in _MODULES:
        importlib.import_module(module)
    if settings.cache_info().currsize or threading.active_count() > 1:
        raise RuntimeError("loading the program has read settings or started threads: nothing may be split off")
    gc.freeze()  # what is loaded is never thrown away, and so stays shared
    while request := asked.recv(_LARGEST_REQUEST):
        child = os.fork()
        if not child:
            asked.close()
            _run(json.loads(request))
        descriptor = os.pidfd_open(child)
        socket.send_fds(asked, [b"."], [descriptor])
        os.close(descriptor)
        _forget_ended()


def _run(request: Mapping[str, Any]) -> NoReturn:
    """Be the process that was asked for."""
    die_with_parent()
    os.setsid()
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["loa", *request["arguments"]]
    from loa.cli import main

    status = 1
    try:
        main(args=request["arguments"], prog_name="loa")
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _forget_ended() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    die_with_parent()
    serve(socket.socket(fileno=int(sys.argv[1])))
