"""Opening a workbook to be written row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

type Target = Path | BinaryIO
"""Where a workbook goes: a path, or a binary file open for writing."""


@contextmanager
def new_workbook(target: Target, title: str) -> Iterator[xlsxwriter.Workbook]:
    """A workbook that keeps one row in memory; complete on `target` when the block ends."""
    workbook = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"title": title})
    try:
        yield workbook
    finally:
        workbook.close()
