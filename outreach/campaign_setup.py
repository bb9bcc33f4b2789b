"""Planning a campaign and its steps: whoever plans does not release (`outreach.releasing`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import record, staff_actor
from outreach.audience import Audience
from outreach.campaign_pause import lock_campaign
from outreach.channels.registry import accounts_for
from outreach.channels.zalo.templates import step_templates
from outreach.rungs import ONLY_SMS, ZALO_FIRST, Rung, ladder_as_json, ladder_from_json
from outreach.step import Step, StepKind, StepState
from outreach.step_moments import first_moment
from outreach.template_checks import faults
from outreach.template_findings import Finding
from outreach.timing import At, Timing, timing_as_json, timing_from_json
from outreach.usual_texts import INVITATION, REMINDER
from outreach.wording import communes_with_own_words, in_commune, words_of
from roster.campaign import AccountDetails, Campaign, CampaignState


class TextRefused(ValueError):
    """A text that may not go out; `findings` say why, in Vietnamese."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(str(finding) for finding in findings))
        self.findings = findings


class StepFixed(RuntimeError):
    """The step is released or cancelled, or its campaign is over: it stays as it is. The text is Vietnamese."""


@dataclass(frozen=True)
class StepPlan:
    """One step as a manager plans it. No ladder: the usual one of this installation."""

    kind: StepKind
    template: str
    timing: Timing
    audience: Audience = field(default_factory=Audience)
    ladder: Sequence[Rung] = ()


@dataclass(frozen=True)
class CampaignPlan:
    """What a manager fills in. `facts`: office, hours, phone, payday, documents. Texts of None leave that step out.

    audience, ladder: of the invitation and the reminder of the unfinished; `steps` are further ones. ceiling_dong: what
    all messages may cost together, None without limit.
    """

    name: str
    deadline: date
    due_at: datetime
    facts: Mapping[str, Any]
    account_details: AccountDetails = AccountDetails.OFFICER
    audience: Audience = field(default_factory=Audience)
    ladder: Sequence[Rung] = ()
    invitation: str | None = INVITATION
    reminder: str | None = REMINDER
    steps: Sequence[StepPlan] = ()
    ceiling_dong: int | None = None


def plan_campaign(session: Session, plan: CampaignPlan, staff_id: int, now: datetime) -> Campaign:
    """A campaign with its steps, all still planned.

    Raises TextRefused for a text that may not go out, LadderRefused, TimingRefused.
    """
    campaign = Campaign(
        name=plan.name,
        account_details=plan.account_details,
        deadline=plan.deadline,
        facts=dict(plan.facts),
        state=CampaignState.PLANNED,
        ceiling_dong=plan.ceiling_dong,
        created_at=now,
    )
    session.add(campaign)
    session.flush()
    usual = ((StepKind.INVITATION, plan.invitation), (StepKind.REMINDER_UNFINISHED, plan.reminder))
    for kind, text in usual:
        if text is not None:
            _add_step(
                session, campaign, StepPlan(kind, text, At(plan.due_at), plan.audience, plan.ladder), staff_id, now
            )
    for step in plan.steps:
        _add_step(session, campaign, step, staff_id, now)
    record(session, now, staff_actor(staff_id), "campaign.planned", f"campaign:{campaign.id}")
    return campaign


def plan_step(session: Session, campaign_id: int, plan: StepPlan, staff_id: int, now: datetime) -> Step:
    """A further step of a campaign, still planned. Raises StepFixed, TextRefused, LadderRefused, TimingRefused."""
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise StepFixed("Đợt khảo sát này đã kết thúc, không thêm lượt gửi được nữa.")
    step = _add_step(session, campaign, plan, staff_id, now)
    record(session, now, staff_actor(staff_id), "step.planned", f"step:{step.id}", after={"kind": plan.kind})
    return step


def drafted_step(campaign_id: int, plan: StepPlan) -> Step:
    """The step that `plan` would make, in no database: for a preview (`outreach.preview`)."""
    return Step(
        campaign_id=campaign_id,
        kind=plan.kind,
        template=plan.template,
        audience=plan.audience.as_json(),
        ladder=ladder_as_json(plan.ladder or usual_ladder(plan.kind)),
        timing=timing_as_json(plan.timing),
    )


def change_step(session: Session, step_id: int, plan: StepPlan, staff_id: int, now: datetime) -> Step:
    """Plan something else for a step that nobody has released. Whoever changes it has planned it from then on, and may
    not release it. Raises StepFixed, TextRefused, LadderRefused, TimingRefused."""
    step = session.get_one(Step, step_id, with_for_update=True, populate_existing=True)
    if step.state is not StepState.PLANNED:
        raise StepFixed("Lượt gửi này đã được cho gửi hoặc đã hủy, nên không sửa được nữa.")
    before = _as_planned(step)
    campaign = session.get_one(Campaign, step.campaign_id)
    with session.begin_nested():  # a refusal leaves the step as it was
        step.planned_by = staff_id
        _fill(step, session, campaign, plan, now)
    after = _as_planned(step)
    changed = [name for name in after if after[name] != before[name]]
    record(
        session,
        now,
        staff_actor(staff_id),
        "step.changed",
        f"step:{step.id}",
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return step


def set_ceiling(session: Session, campaign_id: int, dong: int | None, staff_id: int, now: datetime, words: str) -> None:
    """Let the campaign's messages cost `dong` together at most; None sets no limit. Counts from the next message on."""
    campaign = lock_campaign(session, campaign_id)
    before, campaign.ceiling_dong = campaign.ceiling_dong, dong
    record(
        session,
        now,
        staff_actor(staff_id),
        "campaign.ceiling",
        f"campaign:{campaign_id}",
        before={"dong": before},
        after={"dong": dong},
        reason=words,
    )


def steps_of(session: Session, campaign_id: int) -> list[Step]:
    """A campaign's steps, the earliest first."""
    return list(session.scalars(select(Step).where(Step.campaign_id == campaign_id).order_by(Step.due_at, Step.id)))


def usual_ladder(kind: StepKind) -> tuple[Rung, ...]:
    """Zalo first where an account is set up and a template is mapped for this kind of step; else SMS alone."""
    return ZALO_FIRST if accounts_for("zalo") and kind in step_templates() else ONLY_SMS


def findings_in(text: str, campaign: Campaign, kind: StepKind, channel: str = "sms") -> list[Finding]:
    """Everything for which `text` must not go out as a step of `kind`, with the facts of the campaign or of any one
    commune."""
    words = words_of(campaign)
    everywhere = [in_commune(words, code) for code in (None, *communes_with_own_words(words))]
    return list(dict.fromkeys(finding for stated in everywhere for finding in faults(text, stated, kind, channel)))


def _add_step(session: Session, campaign: Campaign, plan: StepPlan, staff_id: int, now: datetime) -> Step:
    step = Step(campaign_id=campaign.id, state=StepState.PLANNED, planned_by=staff_id)
    _fill(step, session, campaign, plan, now)
    session.add(step)
    session.flush()
    return step


def _fill(step: Step, session: Session, campaign: Campaign, plan: StepPlan, now: datetime) -> None:
    """Put what is planned into `step`, checked. Raises TextRefused, LadderRefused, TimingRefused."""
    ladder = ladder_from_json(ladder_as_json(plan.ladder or usual_ladder(plan.kind)))
    findings = findings_in(plan.template, campaign, plan.kind)
    if findings:
        raise TextRefused(findings)
    step.kind, step.template, step.audience = plan.kind, plan.template, plan.audience.as_json()
    step.ladder, step.timing = ladder_as_json(ladder), timing_as_json(timing_from_json(timing_as_json(plan.timing)))
    step.due_at = first_moment(session, step, campaign, now)


def _as_planned(step: Step) -> dict[str, Any]:
    """What the audit log keeps of a step before and after a change."""
    return {name: getattr(step, name) for name in ("kind", "template", "audience", "ladder", "timing")}
