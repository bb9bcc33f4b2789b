"""What the rows above a header, the sheet's own name and headings between the rows say about the rows below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from roster.intake.categories import Categories
from roster.intake.cells import as_text, one_line
from roster.intake.communes import CommuneIndex, CommuneMatch
from roster.intake.person_row import Surroundings
from roster.intake.rows import RowSorter
from roster.intake.sheet_rows import SheetRow
from roster.neighbourhoods import is_neighbourhood


def from_titles(rows: Iterable[SheetRow], sheet: str, communes: CommuneIndex, categories: Categories) -> Surroundings:
    """The one commune and the one category that the title rows name: "DANH SÁCH HỘ NGHÈO XÃ HẠ BẰNG". Without a
    commune there, the sheet's name may be one."""
    texts = [one_line(as_text(cell)) for row in rows for cell in row.cells.values() if isinstance(cell, str)]
    wards = [match for text in texts if (match := communes.named_in(text))]
    named = {match.commune.name for match in wards if match.commune}
    kinds = {name for text in texts if (name := categories.within(text))}
    ward = wards[0] if len(named) == 1 else None
    if not named:
        ward = _from_sheet_name(sheet, communes)
    return Surroundings(ward, kinds.pop() if len(kinds) == 1 else None)


def _from_sheet_name(sheet: str, communes: CommuneIndex) -> CommuneMatch | None:
    match = communes.find(sheet)
    if match.commune is None:
        return None
    return CommuneMatch(match.commune, (), match.reason)


def after_heading(
    around: Surroundings, row: SheetRow, sorter: RowSorter, communes: CommuneIndex, categories: Categories
) -> Surroundings:
    """What holds below a heading: a commune, a category or a neighbourhood; other headings change nothing."""
    text = sorter.heading_text(row)
    if ward := communes.named_in(text):
        return replace(around, ward=ward, neighbourhood=None)
    if category := categories.exactly(text) or categories.within(text):
        return replace(around, category=category)
    if is_neighbourhood(text):
        return replace(around, neighbourhood=text)
    return around
