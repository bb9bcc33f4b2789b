"""The most memory that a process and its children have held, as Linux counts it."""

from __future__ import annotations

from pathlib import Path

_PROC = Path("/proc")


def peak_megabytes(pid: int) -> float:
    """Peak resident memory of `pid` and everything it started that still runs, in MB (2^20 bytes)."""
    return sum(_peak_kilobytes(one) for one in _family(pid)) / 1024


def _family(pid: int) -> list[int]:
    children = (_PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _peak_kilobytes(pid: int) -> int:
    for line in (_PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0
