"""Exceptions in logs: their kinds and places. Their words are left out, for drivers quote SQL, rows and texts."""

from __future__ import annotations

import copy
import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any


def kinds_and_places(error: BaseException | None) -> str:
    """One line an exception of the chain and one a frame: "module.Kind", "  file:line function"."""
    lines: list[str] = []
    for one in _chain(error):
        lines.append(_kind(one))
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(one.__traceback__)
        ]
    return "\n".join(lines)


def without_words(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor, in place of `format_exc_info`; an exception given as a value becomes its kind."""
    error = _error_of(event.pop("exc_info", None))
    event.pop("stack_info", None)
    for key, value in event.items():
        if isinstance(value, BaseException):
            event[key] = _kind(value)
    if error is not None:
        event["exception"] = kinds_and_places(error)
    return event


class WordlessRecords(logging.Filter):
    """For a handler: takes exceptions' words out of the messages of libraries, which know nothing of structlog."""

    def filter(self, record: logging.LogRecord) -> logging.LogRecord:
        """A copy of `record` without them; its exception itself is left to the formatter."""
        if isinstance(record.msg, dict):  # structlog's own, of which the processors take care
            return record
        bare = copy.copy(record)
        bare.exc_text = None
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            bare.msg, bare.args = _first_line(str(record.msg), error), None
        elif isinstance(record.msg, BaseException):
            bare.msg, bare.args = _kind(record.msg), None
        elif isinstance(record.args, tuple):
            bare.args = tuple(_kind(one) if isinstance(one, BaseException) else one for one in record.args)
        return bare


def _first_line(template: str, error: BaseException) -> str:
    """What a library says beside `error`: without its arguments, which may be the words, and without quotations."""
    line = template.partition("\n")[0]
    for one in _chain(error):
        said = str(one).partition("\n")[0]
        if said:
            line = line.replace(said, _kind(one))
    return line


def _chain(error: BaseException | None) -> list[BaseException]:
    """`error`, what caused it, and so on."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _error_of(exc_info: Any) -> BaseException | None:
    """structlog and logging give the exception, the triple, or True for the one that is being handled."""
    if isinstance(exc_info, tuple):
        exc_info = exc_info[1]
    if isinstance(exc_info, BaseException):
        return exc_info
    return sys.exc_info()[1] if exc_info else None
