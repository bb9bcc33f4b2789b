"""Planning and releasing: two people, checked texts, and a trace in the audit log."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from core.audit import AuditEntry
from core.database import transaction
from language.address import UNKNOWN
from language.codes import group_code
from language.sms import domestic_segments, segments
from outreach.campaign_setup import CampaignPlan, TextRefused, plan_campaign, steps_of
from outreach.message import MessageState
from outreach.releasing import ReleaseRefused, cancel_step, release_step
from outreach.step import StepKind, StepState
from outreach.template_findings import Fault
from outreach.templates import REPLIES_BY_SMS, CampaignWords, PhoneOf, Recipient, for_sms, render
from outreach.usual_texts import USUAL_TEXTS
from roster.campaign import Campaign, CampaignState
from tests.outreach.office import FACTS, PLANNER, RELEASER, Office, new_phone


def plan(office: Office, **changes: Any) -> CampaignPlan:
    fields: dict[str, Any] = {
        "name": "Đợt một",
        "deadline": date(2027, 1, 20),
        "due_at": office.clock.now(),
        "facts": FACTS,
    }
    return CampaignPlan(**{**fields, **changes})


def test_a_plan_sends_nothing_until_it_is_released(office: Office) -> None:
    office.person(new_phone())
    with transaction() as session:
        campaign = plan_campaign(session, plan(office), PLANNER, office.clock.now())
        assert campaign.state is CampaignState.PLANNED
        assert [(step.kind, step.state) for step in steps_of(session, campaign.id)] == [
            (StepKind.INVITATION, StepState.PLANNED),
            (StepKind.REMINDER_UNFINISHED, StepState.PLANNED),
        ]
    assert office.seal() == 0


def test_another_person_releases(office: Office) -> None:
    office.campaign(released=False)
    step = office.step().id
    with transaction() as session, pytest.raises(ReleaseRefused, match="không được tự duyệt"):
        release_step(session, step, PLANNER, office.clock.now())
    with transaction() as session:
        release_step(session, step, RELEASER, office.clock.now())
        assert session.get_one(Campaign, office.campaign_id).state is CampaignState.RUNNING
    assert (office.step().state, office.step().released_by) == (StepState.RELEASED, RELEASER)
    with transaction() as session, pytest.raises(ReleaseRefused, match="đã được duyệt"):
        release_step(session, step, RELEASER, office.clock.now())


def test_the_database_refuses_a_planner_who_releases(office: Office) -> None:
    office.campaign(released=False)
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(text("UPDATE step SET released_by = planned_by"))


def test_a_closed_campaign_is_not_released(office: Office) -> None:
    office.campaign(released=False)
    office.change_campaign(state=CampaignState.CLOSED)
    with transaction() as session, pytest.raises(ReleaseRefused, match="đã đóng"):
        release_step(session, office.step().id, RELEASER, office.clock.now())


def test_a_forbidden_text_is_refused_when_planned_and_when_released(office: Office) -> None:
    with transaction() as session, pytest.raises(TextRefused) as caught:
        plan_campaign(session, plan(office, invitation="Bấm https://abc.vn"), PLANNER, office.clock.now())
    assert Fault.LINK in [finding.fault for finding in caught.value.findings]
    office.campaign(released=False)
    with transaction() as session:
        session.execute(text("UPDATE step SET template = 'Gửi lại mã OTP'"))
    with transaction() as session, pytest.raises(TextRefused):
        release_step(session, office.step().id, RELEASER, office.clock.now())


def test_release_and_cancelling_leave_a_trace(office: Office) -> None:
    person = office.person(new_phone())
    office.campaign()
    office.seal()
    with transaction() as session:
        assert cancel_step(session, office.step().id, RELEASER, office.clock.now(), "Sai hạn chót") == 1
    assert office.message_of(person).state is MessageState.CANCELLED
    with transaction() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.subject == f"step:{office.step().id}").order_by(AuditEntry.id)
        )
        trace = [(entry.action, entry.actor, entry.reason) for entry in entries]
    assert trace[-3:] == [
        ("step.released", f"staff:{RELEASER}", ""),
        ("step.sealed", "system:loa", ""),
        ("step.cancelled", f"staff:{RELEASER}", "Sai hạn chót"),
    ]


@pytest.mark.parametrize("template", USUAL_TEXTS.values())
@pytest.mark.parametrize(
    ("commune", "how_to_reply"),
    [
        ("Phường Láng", REPLIES_BY_SMS),
        ("Phường Văn Miếu - Quốc Tử Giám", REPLIES_BY_SMS),
        ("Phường Láng", "viết LP ở đầu, gửi 8079 (1.000đ/tin)"),
        ("Phường Văn Miếu - Quốc Tử Giám", "nhắn đến 8079 (1.000đ/tin)"),
    ],
)
def test_the_texts_we_offer_fit_two_segments_for_a_phone_of_which_nothing_is_known(
    template: str, commune: str, how_to_reply: str
) -> None:
    reader = Recipient(UNKNOWN, "Hoa", "H3KR7M2P", commune, PhoneOf.UNKNOWN, False)
    text_ = for_sms(render(template, reader, CampaignWords(date(2027, 1, 20), FACTS, how_to_reply)))
    assert group_code("H3KR7M2P") in text_ and for_sms(how_to_reply) in text_
    assert max(segments(text_).segments, domestic_segments(text_)) <= 2, len(text_)
