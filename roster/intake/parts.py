"""The small parts of a workbook: which sheets there are, which number formats are dates."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from roster.intake.errors import BrokenWorkbook
from roster.intake.package import READ_ERRORS

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its title and the archive's member that holds it."""

    title: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What is needed to read cells. `date_styles` are indexes of cell styles that show numbers as dates."""

    sheets: tuple[SheetPart, ...]
    strings_path: str | None
    date_styles: frozenset[int]
    epoch: date


class _WithoutDoctype(ElementTree.TreeBuilder):
    """Workbooks never declare entities; whoever does means harm."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise BrokenWorkbook


def read_parts(archive: zipfile.ZipFile) -> WorkbookParts:
    """Read the workbook's own part, its relations and its styles. Raises BrokenWorkbook."""
    book_path = _main_part(archive)
    book = _xml(archive, book_path)
    relations = _relations(archive, book_path)
    targets = {identity: target for identity, (_, target) in relations.items()}
    return WorkbookParts(
        sheets=tuple(_sheets(book, targets, set(archive.namelist()))),
        strings_path=_target_of_kind(relations, "/sharedStrings"),
        date_styles=_date_styles(archive, _target_of_kind(relations, "/styles")),
        epoch=_EPOCH_1904 if _is_1904(book) else _EPOCH_1900,
    )


def _xml(archive: zipfile.ZipFile, path: str) -> ElementTree.Element:
    try:
        parser = ElementTree.XMLParser(target=_WithoutDoctype())
        parser.feed(archive.read(path))
        return parser.close()
    except (*READ_ERRORS, zlib.error, ElementTree.ParseError) as problem:
        raise BrokenWorkbook from problem


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _all(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if _local(element.tag) == name]


def _main_part(archive: zipfile.ZipFile) -> str:
    """The workbook's part as the package names it."""
    for kind, target in _relations(archive, "").values():
        if kind.endswith("/officeDocument"):
            return target
    raise BrokenWorkbook


def _relations(archive: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    """Relation id → (type, member name) of the part at `path`; "" is the package itself."""
    folder, name = posixpath.split(path)
    root = _xml(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        element.get("Id", ""): (element.get("Type", ""), _member(folder, element.get("Target", "")))
        for element in _all(root, "Relationship")
        if element.get("TargetMode") != "External"
    }


def _member(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(folder, target))


def _target_of_kind(relations: dict[str, tuple[str, str]], kind: str) -> str | None:
    return next((target for name, target in relations.values() if name.endswith(kind)), None)


def _sheets(book: ElementTree.Element, targets: dict[str, str], members: set[str]) -> list[SheetPart]:
    sheets = []
    for element in _all(book, "sheet"):
        identity = next((value for key, value in element.items() if _local(key) == "id"), "")
        path = targets.get(identity, "")
        if "chartsheet" in path or "dialogsheet" in path or "macrosheet" in path:
            continue
        if path not in members:
            raise BrokenWorkbook
        hidden = element.get("state", "visible") != "visible"
        sheets.append(SheetPart(element.get("name", "?"), path, hidden))
    return sheets


def _is_1904(book: ElementTree.Element) -> bool:
    return any(element.get("date1904") in ("1", "true") for element in _all(book, "workbookPr"))


def _date_styles(archive: zipfile.ZipFile, path: str | None) -> frozenset[int]:
    if path is None or path not in archive.namelist():
        return frozenset()
    root = _xml(archive, path)
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    for element in _all(root, "numFmt"):
        formats[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
    cell_formats = next(iter(_all(root, "cellXfs")), None)
    if cell_formats is None:
        return frozenset()
    identities = [int(element.get("numFmtId", "0")) for element in cell_formats]
    return frozenset(i for i, n in enumerate(identities) if _is_date(n, formats.get(n, "")))


def _is_date(identity: int, code: str) -> bool:
    # 27–36 and 50–58 are the East Asian built-in dates, which workbooks do not spell out (ECMA-376 18.8.30).
    return 27 <= identity <= 36 or 50 <= identity <= 58 or bool(is_date_format(code))
