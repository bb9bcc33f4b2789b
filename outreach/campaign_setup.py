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
from outreach.template_checks import Finding, faults
from outreach.timing import At, Timing, timing_as_json, timing_from_json
from outreach.usual_texts import INVITATION, REMINDER
from outreach.wording import communes_with_own_words, in_commune, words_of
from roster.campaign import AccountDetails, Campaign, CampaignState


class TextRefused(ValueError):
    """A text that may not go out; `findings` say why, in Vietnamese."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(str(finding) for finding in findings))
        self.findings = findings


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
    """A further step of a campaign, still planned. Raises TextRefused, LadderRefused, TimingRefused."""
    step = _add_step(session, session.get_one(Campaign, campaign_id), plan, staff_id, now)
    record(session, now, staff_actor(staff_id), "step.planned", f"step:{step.id}", after={"kind": plan.kind})
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


def findings_in(text: str, campaign: Campaign) -> list[Finding]:
    """Everything for which `text` must not go out, with the facts of the campaign or of any one commune."""
    words = words_of(campaign)
    everywhere = [None, *communes_with_own_words(words)]
    return list(dict.fromkeys(finding for code in everywhere for finding in faults(text, in_commune(words, code))))


def _add_step(session: Session, campaign: Campaign, plan: StepPlan, staff_id: int, now: datetime) -> Step:
    findings = findings_in(plan.template, campaign)
    if findings:
        raise TextRefused(findings)
    ladder = ladder_from_json(ladder_as_json(plan.ladder or usual_ladder(plan.kind)))
    timing = timing_from_json(timing_as_json(plan.timing))
    step = Step(
        campaign_id=campaign.id,
        kind=plan.kind,
        template=plan.template,
        audience=plan.audience.as_json(),
        ladder=ladder_as_json(ladder),
        timing=timing_as_json(timing),
        due_at=now,
        state=StepState.PLANNED,
        planned_by=staff_id,
    )
    step.due_at = first_moment(session, step, campaign, now)
    session.add(step)
    session.flush()
    return step
