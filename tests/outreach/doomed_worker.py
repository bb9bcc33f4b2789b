"""A worker that dies or freezes at a named point of sending: run by the crash tests as a process of its own.

    python -m tests.outreach.doomed_worker before_call|after_call KILL|STOP

The point is put into the adapter that the run is given; all else is what a worker does.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Collection
from dataclasses import dataclass

from outreach.channels.adapter import ChannelAdapter, LookUp, Outcome, Outgoing
from outreach.channels.fuse import Fuse
from outreach.channels.registry import accounts, adapter_for
from outreach.dispatch import run_dispatch


@dataclass(frozen=True)
class Doomed:
    """The real adapter, and the signal that this process sends to itself before or after its call."""

    real: ChannelAdapter
    point: str
    signal: signal.Signals

    def send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        if self.point == "before_call":
            os.kill(os.getpid(), self.signal)
        outcome = self.real.send(message, fuse)
        if self.point == "after_call":
            os.kill(os.getpid(), self.signal)
        return outcome

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        return self.real.look_up(message, known)


if __name__ == "__main__":
    point, name = sys.argv[1:]
    doomed = Doomed(adapter_for("twilio"), point, signal.Signals[f"SIG{name}"])
    run_dispatch(accounts()["twilio"], doomed, sleep=lambda seconds: None)
