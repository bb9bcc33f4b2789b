"""The public door: as Flask's test client, and on a real port for stand-ins that call it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from conversations.thread import InboundMessage
from core.clock import now
from core.database import transaction
from outreach.message import Receipt
from roster.contact import ContactPoint
from tests.channels.doors import open_door
from webhooks.app import create_app


@pytest.fixture
def door(database: str) -> Iterator[FlaskClient]:
    """The door on an emptied database."""
    yield create_app().test_client()
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, receipt, gauge, procrastinate_jobs CASCADE")


@pytest.fixture
def door_url(door: FlaskClient) -> Iterator[str]:
    """The same on a real port."""
    with open_door() as url:
        yield url


def words() -> list[InboundMessage]:
    """What was taken in, in order."""
    with transaction() as session:
        return list(session.scalars(select(InboundMessage).order_by(InboundMessage.id)))


def receipts() -> list[tuple[str, str, str, str | None]]:
    """(provider, id there, word, error code) of every receipt, in order."""
    with transaction() as session:
        kept = session.scalars(select(Receipt).order_by(Receipt.id))
        return [(one.provider, one.provider_message_id, one.status, one.error_code) for one in kept]


def contacts() -> list[str]:
    """Every address that is known."""
    with transaction() as session:
        return sorted(session.scalars(select(ContactPoint.address)))


def signed(secret: str, payload: bytes, *, time: int | None = None) -> dict[str, str]:
    """The two headers of a call that was signed now, or at `time`."""
    at = str(int(now().timestamp()) if time is None else time)
    mac = hmac.digest(secret.encode(), at.encode() + b"." + payload, hashlib.sha256).hex()
    return {"X-Timestamp": at, "X-Signature": mac}
