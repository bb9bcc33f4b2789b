"""Texts with marks: https://core.telegram.org/bots/api#formatting-options. Offsets count UTF-16 units, as there."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from simulator.telegram.errors import TelegramError, bad_request

type Entity = dict[str, Any]
type Formatted = tuple[str, list[Entity]]

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
}  # fmt: skip
# Longer marks first.
_MARKS = {"__": "underline", "*": "bold", "_": "italic", "~": "strikethrough", "||": "spoiler"}
_RESERVED = set("_*[]()~`>#+-=|{}.!")
_LINK = re.compile(r"\[((?:[^\]\\]|\\.)*)\]\(((?:[^)\\]|\\.)*)\)")
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}")
_URL = re.compile(r"https?://[^\s<>]+")


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def found_in(text: str) -> list[Entity]:
    """What Telegram finds by itself in what people write: commands and links."""
    kinds = (("bot_command", _COMMAND), ("url", _URL))
    entities = [
        {"offset": units(text[: match.start()]), "length": units(match.group()), "type": kind}
        for kind, pattern in kinds
        for match in pattern.finditer(text)
    ]
    return sorted(entities, key=lambda entity: entity["offset"])


def read_formatted(text: str, parse_mode: str) -> Formatted:
    """The bare text and its entities. TelegramError if the marks are wrong."""
    readers: dict[str, Callable[[str], Formatted]] = {
        "": lambda bare: (bare, []),
        "html": _read_html,
        "markdownv2": _read_markdown,
    }
    if parse_mode.lower() == "markdown":
        raise TelegramError(501, "Not Implemented: the stand-in does not play the old Markdown")
    reader = readers.get(parse_mode.lower())
    if reader is None:
        raise bad_request("unsupported parse_mode")
    return reader(text)


def _wrong(what: str) -> TelegramError:
    return bad_request(f"can't parse entities: {what}")


class _HtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[Entity] = []
        self._open: list[tuple[str, Entity]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = _TAGS.get(tag)
        if kind is None:
            raise _wrong(f'Unsupported start tag "{tag}" at byte offset {self._offset()}')
        entity: Entity = {"offset": units(self.text), "length": 0, "type": kind}
        if kind == "text_link":
            entity["url"] = dict(attrs).get("href") or ""
        self._open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise _wrong(f"Unexpected end tag at byte offset {self._offset()}")
        _, entity = self._open.pop()
        entity["length"] = units(self.text) - entity["offset"]
        if entity["length"]:
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data

    def close(self) -> None:
        super().close()
        if self._open:
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')

    def _offset(self) -> int:
        return self.getpos()[1]


def _read_html(text: str) -> Formatted:
    reader = _HtmlReader()
    reader.feed(text)
    reader.close()
    return reader.text, _in_order(reader.entities)


class _MarkdownReader:
    """MarkdownV2: every reserved character that marks nothing must be escaped."""

    def __init__(self, source: str) -> None:
        self.text = ""
        self.entities: list[Entity] = []
        self._source = source
        self._at = 0
        self._open: list[tuple[str, int]] = []

    def read(self) -> Formatted:
        while self._at < len(self._source):
            if not (self._escaped() or self._code() or self._link() or self._mark()):
                self._plain()
        if self._open:
            raise _wrong(f"Can't find end of {_MARKS[self._open[-1][0]].capitalize()} entity")
        return self.text, _in_order(self.entities)

    def _escaped(self) -> bool:
        if self._source[self._at] != "\\" or self._at + 1 == len(self._source):
            return False
        self.text += self._source[self._at + 1]
        self._at += 2
        return True

    def _code(self) -> bool:
        if self._source[self._at] != "`":
            return False
        end = self._source.find("`", self._at + 1)
        if end < 0:
            raise _wrong(f"Can't find end of Code entity at byte offset {self._at}")
        self._add("code", self._source[self._at + 1 : end])
        self._at = end + 1
        return True

    def _link(self) -> bool:
        link = _LINK.match(self._source, self._at)
        if not link:
            return False
        self._add("text_link", _MarkdownReader(link.group(1)).read()[0], url=link.group(2))
        self._at = link.end()
        return True

    def _mark(self) -> bool:
        mark = next((mark for mark in _MARKS if self._source.startswith(mark, self._at)), None)
        if mark is None:
            return False
        self._at += len(mark)
        if self._open and self._open[-1][0] == mark:
            start = self._open.pop()[1]
            self.entities.append({"offset": start, "length": units(self.text) - start, "type": _MARKS[mark]})
        else:
            self._open.append((mark, units(self.text)))
        return True

    def _plain(self) -> None:
        character = self._source[self._at]
        if character in _RESERVED:
            raise _wrong(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        self.text += character
        self._at += 1

    def _add(self, kind: str, shown: str, **more: str) -> None:
        self.entities.append({"offset": units(self.text), "length": units(shown), "type": kind, **more})
        self.text += shown


def _in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _read_markdown(text: str) -> Formatted:
    return _MarkdownReader(text).read()
