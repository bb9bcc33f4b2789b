"""A campaign's ceiling: what is committed never passes it, whoever claims at the same time; then it is paused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, text

from core.audit import AuditEntry
from core.database import transaction
from language.phones import to_e164
from outreach.campaign_pause import PauseReason, resume_campaign
from outreach.campaign_setup import set_ceiling
from outreach.channels.registry import adapter_for
from outreach.claiming import claim_wave
from outreach.dispatch import due_accounts
from outreach.message import Message, MessageState
from outreach.reasons import Reason
from outreach.resolving import resolve_unsettled
from outreach.rolling import roll_steps
from outreach.spending import spent, wrong_sums
from outreach.worker_life import new_key
from roster.campaign import Campaign, CampaignState
from tests.outreach.office import RELEASER, Office, new_phone

PRICE = 1600
"""An invitation's: two segments at 800 đồng."""


def invited(office: Office, count: int, ceiling: int | None) -> list[str]:
    phones = [new_phone() for _ in range(count)]
    for phone in phones:
        office.person(phone)
    office.campaign(ceiling_dong=ceiling)
    office.seal()
    return phones


def campaign(office: Office) -> Campaign:
    with transaction() as session:
        return session.get_one(Campaign, office.campaign_id)


def committed(office: Office) -> int:
    """As the counter says, after it was held against the ledger."""
    with transaction() as session:
        assert wrong_sums(session) == 0
        return spent(session, office.campaign_id)


def count(state: MessageState) -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).where(Message.state == state)) or 0


def test_what_fits_goes_and_the_rest_waits_in_a_paused_campaign(office: Office) -> None:
    phones = invited(office, 5, 3 * PRICE + 100)
    office.send()
    assert (count(MessageState.ACCEPTED), count(MessageState.PLANNED)) == (3, 2)
    assert committed(office) == 3 * PRICE
    paused = campaign(office)
    assert (paused.state, paused.pause_reason) == (CampaignState.PAUSED, PauseReason.CEILING)
    assert paused.paused_at is not None
    assert sum(len(office.texts_to(phone)) for phone in phones) == 3
    with transaction() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.action == "campaign.paused"))
        assert entry.actor == "system:loa"


def test_nothing_of_a_paused_campaign_goes_out(office: Office) -> None:
    invited(office, 2, None)
    office.change_campaign(state=CampaignState.PAUSED)
    assert office.send().looked_at == 0
    with transaction() as session:
        assert due_accounts(session, office.clock.now()) == []
        assert roll_steps(session, office.clock.now()) == 0
    assert count(MessageState.PLANNED) == 2


def test_a_higher_ceiling_and_a_person_let_it_go_on(office: Office) -> None:
    invited(office, 3, PRICE)
    office.send()
    with transaction() as session:
        set_ceiling(session, office.campaign_id, 2 * PRICE, RELEASER, office.clock.now(), "được cấp thêm")
        resume_campaign(session, office.campaign_id, RELEASER, office.clock.now(), "được cấp thêm")
    office.send()
    assert (count(MessageState.ACCEPTED), committed(office)) == (2, 2 * PRICE)
    assert campaign(office).state is CampaignState.PAUSED


def test_resuming_below_the_ceiling_pauses_again_and_sends_nothing(office: Office) -> None:
    invited(office, 2, PRICE)
    office.send()
    with transaction() as session:
        resume_campaign(session, office.campaign_id, RELEASER, office.clock.now(), "thử")
    office.send()
    assert (count(MessageState.ACCEPTED), campaign(office).state) == (1, CampaignState.PAUSED)


def test_a_ceiling_of_nothing_sends_nothing(office: Office) -> None:
    invited(office, 1, 0)
    office.send()
    assert (count(MessageState.PLANNED), committed(office)) == (1, 0)


def test_without_a_ceiling_the_spending_is_counted_all_the_same(office: Office) -> None:
    invited(office, 4, None)
    office.send()
    assert committed(office) == 4 * PRICE


def test_what_is_refused_costs_nothing(office: Office) -> None:
    good, bad = invited(office, 2, 2 * PRICE)
    office.stand_in.control.post(f"/phones/{to_e164(bad)}/opt-out", json={"refuses": True}).raise_for_status()
    office.send()
    assert (len(office.texts_to(good)), committed(office)) == (1, PRICE)
    with transaction() as session:
        [refused] = session.scalars(select(Message).where(Message.state == MessageState.REJECTED))
        assert (refused.reason, refused.price_dong) == (Reason.OPTED_OUT, None)


def test_too_fast_gives_the_money_back_until_it_is_tried_again(office: Office) -> None:
    invited(office, 1, PRICE)
    office.stand_in.fault("rate_limited", count=1)
    office.send()
    assert committed(office) == 0
    office.clock.advance(timedelta(seconds=31))
    office.send()
    assert (count(MessageState.ACCEPTED), committed(office)) == (1, PRICE)
    assert campaign(office).state is CampaignState.RUNNING


@pytest.mark.parametrize(("fault", "left"), [("dropped", 0), ("dropped_after_accept", PRICE)])
def test_an_unknown_one_is_counted_until_it_is_known(office: Office, fault: str, left: int) -> None:
    invited(office, 1, PRICE)
    office.stand_in.fault(fault, count=1)
    office.send()
    assert (count(MessageState.UNKNOWN), committed(office)) == (1, PRICE)
    office.clock.advance(timedelta(seconds=121))
    resolve_unsettled(office.clock.now(), adapter_for)
    assert committed(office) == left


def claim_all(office: Office, barrier: Barrier) -> None:
    barrier.wait(timeout=30)
    while True:
        with transaction() as session:
            if not claim_wave(session, "twilio", 3, office.clock.now(), new_key()).claimed:
                return


def test_workers_at_once_never_pass_it(office: Office) -> None:
    invited(office, 40, 20 * PRICE + PRICE - 1)
    barrier = Barrier(3)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: claim_all(office, barrier), range(3)))
    assert committed(office) <= 20 * PRICE
    assert count(MessageState.CLAIMED) == 20


def test_the_second_worker_waits_for_the_firsts_money(office: Office) -> None:
    """Without the lock on the counter both would find room for one."""
    invited(office, 2, PRICE)
    with transaction() as first:
        assert len(claim_wave(first, "twilio", 1, office.clock.now(), new_key()).claimed) == 1
        with transaction() as second:
            second.execute(text("SET LOCAL lock_timeout = '300ms'"))
            with pytest.raises(Exception, match="lock timeout"):
                claim_wave(second, "twilio", 1, office.clock.now(), new_key())
            second.rollback()
    with transaction() as second:
        assert claim_wave(second, "twilio", 1, office.clock.now(), new_key()).claimed == []
    assert (committed(office), campaign(office).state) == (PRICE, CampaignState.PAUSED)
