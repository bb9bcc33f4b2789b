"""Reading one large XML part of a workbook piece by piece, in bounded memory."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from roster.intake.errors import BrokenWorkbook
from roster.intake.package import READ_ERRORS

CHUNK = 1 << 16


def chunks(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The bytes of a member. Raises BrokenWorkbook where they cannot be unpacked or the checksum is wrong."""
    try:
        with archive.open(path) as member:
            while chunk := member.read(CHUNK):
                yield chunk
    except (*READ_ERRORS, zlib.error) as problem:
        raise BrokenWorkbook from problem


def new_parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> expat.XMLParserType:
    """A parser that calls back for tags and text and refuses declarations of entities."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = CHUNK
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise BrokenWorkbook


def feed(parser: expat.XMLParserType, chunk: bytes, final: bool = False) -> None:
    """Parse one more piece. Raises BrokenWorkbook for anything that is no XML."""
    try:
        parser.Parse(chunk, final)
    except expat.ExpatError as problem:
        raise BrokenWorkbook from problem


def local(tag: str) -> str:
    """The tag without the prefix some writers give it: "x:row" → "row"."""
    return tag.rpartition(":")[2]
