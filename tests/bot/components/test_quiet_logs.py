"""The Rasa process's logs hold no citizen's words."""

import logging
import subprocess
import sys

from bot.components.quiet_logs import WordlessFormatter
from core.settings import ROOT

SAID = "so tai khoan 0011004123456"


def line_of(name: str, message: str, *arguments: object, error: BaseException | None = None) -> str:
    raised = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, "/x/processor.py", 868, message, arguments, raised)
    return WordlessFormatter().format(record)


def test_other_peoples_messages_are_left_out() -> None:
    line = line_of("rasa.core.processor", f"Received user message '{SAID}'")
    assert SAID not in line
    assert "rasa.core.processor: line 868" in line


def test_our_own_are_kept() -> None:
    assert "turn 7 broke off: ValueError" in line_of("loa.relay", "turn %s broke off: %s", 7, "ValueError")


def test_of_an_exception_kinds_and_places_are_told() -> None:
    try:
        try:
            raise KeyError(SAID)
        except KeyError as inner:
            raise ValueError(SAID) from inner
    except ValueError as error:
        line = line_of("rasa.core.processor", "Encountered %s", SAID, error=error)
    assert SAID not in line
    assert "builtins.ValueError" in line
    assert "builtins.KeyError" in line
    assert f"{__file__}:" in line


def test_what_nobody_catches_is_told_without_words() -> None:
    program = (
        "import threading\n"
        "from bot.components.quiet_logs import keep_logs_wordless\n"
        "keep_logs_wordless()\n"
        "def fail(): raise ValueError('Nguyễn Thị Mận 001148000001')\n"
        "thread = threading.Thread(target=fail); thread.start(); thread.join()\n"
        "fail()"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "uncaught in thread" in ended.stderr and "uncaught in process" in ended.stderr
    assert ended.stderr.count("builtins.ValueError") == 2 and "Mận" not in ended.stderr
    assert ended.returncode == 1
