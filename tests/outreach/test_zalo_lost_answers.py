"""A lost answer of Zalo's in the ledger: an invitation is settled by its receipt, a word waits for a human."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from core.clock import now
from core.database import transaction
from core.encryption import blind_index
from outreach.channels.registry import adapter_for
from outreach.channels.zalo.tracking import tracking_id
from outreach.message import Message, MessageKind, MessageState
from outreach.receipts import apply_waiting_receipts, take_receipt
from outreach.replies import send_reply_messages
from outreach.resolving import resolve_unsettled
from roster.contact import ContactKind, ContactPoint
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.environment import TestClock
from tests.simulator.zalo_customer import USER, ZaloStandIn

__all__ = ["zalo_site"]

SETTLED = timedelta(seconds=121)
TEMPLATE = {
    "id": "700001",
    "data": {"phuong": "UBND Phường Láng", "ten": "bà Hoa", "ma": "AB12 CD34", "han": "20/01/2027"},
}


@pytest.fixture
def site(zalo_site: StartSite, database: str) -> Iterator[ZaloStandIn]:
    begun = zalo_site()
    authorise()
    begun.follow()
    yield begun
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE contact_point, message CASCADE")


def written(kind: ContactKind, address: str, template: dict[str, object] | None) -> int:
    """An officer's word that waits to go out; its number."""
    with transaction() as session:
        contact = ContactPoint(
            kind=kind, address=address, address_index=blind_index(kind.value, address), created_at=now()
        )
        session.add(contact)
        session.flush()
        message = Message(
            kind=MessageKind.OFFICER,
            contact_id=contact.id,
            ordinal=1,
            channel="zalo",
            account="zalo",
            provider="zalo",
            body="Kính gửi bà",
            template=template,
            segments=1,
            state=MessageState.PLANNED,
            created_at=now(),
            changed_at=now(),
        )
        session.add(message)
        session.flush()
        return message.id


def state(message_id: int) -> MessageState:
    with transaction() as session:
        return session.get_one(Message, message_id).state


def arrived(message_id: int) -> None:
    """Zalo tells, by the mark that the message bore, that it has arrived."""
    with transaction() as session:
        take_receipt(session, "zalo", tracking_id(message_id), "user_received_message", None, now())


def resolve(clock: TestClock) -> None:
    clock.advance(SETTLED)
    resolve_unsettled(now(), adapter_for)
    with transaction() as session:
        apply_waiting_receipts(session, now())


def test_an_invitation_whose_answer_was_lost_is_settled_by_its_receipt(site: ZaloStandIn, clock: TestClock) -> None:
    number = written(ContactKind.PHONE, "0912345678", TEMPLATE)
    site.fault("dropped_after_accept", count=1)
    send_reply_messages([number])
    resolve(clock)
    assert state(number) is MessageState.UNKNOWN
    arrived(number)
    resolve(clock)
    assert state(number) is MessageState.DELIVERED
    assert len([one for one in site.messages() if one["direction"] == "to_phone"]) == 1


def test_an_invitation_that_was_taken_is_known_to_have_arrived(site: ZaloStandIn, clock: TestClock) -> None:
    number = written(ContactKind.PHONE, "0912345678", TEMPLATE)
    assert send_reply_messages([number]) == 1
    assert state(number) is MessageState.ACCEPTED
    arrived(number)
    resolve(clock)
    assert state(number) is MessageState.DELIVERED


@pytest.mark.parametrize("kind", ["dropped", "dropped_after_accept"])
def test_a_word_whose_answer_was_lost_waits_for_a_human_and_is_never_sent_again(
    site: ZaloStandIn, clock: TestClock, kind: str
) -> None:
    number = written(ContactKind.ZALO, USER, None)
    site.fault(kind, count=1)
    send_reply_messages([number])
    for _ in range(3):
        resolve(clock)
        assert send_reply_messages([number]) == 0
    assert state(number) is MessageState.UNKNOWN
    sent = [one for one in site.messages() if one["direction"] == "to_phone"]
    assert len(sent) == (1 if kind == "dropped_after_accept" else 0)


def test_a_message_refused_at_night_goes_when_it_may(site: ZaloStandIn, clock: TestClock) -> None:
    """Refused again and again it is neither given up nor held."""
    number = written(ContactKind.ZALO, USER, None)
    site.fault("refused", count=8, code=-234)
    for _ in range(8):
        assert send_reply_messages([number]) == 0
        assert state(number) is MessageState.PLANNED
        clock.advance(timedelta(minutes=20))
    assert send_reply_messages([number]) == 1
