"""Planning a campaign and releasing its steps: one member of staff plans, another releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.audit import record, staff_actor
from outreach.audience import Audience
from outreach.message import Message, MessageState
from outreach.message_states import sources
from outreach.reasons import Reason
from outreach.step import Step, StepKind, StepState
from outreach.template_checks import Finding, faults
from outreach.wording import words_of
from roster.campaign import AccountDetails, Campaign, CampaignState

INVITATION = (
    "UBND {phuong_xa} kính gửi {xung_ho} {ten_goi}. Trợ cấp vẫn được trả như trước. Nay {xung_ho} có thể nhận qua"
    " tài khoản nếu muốn. Nhắn CÓ để trả lời vài câu hỏi, nhắn TỪ CHỐI để thôi nhận tin."
    " Mã hồ sơ: {ma_ho_so}. Hỏi trực tiếp: {dien_thoai}. {canh_bao}"
)
REMINDER = (
    "UBND {phuong_xa} xin nhắc {xung_ho} {ten_goi}: phần trả lời còn dở. Nhắn CÓ để làm tiếp, hạn {han_chot}."
    " Không đăng ký cũng không mất trợ cấp. Nhắn TỪ CHỐI để thôi nhận tin. Mã hồ sơ: {ma_ho_so}. {canh_bao}"
)


class ReleaseRefused(RuntimeError):
    """The step may not be released; the text, in Vietnamese, says why."""


class TextRefused(ValueError):
    """A text that may not go out; `findings` say why, in Vietnamese."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(str(finding) for finding in findings))
        self.findings = findings


@dataclass(frozen=True)
class CampaignPlan:
    """What a manager fills in. `facts`: office, hours, phone, payday, documents. Texts of None leave that step out."""

    name: str
    deadline: date
    due_at: datetime
    facts: Mapping[str, Any]
    account_details: AccountDetails = AccountDetails.OFFICER
    audience: Audience = field(default_factory=Audience)
    channel: str = "sms"
    invitation: str | None = INVITATION
    reminder: str | None = REMINDER


def plan_campaign(session: Session, plan: CampaignPlan, staff_id: int, now: datetime) -> Campaign:
    """A campaign with its steps, all still planned. Raises TextRefused for a text that may not go out."""
    campaign = Campaign(
        name=plan.name,
        account_details=plan.account_details,
        deadline=plan.deadline,
        facts=dict(plan.facts),
        state=CampaignState.PLANNED,
        created_at=now,
    )
    session.add(campaign)
    session.flush()
    for kind, text in ((StepKind.INVITATION, plan.invitation), (StepKind.REMINDER, plan.reminder)):
        if text is not None:
            _plan_step(session, campaign, plan, kind, text, staff_id)
    record(session, now, staff_actor(staff_id), "campaign.planned", f"campaign:{campaign.id}")
    return campaign


def steps_of(session: Session, campaign_id: int) -> list[Step]:
    """A campaign's steps, the earliest first."""
    return list(session.scalars(select(Step).where(Step.campaign_id == campaign_id).order_by(Step.due_at, Step.id)))


def release_step(session: Session, step_id: int, staff_id: int, now: datetime) -> None:
    """Let the step go out when it is due, and open its campaign. Raises ReleaseRefused, TextRefused.

    Whoever planned it may not release it: the database refuses that too.
    """
    step = session.get_one(Step, step_id, with_for_update=True, populate_existing=True)
    campaign = session.get_one(Campaign, step.campaign_id, with_for_update=True, populate_existing=True)
    _refuse(step, campaign, staff_id)
    step.state, step.released_by, step.released_at = StepState.RELEASED, staff_id, now
    campaign.state = CampaignState.RUNNING
    record(
        session,
        now,
        staff_actor(staff_id),
        "step.released",
        f"step:{step.id}",
        before={"state": StepState.PLANNED},
        after={"state": StepState.RELEASED},
    )


def cancel_step(session: Session, step_id: int, staff_id: int, now: datetime, reason: str) -> int:
    """Take the step back: what has not left yet never will; how many messages that were.

    Messages that a worker is sending at this moment are not called back.
    """
    step = session.get_one(Step, step_id, with_for_update=True, populate_existing=True)
    before, step.state = step.state, StepState.CANCELLED
    cancelled = session.scalars(
        update(Message)
        .where(Message.step_id == step_id, Message.state.in_(sources(MessageState.CANCELLED)))
        .values(state=MessageState.CANCELLED, reason=Reason.STEP_CANCELLED, changed_at=now)
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    ).all()
    record(
        session,
        now,
        staff_actor(staff_id),
        "step.cancelled",
        f"step:{step.id}",
        before={"state": before},
        after={"state": StepState.CANCELLED, "messages": len(cancelled)},
        reason=reason,
    )
    return len(cancelled)


def _plan_step(
    session: Session, campaign: Campaign, plan: CampaignPlan, kind: StepKind, text: str, staff_id: int
) -> None:
    findings = faults(text, words_of(campaign))
    if findings:
        raise TextRefused(findings)
    session.add(
        Step(
            campaign_id=campaign.id,
            kind=kind,
            channel=plan.channel,
            template=text,
            audience=plan.audience.as_json(),
            due_at=plan.due_at,
            state=StepState.PLANNED,
            planned_by=staff_id,
        )
    )


def _refuse(step: Step, campaign: Campaign, staff_id: int) -> None:
    if step.state is not StepState.PLANNED:
        raise ReleaseRefused("Lượt gửi này đã được duyệt hoặc đã hủy.")
    if campaign.state is CampaignState.CLOSED:
        raise ReleaseRefused("Đợt khảo sát này đã đóng.")
    if step.planned_by == staff_id:
        raise ReleaseRefused("Người lập lượt gửi không được tự duyệt; cần một người khác duyệt.")
    findings = faults(step.template, words_of(campaign))
    if findings:
        raise TextRefused(findings)
