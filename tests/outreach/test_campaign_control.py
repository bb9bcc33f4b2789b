"""Pausing, resuming and moving the hours of a campaign while its wave goes out."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.clock import VIETNAM
from core.database import transaction
from outreach.campaign_hours import HoursRefused, change_hours
from outreach.campaign_pause import (
    NotPossible,
    PauseReason,
    pause_by_hand,
    pause_campaign,
    pause_words,
    resume_campaign,
)
from outreach.dispatch import due_accounts
from outreach.message import MessageState
from roster.campaign import Campaign, CampaignState
from tests.outreach.office import RELEASER, Office, new_phone


def invited(office: Office, count: int = 1) -> list[UUID]:
    people = [office.person(new_phone()) for _ in range(count)]
    office.campaign()
    office.seal()
    return people


def pause(office: Office) -> None:
    with transaction() as session:
        pause_by_hand(session, office.campaign_id, RELEASER, office.clock.now(), "bí thư yêu cầu chờ")


def audited(action: str) -> AuditEntry:
    with transaction() as session:
        return session.scalars(select(AuditEntry).where(AuditEntry.action == action)).one()


def test_paused_nothing_goes_out_and_resumed_it_goes_on(office: Office) -> None:
    (person,) = invited(office)
    pause(office)
    assert office.send().looked_at == 0
    with transaction() as session:
        assert due_accounts(session, office.clock.now()) == []
        campaign = session.get_one(Campaign, office.campaign_id)
        assert pause_words(campaign) == "Cán bộ cho tạm dừng"
    assert office.message_of(person).state is MessageState.PLANNED
    with transaction() as session:
        resume_campaign(session, office.campaign_id, RELEASER, office.clock.now(), "đã thống nhất")
    assert office.send().tried == 1
    assert audited("campaign.paused").reason == "bí thư yêu cầu chờ"
    resumed = audited("campaign.resumed")
    assert (resumed.actor, resumed.reason) == (f"staff:{RELEASER}", "đã thống nhất")


def test_a_paused_campaign_does_not_stand_in_the_way_of_another(office: Office) -> None:
    invited(office, 3)
    pause(office)
    (other,) = invited(office)
    office.send()
    assert office.message_of(other).state is MessageState.ACCEPTED


def test_what_is_under_way_when_a_campaign_is_paused_ends_as_it_ends(office: Office) -> None:
    """The claim that was committed goes out; the next does not."""
    people = invited(office, 2)
    with transaction() as session:
        pause_by_hand(session, office.campaign_id, RELEASER, office.clock.now(), "")
    assert {office.message_of(person).state for person in people} == {MessageState.PLANNED}


def test_only_a_running_campaign_is_paused_and_only_a_paused_one_resumed(office: Office) -> None:
    office.campaign(released=False)
    with pytest.raises(NotPossible, match="đang chạy"):
        pause(office)
    with transaction() as session, pytest.raises(NotPossible, match="không bị tạm dừng"):
        resume_campaign(session, office.campaign_id, RELEASER, office.clock.now(), "")


def test_pausing_twice_keeps_the_first_reason(office: Office) -> None:
    invited(office)
    with transaction() as session:
        campaign = session.get_one(Campaign, office.campaign_id)
        assert pause_campaign(session, campaign, PauseReason.CEILING, office.clock.now())
        assert not pause_campaign(session, campaign, PauseReason.ERRORS, office.clock.now())
        assert (campaign.state, campaign.pause_reason) == (CampaignState.PAUSED, PauseReason.CEILING)


def test_a_campaign_that_somebody_is_changing_is_not_waited_for(office: Office) -> None:
    """A worker that holds messages must not wait for one who holds the campaign and waits for the messages."""
    invited(office)
    with transaction() as staff, transaction() as worker:
        staff.get_one(Campaign, office.campaign_id, with_for_update=True)
        campaign = worker.get_one(Campaign, office.campaign_id)
        assert not pause_campaign(worker, campaign, PauseReason.CEILING, office.clock.now())


def change(office: Office, hours: tuple[time, time] | None) -> None:
    with transaction() as session:
        change_hours(session, office.campaign_id, hours, RELEASER, office.clock.now(), "lịch họp dân")


def at(office: Office, hour: int, minute: int = 0) -> None:
    office.clock.set(datetime(2026, 11, 10, hour, minute, tzinfo=VIETNAM))


def test_hours_of_its_own_count_at_once(office: Office) -> None:
    invited(office, 2)
    change(office, (time(17), time(21, 30)))
    at(office, 11)
    assert office.send().looked_at == 0
    at(office, 21)  # later than the installation's hours, within the law's
    with transaction() as session:
        assert due_accounts(session, office.clock.now()) == ["twilio"]
    assert office.send().tried == 2
    entry = audited("campaign.hours")
    assert (entry.before, entry.after, entry.reason) == (
        {"opens": None, "closes": None},
        {"opens": "17:00", "closes": "21:30"},
        "lịch họp dân",
    )


def test_the_provider_may_try_until_the_campaigns_own_hours_end(office: Office) -> None:
    (person,) = invited(office)
    change(office, (time(9), time(11)))
    at(office, 10, 50)
    office.send()
    taken = office.stand_in.simulator.world.ledger.message(office.message_of(person).provider_message_id or "")
    assert taken is not None
    assert 590 < taken.details["validity"] <= 600


def test_back_to_the_installations_hours(office: Office) -> None:
    invited(office)
    change(office, (time(17), time(19)))
    change(office, None)
    at(office, 11)
    assert office.send().tried == 1


@pytest.mark.parametrize("hours", [(time(6), time(20)), (time(8), time(22, 30)), (time(12), time(12))])
def test_hours_outside_the_law_are_refused(office: Office, hours: tuple[time, time]) -> None:
    office.campaign()
    with pytest.raises(HoursRefused, match="07:00 đến 22:00"):
        change(office, hours)
