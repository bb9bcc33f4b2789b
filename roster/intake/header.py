"""Finding the header of a sheet: the row (or two or three) that names the columns, under the title rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from language.text import fold
from roster.intake.categories import Categories
from roster.intake.cells import as_text
from roster.intake.header_names import HeaderNames, label_words
from roster.intake.merges import Merge
from roster.intake.roles import TELLING, Role
from roster.intake.sheet_rows import SheetRow

DEPTH = 3
"""The most rows a header is spread over."""
_FEWEST = 2
_LOOK_ON = 8
_LONGEST_LABEL = 120


@dataclass(frozen=True)
class Layout:
    """Where the header stands and which column has which role (columns from 0, in sheet order)."""

    first_row: int
    last_row: int
    columns: dict[Role, tuple[int, ...]]
    labels: dict[int, str]
    """The folded label of every column that has one: a repeated header is known by them."""
    categories: dict[int, str] = field(default_factory=dict)
    """The category that each ticked column stands for."""

    def first(self, role: Role) -> int | None:
        """The first column of a role, or None."""
        columns = self.columns.get(role)
        return columns[0] if columns else None

    def repeats(self, row: SheetRow) -> bool:
        """Whether every text of a row, two at least, is the label of its own column."""
        texts = [(column, label_words(cell)) for column, cell in row.cells.items() if isinstance(cell, str)]
        same = [column for column, words in texts if words and f" {words} " in f" {self.labels.get(column, '')} "]
        return len(texts) == len(row.cells) >= 2 and len(same) == len(texts)

    @property
    def score(self) -> int:
        """How many roles are known; ticked columns tell more than the group they stand under."""
        known = len([role for role in self.columns if role is not Role.IGNORED])
        return known + (Role.CATEGORY_MARK in self.columns)

    @property
    def lists_people(self) -> bool:
        """Whether this can be a list of persons: a name or number, and something that tells about them."""
        named = Role.FULL_NAME in self.columns or (Role.FAMILY_NAME in self.columns and Role.GIVEN_NAME in self.columns)
        known_by_number = Role.CITIZEN_ID in self.columns and self.score >= 4
        return (named or known_by_number) and bool(TELLING & self.columns.keys()) and self.score >= _FEWEST


class HeaderFinder:
    """Finds headers by the names columns are known under."""

    def __init__(self, names: HeaderNames, categories: Categories) -> None:
        self._names = names
        self._categories = categories

    def find(self, rows: Sequence[SheetRow], merges: Sequence[Merge]) -> Layout | None:
        """The best header among the given rows, the topmost of equals; None where no row names columns. Below one
        that will do only a few more rows are looked at."""
        best: Layout | None = None
        for start in range(len(rows)):
            if best and rows[start].number > best.last_row + _LOOK_ON:
                break
            if not self._may_begin(rows[start]):
                continue
            for depth in range(1, DEPTH + 1):
                block = rows[start : start + depth]
                if len(block) < depth or not self._may_continue(block):
                    break
                layout = self.layout(block, merges)
                if layout.lists_people and (best is None or _better(layout, best)):
                    best = layout
        return best

    def layout(self, block: Sequence[SheetRow], merges: Sequence[Merge]) -> Layout:
        """The roles of the columns under a header of these rows."""
        labels = _labels(block, merges)
        columns: dict[Role, list[int]] = {}
        categories: dict[int, str] = {}
        for column in sorted(labels):
            role = self._role(labels, column)
            if role in (None, Role.CATEGORY) and (category := self._ticked_category(labels[column])):
                role = Role.CATEGORY_MARK
                categories[column] = category
            if role is not None:
                columns.setdefault(role, []).append(column)
        _pair_names(columns, labels, merges, block)
        _name_the_person(columns)
        return Layout(
            block[0].number,
            block[-1].number,
            {role: tuple(found) for role, found in columns.items()},
            {column: label_words(" ".join(parts)) for column, parts in labels.items()},
            categories,
        )

    def _ticked_category(self, parts: list[str]) -> str | None:
        """The category a column is named after: "Hộ nghèo", or "Khác" below a group."""
        category = self._categories.exactly(parts[-1])
        return category if len(parts) > 1 or label_words(parts[-1]) != "khac" else None

    def _role(self, labels: dict[int, list[str]], column: int) -> Role | None:
        parts = labels[column]
        own = _nam_or_nu(labels, column)
        if own is not None:
            return own
        whole = self._names.role_of(" ".join(parts))
        if len(parts) == 1:
            return whole
        last = self._names.role_of(parts[-1])
        above = self._names.role_of(" ".join(parts[:-1]))
        return _under_group(above, last, whole)

    def _may_begin(self, row: SheetRow) -> bool:
        texts = [cell for cell in row.cells.values() if isinstance(cell, str) and len(cell) <= _LONGEST_LABEL]
        return len(texts) >= 2 and len(texts) * 2 > len(row.cells)

    def _may_continue(self, block: Sequence[SheetRow]) -> bool:
        """Further header rows follow at once and hold nothing but text, half of it names of columns."""
        return all(below.number == above.number + 1 and self._is_labels(below) for above, below in pairwise(block))

    def _is_labels(self, row: SheetRow) -> bool:
        texts = [cell for cell in row.cells.values() if isinstance(cell, str)]
        known = [t for t in texts if self._names.role_of(t) or self._categories.exactly(t) or label_words(t) == "nam"]
        return len(texts) == len(row.cells) > 0 and len(known) * 2 >= len(texts)


def _better(layout: Layout, best: Layout) -> bool:
    """More roles win, then fewer rows (a title above is no part of the header), then the topmost."""
    rows, best_rows = layout.last_row - layout.first_row, best.last_row - best.first_row
    return (layout.score, -rows) > (best.score, -best_rows)


def _under_group(above: Role | None, last: Role | None, whole: Role | None) -> Role | None:
    """The role of a column under a group: "Người thân" over "SĐT" is the relative's phone."""
    if above is Role.RELATIVE:
        return whole if whole in (Role.RELATIVE_PHONES, Role.RELATIVE, Role.RELATION, Role.IGNORED) else last
    if above is Role.PHONES and whole is Role.RELATIVE_PHONES:
        return whole
    if above is Role.HOUSEHOLD:
        return Role.HOUSEHOLD
    if above is Role.IGNORED:
        return Role.IGNORED
    return last or whole or above


def _nam_or_nu(labels: dict[int, list[str]], column: int) -> Role | None:
    """A column "Nam" beside one "Nữ" is for men; "Ngày, Tháng, Năm" is a date in three. Without diacritics the
    words Nam and Năm are one, so the neighbours decide."""
    own = _last(labels, column)
    if own in ("nu", "nu gioi") and (_is_nam(labels, column - 1) or "sinh" in _above(labels, column)):
        return Role.FEMALE
    if not _is_nam(labels, column):
        return None
    if _last(labels, column + 1) in ("nu", "nu gioi"):
        return Role.MALE
    if _last(labels, column - 1) == "thang" or "sinh" in _above(labels, column):
        return Role.BIRTH_YEAR
    return None


def _is_nam(labels: dict[int, list[str]], column: int) -> bool:
    return _last(labels, column) in ("nam", "nam gioi")


def _last(labels: dict[int, list[str]], column: int) -> str:
    parts = labels.get(column)
    return label_words(parts[-1]) if parts else ""


def _above(labels: dict[int, list[str]], column: int) -> str:
    return fold(" ".join(labels[column][:-1]))


def _labels(block: Sequence[SheetRow], merges: Sequence[Merge]) -> dict[int, list[str]]:
    """The label of each column, from the group down. Groups spread over the columns below them."""
    columns = _columns(block, merges)
    labels: dict[int, list[str]] = {}
    for i, row in enumerate(block):
        spread = _spread(row, block[i + 1 :], columns, merges)
        for column in columns:
            text = spread.get(column, "")
            if text and text not in labels.get(column, []):
                labels.setdefault(column, []).append(text)
    return labels


def _columns(block: Sequence[SheetRow], merges: Sequence[Merge]) -> list[int]:
    """The columns with a text of their own in the block or under a merged one."""
    columns = {column for row in block for column in row.cells}
    last = max(columns, default=0) + 1
    for merge in _within(merges, block):
        columns.update(range(merge.first_column, min(merge.last_column, last) + 1))
    return sorted(columns)


def _within(merges: Sequence[Merge], block: Sequence[SheetRow]) -> list[Merge]:
    first, last = block[0].number, block[-1].number
    return [merge for merge in merges if first <= merge.first_row <= last]


def _spread(
    row: SheetRow, below: Sequence[SheetRow], columns: Sequence[int], merges: Sequence[Merge]
) -> dict[int, str]:
    """The texts of a header row; a group's text also over the columns it is merged over, or, where
    nothing is merged, over the empty cells to its right that have a label below."""
    texts = {column: as_text(cell).replace("\n", " ") for column, cell in row.cells.items()}
    merged = [m for m in _within(merges, [row, *below]) if m.last_column > m.first_column]
    for merge in merged:
        if merge.first_row == row.number and merge.first_column in texts:
            for column in range(merge.first_column, min(merge.last_column, columns[-1]) + 1):
                texts.setdefault(column, texts[merge.first_column])
    if merged:
        return texts
    group = ""
    for column in columns:
        if column in texts:
            group = texts[column]
        elif group and any(column in lower.cells for lower in below):
            texts[column] = group
    return texts


def _name_the_person(columns: dict[Role, list[int]]) -> None:
    """Where no column is the person's name, the recipient ("Họ và tên người nhận") or the household's head is."""
    if columns.keys() & {Role.FULL_NAME, Role.GIVEN_NAME}:
        return
    for role in (Role.RELATIVE, Role.HOUSEHOLD):
        if role in columns:
            columns[Role.FULL_NAME] = columns.pop(role)[:1]
            return


def _pair_names(
    columns: dict[Role, list[int]], labels: dict[int, list[str]], merges: Sequence[Merge], block: Sequence[SheetRow]
) -> None:
    """Names in two columns: "Họ đệm | Tên", or one header "Họ và tên" merged over both."""
    if Role.FAMILY_NAME in columns and Role.FULL_NAME in columns:
        given = next((c for c in columns[Role.FULL_NAME] if label_words(labels[c][-1]) == "ten"), None)
        if given is not None:
            columns[Role.GIVEN_NAME] = [given]
            columns[Role.FULL_NAME].remove(given)
            if not columns[Role.FULL_NAME]:
                del columns[Role.FULL_NAME]
        return
    names = columns.get(Role.FULL_NAME, [])
    side_by_side = len(names) == 2 and names[1] == names[0] + 1 and labels[names[0]] == labels[names[1]]
    if side_by_side and any(m.first_column == names[0] and m.last_column == names[1] for m in _within(merges, block)):
        columns[Role.FAMILY_NAME], columns[Role.GIVEN_NAME] = [names[0]], [names[1]]
        del columns[Role.FULL_NAME]
