"""The table of texts that the cells of a workbook refer to by number."""

from __future__ import annotations

import zipfile

from roster.intake.cells import clean_text, unescape
from roster.intake.errors import TooLarge
from roster.intake.settings import MIB, IntakeSettings
from roster.intake.xml_stream import chunks, feed, local, new_parser


class _Collector:
    """Gathers the `t` of each `si`, runs of rich text joined, phonetic helps (`rPh`) left out."""

    def __init__(self, limit: int) -> None:
        self.strings: list[str] = []
        self._limit = limit
        self._size = 0
        self._parts: list[str] = []
        self._in_text = False
        self._phonetic = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = local(tag)
        self._in_text = name == "t" and not self._phonetic
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True

    def text(self, data: str) -> None:
        if self._in_text:
            self._parts.append(data)

    def end(self, tag: str) -> None:
        self._in_text = False
        name = local(tag)
        if name == "si":
            self._add(clean_text(unescape("".join(self._parts))))
        elif name == "rPh":
            self._phonetic = False

    def _add(self, text: str) -> None:
        self._size += len(text) + 50
        if self._size > self._limit:
            raise TooLarge(f"phần chữ hơn {self._limit // MIB} MB")
        self.strings.append(text)


def read_shared_strings(archive: zipfile.ZipFile, path: str | None, settings: IntakeSettings) -> list[str]:
    """The cleaned texts in order; none where the workbook has no such part. Raises TooLarge, BrokenWorkbook."""
    if path is None or path not in archive.namelist():
        return []
    collector = _Collector(settings.max_shared_text_bytes)
    parser = new_parser(collector.start, collector.end, collector.text)
    for chunk in chunks(archive, path):
        feed(parser, chunk)
    feed(parser, b"", final=True)
    return collector.strings
