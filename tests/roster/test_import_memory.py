"""A large list comes onto the roster in bounded memory: four times the rows hold no four times the memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from uuid import UUID

import pytest

from bench.roster_import import make_workbook
from tests.roster.commune_office import counts, empty_roster, merge_import, stage_file

FEW, MANY = 1_500, 6_000
MIB = 1024 * 1024
_A_ROW = 1200
"""Bytes that each further row may hold until the end: who was met, and what the audit log is to say of it."""


@pytest.fixture
def clean(database: str) -> None:
    """An empty roster."""
    empty_roster()


def peaks(folder: Path, rows: int) -> tuple[int, int]:
    """The most memory that staging and that merging so many rows held."""
    path = folder / f"{rows}.xlsx"
    make_workbook(path, rows)
    tracemalloc.start()
    import_id: UUID = stage_file(path)
    _, staging = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    merge_import(import_id, skip_errors=True)
    _, merging = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return staging, merging


def test_staging_and_merging_hold_a_batch_at_a_time(clean: None, tmp_path: Path) -> None:
    peaks(tmp_path, 200)  # loads what is loaded once
    few, many = peaks(tmp_path, FEW), peaks(tmp_path, MANY)
    assert counts("person")["person"] > 1_000
    for least, most in zip(few, many, strict=True):
        assert most - least < 3 * MIB + (MANY - FEW) * _A_ROW, (few, many)
