"""Logs name what failed and where, and never quote: exceptions carry SQL, texts and rows."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from core.logs import configure_logging, logger
from core.settings import settings

PRIVATE = "Nguyễn Thị Mận, tài khoản của bà"
STATEMENT = "INSERT INTO person (full_name) VALUES"


class RefusedError(RuntimeError):
    """As a driver says it: statement and row."""


def fail() -> None:
    try:
        raise RefusedError(f"{STATEMENT} ({PRIVATE})")
    except RefusedError as error:
        raise LookupError(PRIVATE) from error


@pytest.fixture(params=["development", "test"])
def logs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Logging as a process sets it up, in the words for people and in JSON; taken back after the test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    gunicorn = logging.getLogger("gunicorn.error")
    theirs, propagate = gunicorn.handlers[:], gunicorn.propagate
    monkeypatch.setenv("LOA_MODE", request.param)
    settings.cache_clear()
    yield
    root.handlers, root.level = handlers, level
    gunicorn.handlers, gunicorn.propagate = theirs, propagate
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    monkeypatch.undo()
    settings.cache_clear()


def said(capsys: pytest.CaptureFixture[str]) -> str:
    text = capsys.readouterr().err
    assert PRIVATE not in text
    assert "Mận" not in text
    assert STATEMENT not in text
    return text


def ours() -> None:
    try:
        fail()
    except LookupError:
        logger("x").exception("failed", step=7)


def standard() -> None:
    try:
        fail()
    except LookupError:
        logging.getLogger("procrastinate.worker").exception("failed")


def standard_quoting() -> None:
    try:
        fail()
    except LookupError as error:
        logging.getLogger("asyncio").error(f"failed: {error}\nfuture: {error!r}", exc_info=error)


def standard_with_arguments() -> None:
    try:
        fail()
    except LookupError as error:
        logging.getLogger("asyncio").exception("failed: %s %r %s", error, error, PRIVATE)


def web_server() -> None:
    gunicorn = logging.getLogger("gunicorn.error")
    gunicorn.addHandler(logging.StreamHandler())
    gunicorn.propagate = False
    configure_logging("public")
    try:
        fail()
    except LookupError:
        gunicorn.exception("failed")


@pytest.mark.parametrize("log", [ours, standard, standard_quoting, standard_with_arguments, web_server])
def test_of_an_exception_only_kinds_and_places_are_logged(
    logs: None, capsys: pytest.CaptureFixture[str], log: object
) -> None:
    configure_logging("tests")
    assert callable(log)
    log()
    text = said(capsys)
    assert "failed" in text
    assert "LookupError" in text
    assert "RefusedError" in text
    assert "test_logs.py:" in text
    assert " fail" in text


def test_an_exception_handed_over_as_a_value_is_named_by_its_kind(
    logs: None, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("tests")
    logging.getLogger("anybody").error("no luck: %s", RefusedError(PRIVATE))
    logger("x").error("no luck", why=RefusedError(PRIVATE))
    assert said(capsys).count("RefusedError") == 2


def test_what_is_no_exception_is_logged_as_it_is(logs: None, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("tests")
    logging.getLogger("anybody").warning("%d of %s", 3, "eight")
    assert "3 of eight" in said(capsys)


@pytest.mark.parametrize("logs", ["test"], indirect=True)
def test_json_stays_one_line_an_event(logs: None, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("tests")
    ours()
    [line] = [line for line in said(capsys).splitlines() if line]
    assert json.loads(line)["step"] == 7
