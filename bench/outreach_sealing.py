"""How fast a step is sealed, and in how much memory: `python -m bench.outreach_sealing [PEOPLE…]`.

Each audience has an installation of its own. The sealing runs in a process of its own, so that the people's making is
not counted. Memory is what that process and its session of the database hold at most beyond what they held before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from sqlalchemy import func, select, text

from bench.figures import table
from bench.outreach_site import database_pid, release_wave, seal, site
from bench.process_cost import cpu_seconds, own_megabytes, peak_megabytes
from core.database import transaction
from outreach.message import Message

AUDIENCES = (300_000, 1_000_000)
AIMS = {300_000: 15, 1_000_000: 60}
"""Seconds in which so many are to be sealed."""
_CHILD = "--seal"
_LOOK_SECONDS = 0.02


@dataclass(frozen=True)
class Sealed:
    """How a step was sealed. Seconds, processor's seconds, and MB more than before at most, of sealer and session."""

    seconds: float
    sealer_cpu: float
    sealer_megabytes: float
    session_megabytes: float


@dataclass(frozen=True)
class Measured:
    """The same of a step for so many people, with the database's processor's seconds."""

    people: int
    sealed: Sealed
    database_cpu: float


@dataclass
class _Peak:
    """The most memory that was seen."""

    megabytes: float = 0.0


def main() -> int:
    """Measure and print; the exit status."""
    if sys.argv[1:2] == [_CHILD]:
        print(json.dumps(asdict(_seal_here())))
        return 0
    audiences = [int(one) for one in sys.argv[1:]] or AUDIENCES
    print(_told([_measured(people) for people in audiences]))
    return 0


def _measured(people: int) -> Measured:
    with site(people):
        release_wave()
        before = cpu_seconds(database_pid())
        ran = subprocess.run(
            [sys.executable, "-m", "bench.outreach_sealing", _CHILD], stdout=subprocess.PIPE, check=True
        )
        database_cpu = cpu_seconds(database_pid()) - before
        with transaction() as session:
            rows = session.scalar(select(func.count()).select_from(Message))
        if rows != people:
            raise RuntimeError(f"{rows} rows for {people} people")
        return Measured(people, Sealed(**json.loads(ran.stdout.splitlines()[-1])), database_cpu)


def _seal_here() -> Sealed:
    """In the child: seal what is due."""
    with transaction() as session:
        session.scalar(select(func.count()).select_from(Message))
        own_session = session.execute(text("SELECT pg_backend_pid()")).scalar_one()  # the pool gives it out again
    before = peak_megabytes(os.getpid())
    with _watched(own_session) as peak:
        cpu, began = time.process_time(), time.perf_counter()
        if seal() != 1:
            raise RuntimeError("no step was sealed")
        seconds, used = time.perf_counter() - began, time.process_time() - cpu
    return Sealed(seconds, used, peak_megabytes(os.getpid()) - before, peak.megabytes)


@contextmanager
def _watched(pid: int) -> Iterator[_Peak]:
    """The most memory of `pid`'s own while this lasts, beyond what it has now."""
    first, peak, done = own_megabytes(pid), _Peak(), threading.Event()

    def watch() -> None:
        while not done.wait(_LOOK_SECONDS):
            peak.megabytes = max(peak.megabytes, own_megabytes(pid) - first)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def _told(measured: list[Measured]) -> str:
    header = [
        "sealing a step",
        "seconds",
        "people/s",
        "s CPU of sealer",
        "of database",
        "MB more: sealer",
        "its session",
        "of the aim",
    ]
    lines = [table(header, [_row(one) for one in measured])]
    first, last = measured[0], measured[-1]
    if last is not first:
        times = last.sealed.seconds / first.sealed.seconds
        grown = (last.sealed.sealer_megabytes + last.sealed.session_megabytes) / max(
            1.0, first.sealed.sealer_megabytes + first.sealed.session_megabytes
        )
        lines.append(
            f"  ratio: {last.people / first.people:.1f} times the people take {times:.1f} times the time and"
            f" {grown:.1f} times the memory"
        )
    return "\n".join(lines)


def _row(one: Measured) -> list[str]:
    aim = AIMS.get(one.people)
    return [
        f"{one.people:,} people",
        f"{one.sealed.seconds:.1f}",
        f"{one.people / one.sealed.seconds:,.0f}",
        f"{one.sealed.sealer_cpu:.1f}",
        f"{one.database_cpu:.1f}",
        f"{one.sealed.sealer_megabytes:.0f}",
        f"{one.sealed.session_megabytes:.0f}",
        f"{one.sealed.seconds / aim:.2f}" if aim else "",
    ]


if __name__ == "__main__":
    sys.exit(main())
