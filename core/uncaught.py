"""What a process says of an exception that nobody caught: its kind and place, as in every log, and not its words.

Python's own hooks print exceptions in full, and drivers quote SQL, rows and texts in theirs.
"""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Any

from pydantic import ValidationError

from core.wordless import kinds_and_places


class ForTheOperator(Exception):
    """An exception whose words name what an operator has to set right, and hold nothing else: they are printed."""


def install_uncaught() -> None:
    """For the main thread, all others, and where Python can only print: finalisers and hooks at the end."""
    sys.excepthook = _at_the_end
    threading.excepthook = _in_a_thread
    sys.unraisablehook = _nowhere_to_go


def _at_the_end(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        return  # somebody pressed Ctrl-C: nothing to tell
    _print("process", error)


def _in_a_thread(unhandled: threading.ExceptHookArgs) -> None:
    if unhandled.exc_type is not SystemExit:
        _print(f"thread {unhandled.thread.name if unhandled.thread else '?'}", unhandled.exc_value)


def _nowhere_to_go(unraisable: Any) -> None:
    _print("cleaning up", unraisable.exc_value)


def _print(where: str, error: BaseException | None) -> None:
    """Straight to standard error: logging may be what failed."""
    if sys.stderr is not None:
        print(f"uncaught in {where}: {kinds_and_places(error)}{_words(error)}", file=sys.stderr, flush=True)


def _words(error: BaseException | None) -> str:
    """What an operator must read: our own words, and of refused settings the names and reasons, never the values."""
    if isinstance(error, ForTheOperator):
        return f"\n{error}"
    if isinstance(error, ValidationError) and error.title.endswith("Settings"):
        return "".join(f"\n{one}" for one in refused_settings(error))
    return ""


def refused_settings(error: ValidationError) -> list[str]:
    """Each refused setting with the reason, without its value."""
    return [f"{_name(one['loc'])}: {one['msg']}" for one in error.errors(include_input=False)]


def _name(place: tuple[int | str, ...]) -> str:
    return ".".join(map(str, place)) or "settings"
