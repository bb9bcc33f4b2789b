"""The form of one wave: what was typed, and the step it plans."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from console.audience_form import audience_choices
from console.campaign_facts import PLACEHOLDERS
from console.form_reading import FormRefused, read_text
from console.ladder_form import PLACES, ladder_choices, read_ladder, typed_ladder
from console.moment_form import Moment, before_deadline, read_moment, typed_moment, usual_moment
from console.wave_words import KIND_MEANT_FOR
from console.whom_form import FIELD, Whom, read_whom, whom_choices
from console.words import STEP_KINDS
from outreach.audience import Audience
from outreach.calendar import next_permitted
from outreach.campaign_hours import hours_of
from outreach.campaign_setup import StepPlan, usual_ladder
from outreach.step import Step, StepKind
from outreach.usual_texts import USUAL_TEXTS
from roster.campaign import Campaign


def read_wave(
    session: Session,
    campaign: Campaign,
    kind: StepKind,
    form: MultiDict[str, str],
    now: datetime,
    kept: Audience | None = None,
) -> StepPlan:
    """The step that the form plans. `kept`: its audience before. Raises FormRefused."""
    timing = read_moment(form, hours_of(campaign.sending_opens, campaign.sending_closes), now)
    before_deadline(timing, kind, campaign.deadline, now)
    ladder = read_ladder(form)
    if not ladder:
        raise FormRefused("Xin chọn kênh gửi đầu tiên.")
    return StepPlan(kind, read_text(form, "text"), timing, read_whom(session, form, kept), ladder)


def usual_wave(campaign: Campaign, kind: StepKind, now: datetime) -> MultiDict[str, str]:
    """What a new wave's form shows."""
    soon = next_permitted(now + timedelta(hours=1), hours_of(campaign.sending_opens, campaign.sending_closes))
    return MultiDict(
        {
            **usual_moment(kind, soon),
            **typed_ladder(usual_ladder(kind)),
            FIELD: Whom.ALL,
            "text": USUAL_TEXTS[kind],
        }
    )


def typed_wave(campaign: Campaign, step: Step, now: datetime) -> MultiDict[str, str]:
    """What the form shows for a step that is planned."""
    return MultiDict(
        {
            **usual_wave(campaign, step.kind, now),
            **{f"{name}_{place}": "" for name in ("rung", "wait") for place in range(1, PLACES + 1)},
            **typed_moment(step.moment),
            **typed_ladder(step.rungs),
            FIELD: Whom.KEPT,
            "text": step.template,
        }
    )


def wave_choices(session: Session, campaign: Campaign, kind: StepKind) -> dict[str, Any]:
    """What the template of the form offers."""
    return {
        **audience_choices(session),
        **whom_choices(session),
        "campaign": campaign,
        "kind": kind,
        "title": STEP_KINDS[kind],
        "meant_for": KIND_MEANT_FOR[kind],
        "channels": ladder_choices(),
        "places": PLACES,
        "moments": Moment,
        "placeholders": PLACEHOLDERS,
        "hours": hours_of(campaign.sending_opens, campaign.sending_closes),
    }
