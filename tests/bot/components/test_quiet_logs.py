"""The Rasa process's logs hold no citizen's words."""

import logging

from bot.components.quiet_logs import WordlessFormatter

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
