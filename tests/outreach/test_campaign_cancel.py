"""A campaign that is called off sends nothing more, and everything of it is accounted for."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.database import transaction
from outreach.campaign_cancel import cancel_campaign
from outreach.campaign_pause import NotPossible
from outreach.ledger import unbalanced_rows
from outreach.message import MessageState
from outreach.reasons import Reason
from outreach.step import StepKind, StepState
from roster.campaign import Campaign, CampaignState
from tests.outreach.office import RELEASER, Office, new_phone


def cancel(office: Office) -> int:
    with transaction() as session:
        return cancel_campaign(session, office.campaign_id, RELEASER, office.clock.now(), "tỉnh hoãn đợt này")


def test_what_has_not_left_never_will(office: Office) -> None:
    people = [office.person(new_phone()) for _ in range(3)]
    office.campaign()
    office.seal()
    assert cancel(office) == 3
    office.send()
    assert {(office.message_of(one).state, office.message_of(one).reason) for one in people} == {
        (MessageState.CANCELLED, Reason.STEP_CANCELLED)
    }
    assert {office.step(kind).state for kind in office.steps} == {StepState.CANCELLED}
    with transaction() as session:
        assert session.get_one(Campaign, office.campaign_id).state is CampaignState.CLOSED
        assert unbalanced_rows(session) == 0
        said = session.scalars(select(AuditEntry).where(AuditEntry.action == "campaign.cancelled")).one()
        assert (said.after["messages"], said.reason) == (3, "tỉnh hoãn đợt này")


def test_what_went_out_stays_as_it_is(office: Office) -> None:
    person = office.person(new_phone())
    office.campaign()
    office.seal()
    office.send()
    assert cancel(office) == 0
    assert office.message_of(person, StepKind.INVITATION).state is MessageState.ACCEPTED


def test_it_is_called_off_once(office: Office) -> None:
    office.campaign()
    cancel(office)
    with pytest.raises(NotPossible, match="đã kết thúc"):
        cancel(office)
