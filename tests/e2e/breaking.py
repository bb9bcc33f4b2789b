"""Breaking a running installation on purpose, and mending it again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg

from core.settings import settings
from loa.stack import Stack
from tests.e2e.town import wait_for


@contextmanager
def killed(stack: Stack, *names: str) -> Iterator[None]:
    """These processes killed (-9) for the time of the context, and up again after it."""
    for name in names:
        stack.stop(name, signal.SIGKILL)
    try:
        yield
    finally:
        start(stack, *names)


def start(stack: Stack, *names: str) -> None:
    """Start what was stopped and wait until it serves; Rasa serves once its model is loaded."""
    for name in names:
        stack.start(stack.process(name))
    stack.wait_until_up(names)
    if "rasa" in names:
        wait_for("Rasa's model", _has_model, 120)


def _has_model() -> bool:
    try:
        return httpx.get(f"{settings().rasa_url}/webhooks/relay/health", timeout=5).is_success
    except httpx.HTTPError:
        return False


@contextmanager
def rasa_cannot_save(database: str) -> Iterator[None]:
    """Rasa reads its conversations but cannot keep a turn: its actions have written, and the turn does not end."""
    with psycopg.connect(database) as owner:
        owner.execute("LOCK TABLE rasa.turn IN EXCLUSIVE MODE")
        yield
        owner.rollback()


def wait_until_actions_wrote(database: str, message_id: int) -> None:
    """Wait until a turn's answer is in the draft."""
    with psycopg.connect(database, autocommit=True) as owner:
        written = "SELECT 1 FROM draft_write WHERE message_id = %s AND kind = 'take'"
        wait_for("the action's write", lambda: owner.execute(written, [message_id]).fetchone())


def wait_until_rasa_is_saving(database: str) -> None:
    """Wait until a turn has come to its end and wants to be kept, which `rasa_cannot_save` holds up."""
    with psycopg.connect(database, autocommit=True) as owner:
        waiting = "SELECT 1 FROM pg_locks WHERE relation = 'rasa.turn'::regclass AND NOT granted"
        wait_for("the turn's end", lambda: owner.execute(waiting).fetchone())


def kept_turns(database: str, message_id: int) -> int:
    """How many turns Rasa keeps for one message."""
    with psycopg.connect(database) as owner:
        found = owner.execute("SELECT count(*) FROM rasa.turn WHERE message_id = %s", [str(message_id)]).fetchone()
        return int(found[0]) if found else 0


def forget_conversation(database: str, thread_id: object) -> None:
    """Empty Rasa's memory of one thread."""
    with psycopg.connect(database) as owner:
        owner.execute("DELETE FROM rasa.turn WHERE sender_id = %s", [str(thread_id)])
