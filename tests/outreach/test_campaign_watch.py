"""A campaign that goes wrong pauses by itself: errors, a spike of stop or of scam questions. A person resumes it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.database import transaction
from core.gauges import set_gauge
from outreach.campaign_pause import PauseReason, resume_campaign
from outreach.campaign_watch import watch_campaigns, worries_gauge
from outreach.watch_rules import Alarm, Seen, alarm
from outreach.watch_settings import WatchSettings, watch_settings
from roster.campaign import Campaign, CampaignState
from roster.contact import ContactPoint
from tests.outreach.office import RELEASER, Office, new_phone

USUAL = WatchSettings(_env_file=None)


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (Seen(), None),
        (Seen(outcomes=200, errors=59), None),
        (Seen(outcomes=200, errors=60), PauseReason.ERRORS),
        (Seen(outcomes=49, errors=49), None),
        (Seen(written_to=1000, stops=29), None),
        (Seen(written_to=1000, stops=30), PauseReason.STOPS),
        (Seen(written_to=20, stops=9), None),
        (Seen(written_to=1000, worries=19), None),
        (Seen(written_to=1000, worries=20), PauseReason.SCAM_WORRIES),
        (Seen(written_to=0, worries=10), PauseReason.SCAM_WORRIES),
        (Seen(200, 200, 1000, 100, 100), PauseReason.SCAM_WORRIES),
        (Seen(200, 200, 1000, 100, 0), PauseReason.STOPS),
    ],
)
def test_when_a_campaign_pauses(seen: Seen, reason: PauseReason | None) -> None:
    found = alarm(seen, USUAL)
    assert (found and found.reason) == reason


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Seen(outcomes=200, errors=84), "Trong các tin gần nhất có 84/200 (42%) tin gửi lỗi."),
        (Seen(written_to=500, stops=31), "Trong 2 giờ qua có 31/500 (6%) người nhận tin xin thôi nhận."),
        (Seen(written_to=800, worries=24), "Trong 2 giờ qua có 24/800 (3%) người nhận tin hỏi hoặc báo lừa đảo."),
    ],
)
def test_what_a_manager_reads(seen: Seen, words: str) -> None:
    found = alarm(seen, USUAL)
    assert found is not None
    assert found.words == words


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small numbers are enough, so that tests need few people."""
    for name, value in {"LEAST_OUTCOMES": "4", "LEAST_STOPS": "2", "LEAST_WORRIES": "2"}.items():
        monkeypatch.setenv(f"LOA_WATCH_{name}", value)
    watch_settings.cache_clear()


def watch(office: Office) -> int:
    with transaction() as session:
        return watch_campaigns(session, office.clock.now())


def state(office: Office) -> tuple[CampaignState, str | None]:
    with transaction() as session:
        campaign = session.get_one(Campaign, office.campaign_id)
        return campaign.state, campaign.pause_reason


def sent(office: Office, count: int, *, bad: int = 0) -> list[str]:
    """A wave to so many, of which the last ones have numbers that the carrier refuses."""
    phones = [new_phone() for _ in range(count)]
    for phone in phones:
        office.person(phone)
    office.campaign()
    office.seal()
    for phone in phones[count - bad :]:
        _make_landline(office.contact(phone))
    office.send()
    return phones


def _make_landline(contact_id: UUID) -> None:
    with transaction() as session:
        session.get_one(ContactPoint, contact_id).address = "02438340000"


def resume(office: Office) -> None:
    with transaction() as session:
        resume_campaign(session, office.campaign_id, RELEASER, office.clock.now(), "đã xem lại số máy")


@pytest.mark.usefixtures("strict")
def test_errors_pause_it_and_what_is_left_waits(office: Office) -> None:
    sent(office, 6, bad=3)
    assert watch(office) == 1
    assert state(office) == (CampaignState.PAUSED, PauseReason.ERRORS)
    with transaction() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "campaign.paused")).one()
        assert (entry.actor, entry.reason) == ("system:loa", "Trong các tin gần nhất có 3/6 (50%) tin gửi lỗi.")
    assert watch(office) == 0


@pytest.mark.usefixtures("strict")
def test_few_errors_do_not(office: Office) -> None:
    sent(office, 6, bad=1)
    assert watch(office) == 0
    assert state(office) == (CampaignState.RUNNING, None)


@pytest.mark.usefixtures("strict")
def test_what_a_person_let_pass_pauses_it_no_more(office: Office) -> None:
    sent(office, 6, bad=3)
    watch(office)
    office.clock.advance(timedelta(minutes=1))
    resume(office)
    assert watch(office) == 0
    assert state(office) == (CampaignState.RUNNING, None)


@pytest.mark.usefixtures("strict")
def test_a_spike_of_stop(office: Office) -> None:
    phones = sent(office, 20)
    office.clock.advance(timedelta(minutes=5))
    office.stop(phones[0])
    assert watch(office) == 0
    office.stop(phones[1])
    assert watch(office) == 1
    assert state(office) == (CampaignState.PAUSED, PauseReason.STOPS)


@pytest.mark.usefixtures("strict")
def test_stops_of_others_or_of_long_ago_do_not_count(office: Office) -> None:
    phones = sent(office, 20)
    for phone in (new_phone(), new_phone()):
        office.stop(phone)  # whom nobody wrote to
    office.stop(phones[0])
    office.stop(phones[1])
    office.clock.advance(timedelta(hours=3))
    assert watch(office) == 0


@pytest.mark.usefixtures("strict")
def test_worries_that_conversations_have_gauged(office: Office) -> None:
    sent(office, 20)
    with transaction() as session:
        set_gauge(session, worries_gauge(office.campaign_id), 2, office.clock.now())
    office.clock.advance(timedelta(minutes=11))
    assert watch(office) == 0  # nobody has looked for ten minutes
    with transaction() as session:
        set_gauge(session, worries_gauge(office.campaign_id), 2, office.clock.now())
    assert watch(office) == 1
    assert state(office) == (CampaignState.PAUSED, PauseReason.SCAM_WORRIES)


@pytest.mark.usefixtures("strict")
def test_a_calm_campaign_goes_on(office: Office) -> None:
    sent(office, 20)
    assert watch(office) == 0
    assert state(office) == (CampaignState.RUNNING, None)


def test_words_are_for_people() -> None:
    found = alarm(Seen(outcomes=100, errors=100), USUAL)
    assert found == Alarm(PauseReason.ERRORS, "Trong các tin gần nhất có 100/100 (100%) tin gửi lỗi.")
