"""Releasing a step, by somebody else than whoever planned it, and taking it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.audit import record, staff_actor
from outreach.campaign_pause import lock_campaign
from outreach.campaign_setup import TextRefused, findings_in
from outreach.channels.zalo.template_rows import obstacle
from outreach.channels.zalo.templates import MappingRefused, ZaloTemplate, as_text, step_templates
from outreach.message import Message, MessageState
from outreach.message_states import sources
from outreach.reasons import Reason
from outreach.step import Step, StepState
from outreach.step_moments import first_moment
from outreach.timing import At, FromTet, TimingRefused
from roster.campaign import Campaign, CampaignState


class ReleaseRefused(RuntimeError):
    """The step may not be released; the text, in Vietnamese, says why."""


def release_step(session: Session, step_id: int, staff_id: int, now: datetime) -> None:
    """Let the step go out when it is due, and open its campaign. Raises ReleaseRefused, TextRefused.

    Whoever planned it may not release it: the database refuses that too. From here on the database also refuses any
    change of what goes out to whom; an approved Zalo template is kept as it is mapped now.
    """
    step = session.get_one(Step, step_id, with_for_update=True, populate_existing=True)
    campaign = lock_campaign(session, step.campaign_id)
    _refuse(step, campaign, staff_id)
    step.zalo_template = _zalo_template(session, step, campaign)
    try:
        begins = first_moment(session, step, campaign, now)
    except TimingRefused as refusal:
        raise ReleaseRefused(str(refusal)) from None
    step.due_at = step.due_at if isinstance(step.moment, At | FromTet) else begins
    step.state, step.released_by, step.released_at = StepState.RELEASED, staff_id, now
    if campaign.state is CampaignState.PLANNED:
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


def _refuse(step: Step, campaign: Campaign, staff_id: int) -> None:
    if step.state is not StepState.PLANNED:
        raise ReleaseRefused("Lượt gửi này đã được duyệt hoặc đã hủy.")
    if campaign.state is CampaignState.CLOSED:
        raise ReleaseRefused("Đợt khảo sát này đã đóng.")
    if step.planned_by == staff_id:
        raise ReleaseRefused("Người lập lượt gửi không được tự duyệt; cần một người khác duyệt.")
    findings = findings_in(step.template, campaign, step.kind)
    if findings:
        raise TextRefused(findings)


def _zalo_template(session: Session, step: Step, campaign: Campaign) -> dict[str, object] | None:
    if all(rung.channel != "zalo" for rung in step.rungs):
        return None
    mapped = _mapped(step)
    why_not = obstacle(session, mapped.id)
    if why_not is not None:
        raise ReleaseRefused(f"Mẫu Zalo {mapped.id} chưa dùng được: {why_not}.")
    findings = findings_in(as_text(mapped), campaign, step.kind, "zalo")
    if findings:
        raise TextRefused(findings)
    return mapped.model_dump(mode="json")


def _mapped(step: Step) -> ZaloTemplate:
    try:
        mapped = step_templates().get(step.kind)
    except MappingRefused as refusal:
        raise ReleaseRefused(f"Tệp khai mẫu Zalo có lỗi: {refusal}.") from None
    if mapped is None:
        raise ReleaseRefused("Chưa khai mẫu Zalo cho loại tin này.")
    return mapped
