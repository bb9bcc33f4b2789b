"""Everything the page about a step's text shows: the texts it has had, and its approved Zalo template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from core.clock import VIETNAM
from outreach.channels.zalo.template_rows import approval_of, obstacle
from outreach.channels.zalo.templates import (
    MappingRefused,
    ParameterRefused,
    ZaloTemplate,
    fill,
    step_templates,
)
from outreach.step import Step, StepState
from outreach.template_lengths import READERS, Reader
from outreach.templates import CampaignWords

APPROVAL_TAKES = 7
"""Working days, at most: `shared/providers.md`, "Zalo template message"."""


@dataclass(frozen=True)
class ZaloOnStep:
    """template: as released, else as it is mapped now; None where there is none, for `problem`. status: Zalo's word.
    obstacle: why it cannot be released yet. sample: as the longest row reads it. hand_in_by: by then it has to be
    handed in for approval."""

    template: ZaloTemplate | None
    problem: str | None = None
    status: str | None = None
    obstacle: str | None = None
    sample: str | None = None
    hand_in_by: date | None = None


def zalo_on_step(session: Session, step: Step, words: CampaignWords) -> ZaloOnStep | None:
    """The step's template; None where its ladder has no rung over Zalo."""
    if all(rung.channel != "zalo" for rung in step.rungs):
        return None
    try:
        template = _template(step)
    except MappingRefused as refusal:
        return ZaloOnStep(None, f"Tệp khai mẫu Zalo có lỗi: {refusal}.")
    if template is None:
        return ZaloOnStep(None, "Chưa khai mẫu Zalo cho loại tin này. Xin báo kỹ thuật viên.")
    why_not = obstacle(session, template.id) if step.state is StepState.PLANNED else None
    late = _working_days_before(step.due_at.astimezone(VIETNAM).date(), APPROVAL_TAKES) if why_not else None
    try:
        sample, problem = fill(template, READERS[Reader.LONGEST], words).body, None
    except ParameterRefused as refusal:
        sample, problem = None, f"Không điền được cho hàng dài nhất, {refusal}. Người đó sẽ nhận tin ở bậc sau."
    return ZaloOnStep(template, problem, approval_of(session, template.id), why_not, sample, late)


def _template(step: Step) -> ZaloTemplate | None:
    if step.zalo_template is not None:
        return ZaloTemplate.model_validate(step.zalo_template)
    return step_templates().get(step.kind)


def _working_days_before(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= day.weekday() < 5
    return day
