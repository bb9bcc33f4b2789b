"""How far people have come, counted from the ledger, the drafts and the claims; and how long the rest will take."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from core.clock import VIETNAM
from core.database import transaction
from core.gauges import GaugeName, set_gauge
from outreach.account_pause import pause_account
from outreach.funnel import Split, Stages, stages, stages_by
from outreach.message import Message, MessageState
from outreach.step import StepKind
from outreach.time_left import AccountLeft, time_left
from outreach.timing import At
from roster.campaign import Campaign
from roster.claim import ClaimState
from roster.contact import ContactPoint
from roster.survey.draft import Draft
from tests.outreach.office import COMMUNE, OTHER_COMMUNE, Office, new_phone


def whole(office: Office) -> Stages:
    with transaction() as session:
        return stages(session, office.campaign_id)


def by(office: Office, split: Split) -> dict[str, Stages]:
    with transaction() as session:
        return stages_by(session, office.campaign_id, split)


def delivered(office: Office, phone: str) -> None:
    contact = office.contact(phone)
    with transaction() as session:
        for message in session.query(Message).filter_by(contact_id=contact):
            message.state, message.delivered_at = MessageState.DELIVERED, office.clock.now()


def agreed(office: Office, draft: object) -> None:
    with transaction() as session:
        session.get_one(Draft, draft).consent_at = office.clock.now()


def test_each_stage_counts_who_has_come_so_far(office: Office) -> None:
    phones = [new_phone() for _ in range(8)]
    people = [office.person(phone) for phone in phones]
    office.campaign()
    office.seal()
    assert whole(office) == Stages(planned=8)
    office.stop(phones[0])
    office.send()
    assert whole(office) == Stages(planned=8, sent=7)
    for phone in phones[2:]:
        delivered(office, phone)
    office.clock.advance(timedelta(minutes=5))
    office.hear(phones[3])
    office.draft(people[4], phones[4], idle=timedelta(0))
    agreed(office, office.draft(people[5], phones[5], idle=timedelta(0)))
    office.claim(people[6], phones[6], ClaimState.VERIFIED)
    office.claim(people[7], phones[7], ClaimState.SYNCED)
    assert whole(office) == Stages(8, 7, 6, 5, 3, 2, 2, 1)


def test_who_is_gone_from_the_survey_is_not_declared(office: Office) -> None:
    phone = new_phone()
    person = office.person(phone)
    office.campaign()
    office.seal()
    office.claim(person, phone, ClaimState.WITHDRAWN)
    assert whole(office) == Stages(planned=1, answered=1)


def test_what_was_heard_before_the_message_is_no_answer(office: Office) -> None:
    phone = new_phone()
    office.person(phone)
    office.hear(phone)
    office.clock.advance(timedelta(hours=1))
    office.campaign()
    office.seal()
    office.send()
    assert whole(office) == Stages(planned=1, sent=1)


def test_a_household_counts_as_its_people_and_each_once_over_all_waves(office: Office) -> None:
    phone = new_phone()
    office.person(phone)
    office.person(phone, name="Trần Văn Bình")
    office.person(new_phone(), commune=OTHER_COMMUNE, category="meritorious")
    office.campaign()
    office.seal()
    office.send()
    office.step_besides(StepKind.FINAL, At(office.clock.now()))
    office.clock.advance(timedelta(days=1))
    office.seal()
    assert whole(office) == Stages(planned=3, sent=3)
    waves = {str(office.steps[StepKind.INVITATION]): Stages(3, 3), str(office.steps[StepKind.FINAL]): Stages(3)}
    assert by(office, Split.WAVE) == waves
    assert by(office, Split.COMMUNE) == {COMMUNE: Stages(2, 2), OTHER_COMMUNE: Stages(1, 1)}
    assert by(office, Split.CATEGORY) == {"social_protection": Stages(2, 2), "meritorious": Stages(1, 1)}
    assert by(office, Split.CHANNEL) == {"sms": Stages(3, 3)}


def test_a_campaign_without_rows_is_empty(office: Office) -> None:
    office.campaign(released=False)
    assert whole(office) == Stages()
    assert by(office, Split.WAVE) == {}


def left(office: Office) -> list[AccountLeft]:
    with transaction() as session:
        return time_left(session, session.get_one(Campaign, office.campaign_id), office.clock.now())


def ends(office: Office) -> datetime:
    [one] = left(office)
    assert one.forecast is not None and one.forecast.ends is not None
    return one.forecast.ends


def test_what_is_left_goes_on_at_the_pace_of_now(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in takes 400 a second for waves; at a quarter of it 600 messages take six seconds."""
    _many(office, 600)
    assert ends(office) - office.clock.now() == pytest.approx(timedelta(seconds=1.5), abs=timedelta(seconds=0.2))
    with transaction() as session:
        set_gauge(session, GaugeName.WAVE_PACE, 25, office.clock.now(), "Đang có nhiều việc")
    assert ends(office) - office.clock.now() == pytest.approx(timedelta(seconds=6), abs=timedelta(seconds=0.2))
    until = office.clock.now() + timedelta(minutes=20)
    with transaction() as session:
        pause_account(session, "twilio", until, office.clock.now())
    assert ends(office) > until


def test_nobody_knows_while_nothing_goes_out(office: Office) -> None:
    _many(office, 3)
    with transaction() as session:
        set_gauge(session, GaugeName.WAVE_PACE, 0, office.clock.now(), "Chờ trả lời bớt")
    assert left(office) == [AccountLeft("twilio", 3, None)]


def test_the_campaigns_own_hours_are_kept(office: Office) -> None:
    _many(office, 3)
    office.change_campaign(sending_opens=time(18), sending_closes=time(20))
    assert ends(office).astimezone(VIETNAM).hour == 18


def test_nothing_is_left_when_all_is_sent(office: Office) -> None:
    _many(office, 2)
    office.send()
    assert left(office) == []


def _many(office: Office, count: int) -> None:
    """A sealed wave of so many rows: one real one, and copies of it."""
    office.person(new_phone())
    office.campaign()
    office.seal()
    with transaction() as session:
        first = session.query(Message).one()
        same = {name: getattr(first, name) for name in ("kind", "campaign_id", "step_id", "contact_id", "channel",
                                                        "account", "provider", "created_at", "changed_at")}  # fmt: skip
        session.add_all(Message(**same) for _ in range(count - 1))
        assert session.query(ContactPoint).count() == 1
