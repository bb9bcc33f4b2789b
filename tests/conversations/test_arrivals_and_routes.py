"""One person on several channels: tied by a shared phone, answered where an answer can arrive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select

from conversations.arrivals import arrive
from conversations.events import Event
from conversations.inbound import Word, take_in
from conversations.routing import NoWayOut, route
from conversations.thread import Channel, InboundMessage, Thread
from core.database import Role, transaction
from outreach.channels.registry import NoAccount
from roster.contact import ContactPoint
from tests.environment import START, TestClock

PHONE = "0912345678"


@pytest.fixture
def house(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE contact_point, procrastinate_jobs CASCADE")


def come(channel: Channel, address: str, number: int, text: str = "", **fields: object) -> UUID:
    """A word comes in and is met by a worker; its thread."""
    with transaction(Role.DOOR) as session:
        assert take_in(session, Word(channel, address, f"{channel}-{number}", text, **fields), START)  # type: ignore[arg-type]
    with transaction(Role.WORKER) as session:
        message = session.scalars(select(InboundMessage).order_by(InboundMessage.id.desc()).limit(1)).one()
        thread = session.get_one(Thread, message.thread_id)
        thread.last_inbound_at = message.received_at
        arrive(session, thread, message)
        return thread.id


def contact_of(thread_id: UUID) -> ContactPoint:
    with transaction(Role.WORKER) as session:
        return session.get_one(ContactPoint, session.get_one(Thread, thread_id).contact_id)


def test_a_shared_phone_ties_the_account_to_the_phone(house: None) -> None:
    phone = contact_of(come(Channel.SMS, PHONE, 1, "alo"))
    zalo = contact_of(come(Channel.ZALO, "7230", 2, event=Event.CONTACT, shared_phone=PHONE))
    assert zalo.same_as == phone.id


def test_a_typed_phone_ties_nobody_by_itself(house: None) -> None:
    come(Channel.SMS, PHONE, 1, "alo")
    assert contact_of(come(Channel.ZALO, "7230", 2, event=Event.TYPED_CONTACT, shared_phone=PHONE)).same_as is None


def test_a_phone_that_nobody_knows_ties_nobody(house: None) -> None:
    assert contact_of(come(Channel.TELEGRAM, "99", 1, event=Event.CONTACT, shared_phone="0987000111")).same_as is None


def test_who_leaves_is_not_written_to_until_he_comes_back(house: None) -> None:
    assert contact_of(come(Channel.ZALO, "7230", 1, event=Event.UNFOLLOW)).left_at == START
    assert contact_of(come(Channel.ZALO, "7230", 2, event=Event.FOLLOW)).left_at is None


def test_within_zalos_window_the_answer_goes_by_zalo_and_after_it_by_sms(house: None) -> None:
    come(Channel.SMS, PHONE, 1, "alo")
    thread_id = come(Channel.ZALO, "7230", 2, event=Event.CONTACT, shared_phone=PHONE)
    with transaction(Role.WORKER) as session:
        thread = session.get_one(Thread, thread_id)
        with pytest.raises(NoAccount):  # here no Zalo account is set up: the window alone was open
            route(session, thread, START + timedelta(hours=47))
        later = route(session, thread, START + timedelta(hours=49))
    assert (later.channel, later.account.channel) == (Channel.SMS, "sms")
    assert later.contact_id == contact_of(thread_id).same_as


def test_an_account_that_left_and_whose_phone_is_unknown_cannot_be_written_to(house: None) -> None:
    thread_id = come(Channel.TELEGRAM, "99", 1, event=Event.UNFOLLOW)
    with transaction(Role.WORKER) as session, pytest.raises(NoWayOut, match="chưa rõ số điện thoại"):
        route(session, session.get_one(Thread, thread_id), START)
