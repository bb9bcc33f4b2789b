"""The cells of a row as the sheet shows them, put together only when somebody looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from roster.intake.cells import Cell, as_text, one_line
from roster.intake.header import Layout


class RawCells(Mapping[str, str]):
    """Role of the column → text; several columns of one role are joined by " | "."""

    def __init__(self, cells: Mapping[int, Cell], layout: Layout) -> None:
        self._cells = cells
        self._layout = layout

    @cached_property
    def _texts(self) -> dict[str, str]:
        texts: dict[str, str] = {}
        for role, columns in self._layout.columns.items():
            found = [one_line(as_text(self._cells[column])) for column in columns if column in self._cells]
            if found:
                texts[role.value] = " | ".join(found)
        return texts

    def __getitem__(self, role: str) -> str:
        return self._texts[role]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)
