"""Logs of the Rasa process: what our own code says, and of everybody else only where something went wrong.

Rasa and its libraries put texts, slots and whole calls into their messages and exceptions. So of their records
the level, the place and the kinds of exception are kept, never the words.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import warnings
from typing import Any

import structlog

OWN = "loa."
_NOISY = ("sanic.root", "sanic.error", "sanic.access", "apscheduler", "asyncio", "rasa")


class WordlessFormatter(logging.Formatter):
    """Formats own records in full, others without their message; of exceptions only kinds and places."""

    def format(self, record: logging.LogRecord) -> str:
        """One line a record, then one line a frame of its exception."""
        said = record.getMessage() if record.name.startswith(OWN) else f"line {record.lineno}"
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {said}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([line, *_kinds_and_places(error)])


def _kinds_and_places(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    while error is not None:
        lines.append(f"  {type(error).__module__}.{type(error).__qualname__}")
        lines += [
            f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
        error = error.__cause__ or error.__context__
    return lines


def keep_logs_wordless() -> None:
    """Send all logging of this process through `WordlessFormatter` to standard error; call it last."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordlessFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(OWN.rstrip(".")).setLevel(logging.INFO)
    for name in _NOISY:
        noisy = logging.getLogger(name)
        noisy.handlers.clear()
        noisy.propagate = True
        noisy.setLevel(logging.WARNING)
    structlog.configure(
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        cache_logger_on_first_use=True,
    )
    keep_exceptions_wordless()
    keep_warnings_silent()


def keep_exceptions_wordless() -> None:
    """Of what nobody catches, too, standard error gets kinds and places only: Python's own hooks print it in full."""
    sys.excepthook = lambda _, error, __: _tell("process", error)
    sys.unraisablehook = lambda unraisable: _tell("cleaning up", unraisable.exc_value)
    threading.excepthook = lambda unhandled: _tell("thread", unhandled.exc_value)


def _tell(where: str, error: BaseException | None) -> None:
    if not isinstance(error, (KeyboardInterrupt, SystemExit)):
        print("\n".join([f"uncaught in {where}", *_kinds_and_places(error)]), file=sys.stderr, flush=True)


def keep_warnings_silent() -> None:
    """Print no Python warning: the libraries' own are nothing to the operator, and Rasa's may quote what was said.

    A filter is not enough: some libraries set their own while they are imported.
    """
    warnings.showwarning = _nothing


def _nothing(*_: Any, **__: Any) -> None:
    """In place of printing."""
