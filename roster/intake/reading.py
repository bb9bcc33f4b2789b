"""From a workbook to staged rows: the one way in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from roster.intake.categories import load_categories
from roster.intake.communes import load_communes
from roster.intake.duplicates import DuplicateFinder
from roster.intake.errors import EmptyWorkbook, NoHeader, NoPeople, TooLarge
from roster.intake.header import HeaderFinder, Layout
from roster.intake.header_names import load_header_names
from roster.intake.merges import Merge, read_merges
from roster.intake.package import Source, open_package
from roster.intake.parts import SheetPart, WorkbookParts, read_parts
from roster.intake.person_row import PersonReader, Surroundings
from roster.intake.roles import Role
from roster.intake.settings import IntakeSettings
from roster.intake.shared_strings import read_shared_strings
from roster.intake.sheet_reader import Knowledge, SheetReader
from roster.intake.sheet_rows import stream_rows
from roster.intake.staged import Finding, Person, RowKind, StagedRow

_HEADER_WITHIN = 80
"""How many rows with anything in them a header may stand below."""


class _ListSheet(NamedTuple):
    part: SheetPart
    layout: Layout
    merges: list[Merge]


def read_workbook(source: Source, settings: IntakeSettings) -> Iterator[StagedRow]:
    """The rows of every list of persons in an .xlsx, given as a path or a seekable binary file, one by one.

    Hidden sheets are read only where no visible one holds a list. Raises an `IntakeError`, at the first row or in
    the middle (a damaged file, a formula without a value): rows already yielded must not be merged then.
    """
    with open_package(source, settings) as archive:
        parts = read_parts(archive)
        strings = read_shared_strings(archive, parts.strings_path, settings)
        known = _knowledge(settings)
        sheets = _list_sheets(archive, parts, strings, known)
        duplicates = DuplicateFinder()
        people = 0
        left = settings.max_rows
        for sheet in sheets:
            reader = SheetReader(sheet.part.title, known, sheet.merges, duplicates)
            rows = stream_rows(archive, sheet.part, parts, strings)
            for staged in reader.read(rows, sheet.layout):
                left -= 1
                if left < 0:
                    raise TooLarge(f"hơn {settings.max_rows} dòng")
                people += staged.kind is RowKind.PERSON
                staged.several_sheets = len(sheets) > 1
                yield staged
        if not people:
            raise NoPeople


def read_texts(texts: Mapping[Role, str], settings: IntakeSettings) -> tuple[Person, list[Finding]]:
    """The person that typed texts make, read by the same rules: how an officer's corrections are checked."""
    known = _knowledge(settings)
    roles = list(texts)
    layout = Layout(1, 1, {role: (column,) for column, role in enumerate(roles)}, {})
    reader = PersonReader(layout, known.communes, known.categories, settings)
    cells = {column: texts[role] for column, role in enumerate(roles) if texts[role]}
    return reader.read(cells, Surroundings())


def _knowledge(settings: IntakeSettings) -> Knowledge:
    categories = load_categories(settings.categories_file)
    headers = HeaderFinder(load_header_names(settings.headers_file), categories)
    return Knowledge(load_communes(settings.province_code), categories, headers, settings)


def _list_sheets(
    archive: zipfile.ZipFile, parts: WorkbookParts, strings: list[str], known: Knowledge
) -> list[_ListSheet]:
    """The sheets that have a header. Raises EmptyWorkbook, NoHeader."""
    found: list[_ListSheet] = []
    empty = True
    for part in parts.sheets:
        head = list(islice(stream_rows(archive, part, parts, strings), _HEADER_WITHIN))
        empty = empty and not head
        merges = read_merges(archive, part) if head else []
        layout = known.headers.find(head, merges)
        if layout:
            found.append(_ListSheet(part, layout, merges))
    if empty:
        raise EmptyWorkbook
    if not found:
        raise NoHeader
    return [sheet for sheet in found if not sheet.part.hidden] or found
