"""The certificate: every row accounted for with its reason, and final only when nothing is open and all adds up."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from core.database import transaction
from core.gauges import Gauge
from outreach.campaign_cancel import cancel_campaign
from outreach.certificate import RECEIPT_PATIENCE, Certificate, Matter, certify
from outreach.ledger import sealed_counts, state_counts, unbalanced_rows
from outreach.left_out import StepLeftOut
from outreach.message import Attempt, Message, MessageMember, MessageState
from outreach.reasons import Reason
from outreach.spending import CampaignSpend
from outreach.step import StepKind
from outreach.timing import At
from roster.campaign import Campaign
from tests.outreach.office import RELEASER, Office, new_phone


def certificate(office: Office) -> Certificate:
    with transaction() as session:
        return certify(session, session.get_one(Campaign, office.campaign_id), office.clock.now())


def call_off(office: Office) -> None:
    with transaction() as session:
        cancel_campaign(session, office.campaign_id, RELEASER, office.clock.now(), "hết đợt")


@pytest.fixture
def ended(office: Office) -> list[UUID]:
    """Four people, two on one phone, one without any, one who says stop; sent, called off, and long enough ago."""
    shared, own = new_phone(), new_phone()
    people = [office.person(shared), office.person(shared, name="Trần Văn Bình"), office.person(own), office.person()]
    office.campaign(reminder=None)
    office.seal()
    office.stop(own)
    office.send()
    call_off(office)
    office.clock.advance(RECEIPT_PATIENCE + timedelta(hours=1))
    return people


def test_at_the_end_everybody_is_accounted_for(office: Office, ended: list[UUID]) -> None:
    found = certificate(office)
    [step] = found.steps
    assert (found.final, found.open) == (True, {})
    fates = {(line.state, line.reason): line.rows for line in step.lines}
    assert fates == {(MessageState.ACCEPTED, None): 1, (MessageState.CANCELLED, Reason.STOPPED): 1}
    assert (step.together, step.left_out) == ({None: 1}, {Reason.NO_PHONE: 1})
    assert (step.rows, step.people, step.balanced) == (2, 4, True)
    assert found.by_state == {MessageState.ACCEPTED: 1, MessageState.CANCELLED: 1}
    assert found.spent_dong == sum(line.dong for line in step.lines) > 0


@pytest.mark.parametrize("table", [Message, MessageMember, StepLeftOut])
def test_a_row_that_is_gone_is_found(office: Office, ended: list[UUID], table: type) -> None:
    with transaction() as session:
        one = session.scalars(select(table)).first()
        if table is Message:
            session.execute(delete(MessageMember))
            session.execute(delete(Attempt))
        session.delete(one)
    found = certificate(office)
    assert not found.final and Matter.UNBALANCED in found.open
    assert not found.steps[0].balanced


def test_money_that_does_not_add_up_is_found(office: Office, ended: list[UUID]) -> None:
    with transaction() as session:
        session.get_one(CampaignSpend, office.campaign_id).committed_dong += 1
    assert certificate(office).open == {Matter.UNBALANCED: 1}


def test_it_is_not_final_while_the_campaign_runs(office: Office) -> None:
    office.person(new_phone())
    office.campaign(reminder=None)
    office.seal()
    assert certificate(office).open == {Matter.RUNS: 1, Matter.TO_SEND: 1}


def test_nor_while_a_provider_may_still_tell(office: Office) -> None:
    office.person(new_phone())
    office.campaign(reminder=None)
    office.seal()
    office.send()
    call_off(office)
    assert certificate(office).open == {Matter.RECEIPTS: 1}
    office.clock.advance(RECEIPT_PATIENCE + timedelta(minutes=1))
    assert certificate(office).final


@pytest.mark.parametrize(
    ("state", "matter"), [(MessageState.UNKNOWN, Matter.UNKNOWN), (MessageState.HELD, Matter.HELD)]
)
def test_nor_while_a_row_waits_for_a_person(
    office: Office, ended: list[UUID], state: MessageState, matter: Matter
) -> None:
    with transaction() as session:
        session.scalars(select(Message)).first().state = state  # type: ignore[union-attr]
    assert certificate(office).open == {matter: 1}


def test_a_step_that_was_never_sealed_has_nothing_to_account_for(office: Office) -> None:
    office.campaign(released=False)
    call_off(office)
    found = certificate(office)
    assert found.final and found.rows == 0


def test_rows_that_are_sealed_while_the_sums_are_made_break_no_equation(office: Office) -> None:
    office.person(new_phone())
    office.campaign(reminder=None)
    office.seal()
    with transaction(one_moment=True) as session:
        before = sealed_counts(session, office.steps[StepKind.INVITATION])
        office.person(new_phone())
        office.step_besides(StepKind.INVITATION, At(office.clock.now()))
        office.seal()
        assert unbalanced_rows(session) == 0
        assert sum(state_counts(session).values()) == before.rows == 1
    with transaction() as session:
        assert sum(state_counts(session).values()) > 1


def test_rows_of_which_no_seal_has_counted_are_found(office: Office, ended: list[UUID]) -> None:
    with transaction() as session:
        assert unbalanced_rows(session) == 0
        session.execute(delete(Gauge).where(Gauge.name.startswith("sealed_rows:")))
        assert unbalanced_rows(session) == 2
        session.rollback()
