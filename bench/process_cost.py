"""What a process and its children have cost: the most memory held and the processor's time, as Linux counts them."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def peak_megabytes(pid: int) -> float:
    """Peak resident memory of `pid` and everything it started that still runs, in MB (2^20 bytes)."""
    return sum(_kilobytes(one, "VmHWM:") for one in _family(pid)) / 1024


def own_megabytes(pid: int) -> float:
    """Memory that `pid` alone holds now and shares with nobody, in MB: of a session of the database without the pages
    that all sessions share."""
    return _kilobytes(pid, "RssAnon:") / 1024


def cpu_seconds(pid: int) -> float:
    """Seconds of processor time, its own and the system's for it, that `pid` and its children, those that have ended
    included, have used so far.

    Unlike a clock it does not count what other processes of the machine do meanwhile.
    """
    return sum(_cpu_ticks(one) for one in _family(pid)) / _TICKS_A_SECOND


def _family(pid: int) -> list[int]:
    children = _told(pid, f"task/{pid}/children").split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _kilobytes(pid: int, name: str) -> int:
    for line in _told(pid, "status").splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def _cpu_ticks(pid: int) -> int:
    # proc(5): after the name in brackets, which may hold spaces, utime and stime are the 12th and 13th field, and those
    # of children that were waited for the next two.
    return sum(map(int, _told(pid, "stat").rpartition(")")[2].split()[11:15]))


def _told(pid: int, name: str) -> str:
    """What the system says of a process; nothing where a child has ended meanwhile, whose cost is then its parent's."""
    try:
        return (_PROC / str(pid) / name).read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
