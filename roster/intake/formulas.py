"""What to do with formulas: take the value Excel saved and say so, refuse where none was saved."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from roster.intake.cells import CellError, Uncomputed, as_text
from roster.intake.errors import FormulaWithoutValue
from roster.intake.header import Layout
from roster.intake.roles import Role
from roster.intake.sheet_rows import SheetRow
from roster.intake.staged import Field, Finding, RowReason, warning

_FIELDS = {
    Role.FULL_NAME: Field.FULL_NAME, Role.FAMILY_NAME: Field.FULL_NAME, Role.GIVEN_NAME: Field.FULL_NAME,
    Role.BIRTH: Field.BIRTH_YEAR, Role.BIRTH_DAY: Field.BIRTH_YEAR, Role.BIRTH_MONTH: Field.BIRTH_YEAR,
    Role.BIRTH_YEAR: Field.BIRTH_YEAR, Role.MALE: Field.BIRTH_YEAR, Role.FEMALE: Field.BIRTH_YEAR,
    Role.GENDER: Field.GENDER, Role.CITIZEN_ID: Field.CITIZEN_ID, Role.CATEGORY: Field.CATEGORY,
    Role.CATEGORY_MARK: Field.CATEGORY, Role.WARD: Field.WARD, Role.PHONES: Field.PHONES,
}  # fmt: skip
# Rows in which a sum without its value does no harm.
_HARMLESS = frozenset({RowReason.TOTAL, RowReason.HEADER, RowReason.HEADING, RowReason.SIGNATURE})


class FormulaWatch:
    """Watches the formulas under one header."""

    def __init__(self, sheet: str, layout: Layout) -> None:
        self._sheet = sheet
        self._fields = {
            column: _FIELDS[role] for role, columns in layout.columns.items() if role in _FIELDS for column in columns
        }

    def check(self, row: SheetRow, reason: RowReason | None) -> None:
        """Raise FormulaWithoutValue where a person's cell waits for a result that was never saved."""
        if reason in _HARMLESS:
            return
        cells = [
            cell.place or f"{get_column_letter(column + 1)}{row.number}"
            for column, cell in sorted(row.cells.items())
            if isinstance(cell, Uncomputed) and column in self._fields
        ]
        if cells:
            raise FormulaWithoutValue(self._sheet, cells)

    def findings(self, row: SheetRow) -> list[Finding]:
        """One warning for each field whose value is a formula's."""
        found: dict[Field, Finding] = {}
        for column in sorted(row.formulas):
            if column in self._fields and not isinstance(row.cells.get(column), CellError | None):
                place = f"{get_column_letter(column + 1)}{row.number}"
                reason = f"Ô {place} là công thức; đã lấy giá trị đang hiện"
                field = self._fields[column]
                found.setdefault(field, warning(field, as_text(row.cells[column]), reason))
        return list(found.values())
