"""How many people of a campaign worry about a scam: asked or reported, each person once, since it is watched."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from conversations.escalation import Escalation, Reason
from conversations.scam_worries import gauge_worries
from conversations.thread import Channel, InboundMessage, Owner, Thread
from core.database import transaction
from core.encryption import blind_index
from core.gauges import gauge
from outreach.campaign_pause import PauseReason, pause_campaign, resume_campaign
from outreach.campaign_watch import worries_gauge
from outreach.message import Message, MessageKind, MessageState
from roster.campaign import AccountDetails, Campaign, CampaignState
from roster.contact import ContactKind, ContactPoint
from roster.survey.draft import WORRY, DraftWrite
from tests.environment import TestClock

_numbers = itertools.count(1)


class Ward:
    """Campaigns, people they wrote to, and what these said."""

    def __init__(self, clock: TestClock) -> None:
        self.clock = clock

    def campaign(self) -> int:
        with transaction() as session:
            made = Campaign(
                name="Đợt thử",
                account_details=AccountDetails.OFFICER,
                deadline=date(2027, 1, 20),
                facts={},
                state=CampaignState.RUNNING,
                created_at=self.clock.now(),
            )
            session.add(made)
            session.flush()
            return made.id

    def written_to(self, *campaigns: int) -> UUID:
        """The thread of somebody to whom these campaigns wrote, in this order."""
        phone = f"0912{next(_numbers):06}"
        with transaction() as session:
            contact = ContactPoint(
                kind=ContactKind.PHONE,
                address=phone,
                address_index=blind_index("phone", phone),
                created_at=self.clock.now(),
            )
            session.add(contact)
            session.flush()
            thread = Thread(
                channel=Channel.SMS, contact_id=contact.id, owner=Owner.BOT, codes_tried=0, created_at=self.clock.now()
            )
            session.add(thread)
            session.add_all(self._message(campaign, contact.id) for campaign in campaigns)
            session.flush()
            return thread.id

    def _message(self, campaign: int, contact_id: UUID) -> Message:
        now = self.clock.now()
        return Message(
            kind=MessageKind.WAVE,
            campaign_id=campaign,
            contact_id=contact_id,
            channel="sms",
            account="twilio",
            provider="twilio",
            body="Kính gửi ông/bà.",
            segments=1,
            state=MessageState.ACCEPTED,
            provider_message_id=f"SM{next(_numbers)}",
            created_at=now,
            changed_at=now,
            accepted_at=now,
        )

    def asks(self, thread: UUID, kind: str = WORRY) -> None:
        """A question as the action server leaves it behind."""
        with transaction() as session:
            word = InboundMessage(
                channel=Channel.SMS,
                provider_message_id=f"in{next(_numbers)}",
                thread_id=thread,
                text="có phải lừa đảo không",
                received_at=self.clock.now(),
            )
            session.add(word)
            session.flush()
            session.add(DraftWrite(message_id=word.id, kind=kind, written_at=self.clock.now()))

    def reports(self, thread: UUID, reason: Reason = Reason.SCAM) -> None:
        with transaction() as session:
            session.add(Escalation(thread_id=thread, reason=reason, summary="", opened_at=self.clock.now()))

    def worries(self, campaign: int) -> int | None:
        with transaction() as session:
            gauge_worries(session, self.clock.now())
            found = gauge(session, worries_gauge(campaign))
            return None if found is None else found.value


@pytest.fixture
def ward(database: str, clock: TestClock) -> Iterator[Ward]:
    yield Ward(clock)
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, contact_point, draft_write, gauge CASCADE")


def test_questions_and_reports_count_each_person_once(ward: Ward) -> None:
    campaign = ward.campaign()
    asking, reporting, both, calm = (ward.written_to(campaign) for _ in range(4))
    ward.asks(asking)
    ward.asks(asking)
    ward.reports(reporting)
    ward.asks(both)
    ward.reports(both)
    ward.asks(calm, "faq/fees")
    ward.reports(calm, Reason.ASKED)
    assert ward.worries(campaign) == 3


def test_a_person_counts_for_the_campaign_that_wrote_last(ward: Ward) -> None:
    older, newer = ward.campaign(), ward.campaign()
    ward.asks(ward.written_to(older, newer))
    assert (ward.worries(older), ward.worries(newer)) == (0, 1)


def test_a_stranger_counts_for_none(ward: Ward) -> None:
    campaign = ward.campaign()
    ward.asks(ward.written_to())
    assert ward.worries(campaign) == 0


def test_what_is_older_than_the_window_or_the_last_resumption_does_not_count(ward: Ward) -> None:
    campaign = ward.campaign()
    thread = ward.written_to(campaign)
    ward.asks(thread)
    ward.clock.advance(timedelta(hours=3))
    assert ward.worries(campaign) == 0
    ward.asks(thread)
    assert ward.worries(campaign) == 1
    ward.clock.advance(timedelta(minutes=1))
    with transaction() as session:
        assert pause_campaign(session, session.get_one(Campaign, campaign), PauseReason.SCAM_WORRIES, ward.clock.now())
    with transaction() as session:
        resume_campaign(session, campaign, 1, ward.clock.now(), "đã giải thích trên loa")
    ward.clock.advance(timedelta(seconds=2))
    assert ward.worries(campaign) == 0
