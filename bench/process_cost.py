"""What a process and its children have cost: the most memory held and the processor's time, as Linux counts them."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def peak_megabytes(pid: int) -> float:
    """Peak resident memory of `pid` and everything it started that still runs, in MB (2^20 bytes)."""
    return sum(_peak_kilobytes(one) for one in _family(pid)) / 1024


def cpu_seconds(pid: int) -> float:
    """Seconds of processor time, its own and the system's for it, that `pid` and its children have used so far.

    Unlike a clock it does not count what other processes of the machine do meanwhile.
    """
    return sum(_cpu_ticks(one) for one in _family(pid)) / _TICKS_A_SECOND


def _family(pid: int) -> list[int]:
    children = (_PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _peak_kilobytes(pid: int) -> int:
    for line in (_PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def _cpu_ticks(pid: int) -> int:
    # proc(5): after the name in brackets, which may hold spaces, utime and stime are the 12th and 13th field.
    fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
