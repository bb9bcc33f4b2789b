"""Asking Telegram for what came in, on a machine without a public address.

One process asks at a time, kept single by a PostgreSQL advisory lock. Asking from an update on tells Telegram to forget
those before it, so we ask from the first that is not yet committed here: whichever line this process dies at, the next
one is handed the rest, and what comes twice is taken in once.
"""

from __future__ import annotations

import time
from typing import Any

import psycopg
from sqlalchemy.exc import OperationalError
from telegram.error import Conflict, TelegramError

from core.database import Role, role_url
from core.logs import logger
from outreach.channels.adapter import Throttled
from outreach.channels.telegram.errors import meaning
from outreach.channels.telegram.house import line
from outreach.channels.telegram.line import Line
from outreach.channels.telegram.receiving import KINDS
from outreach.channels.telegram.settings import telegram_settings
from webhooks.problems import BadWord
from webhooks.telegram import take_update

_log = logger(__name__)

LOCK_KEY = 0x4C6F615F54656C
"""Spells "Loa_Tel"; runs of workers have keys above 2**62."""
MOST_TRIES = 8
"""So often is an update tried that the database refuses, itself being well; then it gives way to those behind it."""
LONGEST_REST = 60.0
_AFTER_LOSS_SECONDS = 1.0


class Poller:
    """Asks over `line`, each question waiting `wait_seconds` at Telegram for something to come."""

    def __init__(self, line: Line, wait_seconds: float) -> None:
        self._line = line
        self._wait_seconds = wait_seconds
        self._from = 0
        """The first update that is not committed here; 0: whichever is the first that Telegram has."""
        self._failures = 0
        """Steps in a row that did not come to their end."""
        self._refusals = 0
        """How often in a row the database has refused the update whose turn it is."""

    def step(self) -> float:
        """Ask once, and take in what came; the seconds to rest before the next time."""
        try:
            updates = self._line.updates(self._from, self._wait_seconds, KINDS)
        except (TelegramError, TimeoutError) as error:
            return self._rest_after(error)
        for update in updates:
            if not self._taken(update):
                return self._rest()
        self._failures = 0
        return 0.0

    def _taken(self, update: dict[str, Any]) -> bool:
        """Whether the next may be taken; False where this one must be tried again."""
        number = update.get("update_id")
        try:
            take_update(update)
        except BadWord as error:
            _log.error("telegram_update_unreadable", update=number, field=error.field, reason=error.reason)
        except Exception as error:
            self._refusals += not isinstance(error, OperationalError)
            if isinstance(error, OperationalError) or self._refusals < MOST_TRIES:
                _log.warning("telegram_update_waits", update=number, error=type(error).__name__)
                return False
            _log.error("telegram_update_given_up", update=number, error=type(error).__name__)
        if not isinstance(number, int):
            return False
        self._from, self._refusals = number + 1, 0
        return True

    def _rest_after(self, error: TelegramError | TimeoutError) -> float:
        if isinstance(error, Conflict):
            _log.error("telegram_asks_elsewhere", webhook="webhook" in error.message.lower())
            return self._rest()
        became = meaning(error) if isinstance(error, TelegramError) else None
        if isinstance(became, Throttled) and became.retry_after:
            return became.retry_after
        _log.warning("telegram_not_asked", became=type(became).__name__, code=getattr(became, "code", None))
        return self._rest()

    def _rest(self) -> float:
        """Longer with each failure."""
        self._failures += 1
        return min(LONGEST_REST, 2.0 ** (self._failures - 1))


def run_poller() -> None:
    """Ask for ever, while this process holds the lock; without a database wait for it."""
    while True:
        try:
            with _connect() as connection:
                _log.info("telegram_poll_waits")
                wait_for_turn(connection)
                _log.info("telegram_poll_runs")
                _ask_while_held(connection)
        except psycopg.OperationalError as error:
            _log.warning("telegram_poll_lost_its_lock", error=type(error).__name__)
        time.sleep(_AFTER_LOSS_SECONDS)


def wait_for_turn(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Return once `connection` (in autocommit) holds the lock; it does until it is closed."""
    connection.execute("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))


def _ask_while_held(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    poller = Poller(line(), telegram_settings().poll_seconds)
    while True:
        connection.execute("SELECT 1")  # without the lock another may be asking
        time.sleep(poller.step())


def _connect() -> psycopg.Connection[tuple[object, ...]]:
    url = role_url(Role.DOOR).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, autocommit=True)
