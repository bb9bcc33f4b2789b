"""A large workbook is read row by row."""

from __future__ import annotations

import tracemalloc
from itertools import islice
from pathlib import Path

from bench.roster_import import make_workbook
from roster.intake import read_workbook
from tests.roster.intake.books import SETTINGS

ROWS = 4_000
MIB = 1024 * 1024


def test_the_first_rows_come_before_the_last_are_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    make_workbook(path, ROWS)
    list(islice(read_workbook(path, SETTINGS), 1))  # loads the tables of communes once
    tracemalloc.start()
    first = list(islice(read_workbook(path, SETTINGS), 100))
    _, peak_of_first = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    count = sum(1 for _ in read_workbook(path, SETTINGS))
    _, peak_of_all = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(first) == 100 and count == ROWS
    assert peak_of_first < 8 * MIB
    assert peak_of_all < 8 * MIB + ROWS * 1000
