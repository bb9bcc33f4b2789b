"""How fast a wave goes out: messages a second to the stand-in, beside what the same HTTP client reaches with no ledger
behind it, and beside one job a message. Part of `python -m bench`: `python -m bench.outreach_sending [MESSAGES]`.

The ways take turns in every round, the bare loop one half before the wave and one after it, so that whatever else the
machine does meanwhile strikes all alike.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from operator import add

from bench.figures import table
from bench.one_job_a_message import send_by_jobs
from bench.outreach_site import Site, database_pid, release_wave, seal, site
from bench.process_cost import cpu_seconds
from loa.many_people import COMMUNES, phone_of
from outreach.channels.adapter import Accepted, Outgoing
from outreach.channels.fuse import Fuse
from outreach.channels.registry import accounts, adapter_for
from outreach.delivery_settings import delivery_settings
from outreach.dispatch import run_dispatch

MESSAGES = 2000
"""In each round, of which there is one a commune; so many are sent by the bare loop too."""
BY_JOBS = 100
"""So many of them as one job each: that takes its time."""
WARM_UP = 300
_TEXT = (
    "UBND Phuong Lang kinh gui ong/ba (ma H3KR 7M2P). Tro cap van duoc tra nhu truoc. Nay ong/ba co the nhan qua tai"
    " khoan neu muon. Nhan CO de tra loi vai cau hoi, nhan TU CHOI de thoi nhan tin. Ma ho so: H3KR 7M2P."
)
_strangers = itertools.count(1_000_000)
"""People whom no wave goes to."""


@dataclass(frozen=True)
class Measured:
    """One way of sending: seconds, and the processor's seconds of sender, stand-in and database, for all messages."""

    messages: int
    seconds: float
    cpu: dict[str, float]

    @property
    def per_second(self) -> float:
        return self.messages / self.seconds

    def __add__(self, other: Measured) -> Measured:
        cpu = {name: self.cpu[name] + other.cpu[name] for name in self.cpu}
        return Measured(self.messages + other.messages, self.seconds + other.seconds, cpu)


def main() -> int:
    """Measure and print; the exit status."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    with site(len(COMMUNES) * messages) as here:
        measured: dict[str, list[Measured]] = {"bare": [], "ours": [], "jobs": []}
        _bare(WARM_UP)
        for commune in COMMUNES:
            release_wave(commune)
            seal()
            measured["jobs"].append(_measured(here, BY_JOBS, _by_jobs))
            measured["bare"].append(_measured(here, messages // 2, _bare))
            measured["ours"].append(_measured(here, messages - BY_JOBS, _ours))
            measured["bare"].append(_measured(here, messages // 2, _bare))
        print(_told({name: reduce(add, rounds) for name, rounds in measured.items()}))
    return 0


def _measured(here: Site, messages: int, send: Callable[[int], None]) -> Measured:
    pids = {"sender": os.getpid(), "stand-in": here.stack.running["simulator"].pid, "database": database_pid()}
    before, began = {name: _cpu(name, pid) for name, pid in pids.items()}, time.perf_counter()
    send(messages)
    seconds = time.perf_counter() - began
    return Measured(messages, seconds, {name: _cpu(name, pid) - before[name] for name, pid in pids.items()})


def _cpu(name: str, pid: int) -> float:
    """The sender's own alone: its children are counted apart."""
    return time.process_time() if name == "sender" else cpu_seconds(pid)


def _bare(messages: int) -> None:
    """An asyncio loop over the same adapter, with as many at once, and no database."""
    adapter, at_once = adapter_for("twilio"), delivery_settings().sending_threads
    strangers = (next(_strangers) for _ in range(messages))
    waiting = [Outgoing(number, phone_of(number), _TEXT, validity_seconds=3000) for number in strangers]

    async def send_all() -> list[object]:
        loop, places = asyncio.get_running_loop(), asyncio.Semaphore(at_once)
        with ThreadPoolExecutor(at_once) as pool:

            async def send(message: Outgoing) -> object:
                async with places:
                    return await loop.run_in_executor(pool, adapter.send, message, Fuse(600))

            return await asyncio.gather(*(send(message) for message in waiting))

    if not all(isinstance(outcome, Accepted) for outcome in asyncio.run(send_all())):
        raise RuntimeError("the stand-in refused something")


def _ours(messages: int) -> None:
    """A dispatch job, as a worker runs it."""
    sent = run_dispatch(accounts()["twilio"], adapter_for("twilio"), seconds=3600)
    if sent.tried != messages:
        raise RuntimeError(f"{sent.tried} of {messages} messages went out")


def _by_jobs(messages: int) -> None:
    sent = send_by_jobs(messages)
    if sent != messages:
        raise RuntimeError(f"{sent} of {messages} messages went out")


def _told(ways: dict[str, Measured]) -> str:
    bare, ours, jobs = ways["bare"], ways["ours"], ways["jobs"]
    rows = [
        [title, f"{one.per_second:.0f}", *(f"{1000 * one.cpu[name] / one.messages:.2f}" for name in one.cpu)]
        for title, one in (("bare loop, no ledger", bare), ("a wave", ours), ("one job a message", jobs))
    ]
    header = ["sending", "messages/s", *(f"ms CPU of {name}" for name in ours.cpu)]
    more = {name: 1000 * (ours.cpu[name] / ours.messages - bare.cpu[name] / bare.messages) for name in ours.cpu}
    where = ", ".join(f"{name} {milliseconds:+.2f}" for name, milliseconds in more.items())
    return "\n".join(
        (
            table(header, rows),
            f"  ratio: a wave goes out at {ours.per_second / bare.per_second:.2f} of the bare loop's pace",
            f"  ratio: {ours.per_second / jobs.per_second:.1f} times as fast as one job a message",
            f"  where the rest goes, ms CPU a message more than the bare loop: {where}",
        )
    )


if __name__ == "__main__":
    sys.exit(main())
