"""Figures of many measurements, and how they are printed."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Milliseconds: the middle one, and the one that 19 of 20 do not pass."""

    median: float
    p95: float


def spread(milliseconds: Sequence[float]) -> Spread:
    """The spread of at least two measurements."""
    return Spread(statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20, method="inclusive")[-1])


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns set under each other; the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    return "\n".join("  " + _line(cells, widths) for cells in (header, *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])
