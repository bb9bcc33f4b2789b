"""The rows of a workbook that went out from here: its columns are known by their titles, wherever they stand now.

It is read by the intake's own reader: the same limits, the same refusals (`roster.intake.errors`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from roster.intake.cells import as_text, one_line
from roster.intake.errors import IntakeError
from roster.intake.header_names import label_words, without_parentheses
from roster.intake.package import Source, open_package
from roster.intake.parts import read_parts
from roster.intake.settings import IntakeSettings
from roster.intake.shared_strings import read_shared_strings
from roster.intake.sheet_rows import SheetRow, stream_rows

_HEADER_WITHIN = 40
MOST_ROWS = 20_000


class NotOurFile(IntakeError):
    """No sheet has the columns of a file that went out."""

    message = (
        "Tệp này không phải tệp đã tải ra từ đây, hoặc thiếu cột: xin điền vào đúng tệp đã tải về, không xóa cột nào, "
        "kể cả cột ẩn."
    )


@dataclass(frozen=True)
class TableRow:
    """One row below the header. `number` as the sheet counts; `cells` by title, empty ones absent."""

    number: int
    cells: Mapping[str, str]

    def get(self, title: str) -> str:
        """What stands in the column of this title; "" for nothing."""
        return self.cells.get(title, "")


def read_table(
    source: Source, needed: Collection[str], known: Collection[str], settings: IntakeSettings
) -> list[TableRow]:
    """The rows of the first sheet whose header holds all titles of `needed`; columns not in `known` are passed over.

    Raises NotOurFile, and every other IntakeError for what is no readable workbook.
    """
    return read_columns(source, {title: (title,) for title in (*needed, *known)}, needed, settings)


def read_columns(
    source: Source, names: Mapping[str, Collection[str]], needed: Collection[str], settings: IntakeSettings
) -> list[TableRow]:
    """The same of a file whose titles vary: `names` are those under which each column may go; the cells are given by
    its own. Marks, capitals, punctuation and what stands in parentheses do not matter."""
    titles = {label_words(name): title for title, known in names.items() for name in known}
    wanted = set(needed)
    with open_package(source, settings) as archive:
        parts = read_parts(archive)
        strings = read_shared_strings(archive, parts.strings_path, settings)
        for sheet in parts.sheets:
            rows = stream_rows(archive, sheet, parts, strings)
            columns = _header(rows, titles, wanted)
            if columns is not None:
                return list(islice(_rows(rows, columns), MOST_ROWS))
    raise NotOurFile


def _header(rows: Iterator[SheetRow], titles: Mapping[str, str], wanted: set[str]) -> dict[int, str] | None:
    for row in islice(rows, _HEADER_WITHIN):
        labels = {column: one_line(as_text(cell)) for column, cell in row.cells.items()}
        named = {column: title for column, label in labels.items() if (title := _title(label, titles))}
        if wanted <= set(named.values()):
            return named
    return None


def _title(label: str, titles: Mapping[str, str]) -> str | None:
    return titles.get(label_words(label)) or titles.get(label_words(without_parentheses(label)))


def _rows(rows: Iterator[SheetRow], columns: Mapping[int, str]) -> Iterator[TableRow]:
    for row in rows:
        cells: dict[str, str] = {}
        for at, title in sorted(columns.items()):
            text = one_line(as_text(row.cells[at])).strip() if at in row.cells else ""
            if text:
                cells.setdefault(title, text)
        if cells:
            yield TableRow(row.number, cells)
