"""Campaigns: planning one, and following it."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from console import campaign_facts
from console.audience_form import audience_choices
from console.audience_words import describe
from console.campaign_form import preview_text, read_plan
from console.desk import current_desk, found, scoped
from console.form_reading import FormRefused
from console.formats import day
from console.ladder_form import PLACES, ladder_choices, typed_ladder
from console.pages.campaign_steps import TAKEABLE_BACK
from console.permissions import Action, for_action
from console.reading.campaign_progress import answers, step_progress
from console.reading.staff_names import staff_names
from console.wave_words import KIND_MEANT_FOR, how, when
from console.whom_form import FIELD, Whom, whom_choices
from console.words import (
    ACCOUNT_DETAILS,
    CAMPAIGN_STATES,
    GROUP_NAMES,
    MESSAGE_STATES,
    STEP_KINDS,
    STEP_STATES,
)
from core.clock import VIETNAM, now
from outreach.audience import Audience
from outreach.calendar import next_permitted
from outreach.campaign_setup import TextRefused, plan_campaign, steps_of, usual_ladder
from outreach.channels.registry import NoAccount
from outreach.delivery_settings import delivery_settings
from outreach.spending import spent
from outreach.step import StepKind
from outreach.usual_texts import INVITATION, REMINDER
from roster.campaign import Campaign
from roster.commune import Commune

blueprint = Blueprint("campaigns", __name__, url_prefix="/dot-khao-sat")
USUAL_LENGTH = timedelta(days=45)
_PLACES = {kind: place for place, kind in enumerate(StepKind)}
"""Invitations first, whatever their moments are reckoned from."""


@blueprint.get("/")
@for_action(Action.CAMPAIGNS)
def all_campaigns() -> str:
    """Every campaign, the newest first."""
    with scoped() as session:
        campaigns = session.scalars(select(Campaign).order_by(Campaign.id.desc())).all()
        return render_template("campaigns/all.html", campaigns=campaigns, states=CAMPAIGN_STATES)


@blueprint.get("/moi")
@for_action(Action.CAMPAIGNS)
def new_campaign() -> str:
    """The form, with usual values."""
    with scoped() as session:
        return _form(session, _usual(request.args.get("nhom", Whom.ALL)), 200)[0]


@blueprint.post("/moi")
@for_action(Action.CAMPAIGNS)
def plan() -> Response | tuple[str, int]:
    """Plan what the form says. Nothing is sent before somebody else has released it."""
    try:
        with scoped() as session:
            wanted = read_plan(session, request.form, now())
            made = plan_campaign(session, wanted, current_desk().staff_id, now()).id
    except (FormRefused, TextRefused) as refusal:
        flash(str(refusal), "error")
        with scoped() as session:
            return _form(session, request.form, 422)
    flash("Đã lập đợt khảo sát. Cần một người khác xem và cho gửi.", "success")
    return redirect(url_for("campaigns.one_campaign", campaign_id=made))


@blueprint.post("/xem-truoc")
@for_action(Action.CAMPAIGNS)
def text_preview() -> str:
    """The text being written, on a few real rows."""
    field = "reminder" if request.args.get("tin") == "reminder" else "invitation"
    with scoped() as session:
        try:
            preview = preview_text(session, request.form, field, now())
        except NoAccount:
            return render_template("parts/text_preview.html", preview=None)
    return render_template("parts/text_preview.html", preview=preview)


@blueprint.get("/<int:campaign_id>")
@for_action(Action.CAMPAIGNS)
def one_campaign(campaign_id: int) -> str:
    """The campaign, its steps and how far it has come."""
    with scoped() as session:
        campaign = found(session, Campaign, campaign_id)
        in_order = sorted(steps_of(session, campaign_id), key=lambda step: _PLACES[step.kind])
        steps = [step_progress(session, step) for step in in_order]
        communes = dict(session.execute(select(Commune.code, Commune.name)).all())
        people = [staff_id for one in steps for staff_id in (one.step.planned_by, one.step.released_by)]
        return render_template(
            "campaigns/one.html",
            campaign=campaign,
            steps=steps,
            answers=answers(session, campaign_id),
            names=staff_names(session, people),
            facts=campaign_facts.FACTS,
            stated=campaign_facts.stated_facts(campaign, None),
            takeable_back=TAKEABLE_BACK,
            meant_for=KIND_MEANT_FOR,
            when=when,
            how=how,
            whom=[describe(Audience.from_json(one.step.audience), communes) for one in steps],
            spent=spent(session, campaign_id),
            **_words(),
        )


def _usual(whom: str) -> MultiDict[str, str]:
    due = next_permitted(now() + timedelta(hours=1), delivery_settings().hours).astimezone(VIETNAM)
    return MultiDict(
        {
            "name": "",
            "deadline": day((due + USUAL_LENGTH).date()),
            "due_day": day(due.date()),
            "due_time": f"{due:%H:%M}",
            "account_details": "officer",
            "invitation": INVITATION,
            "reminder": REMINDER,
            "with_reminder": "1",
            FIELD: whom,
            **typed_ladder(usual_ladder(StepKind.INVITATION)),
        }
    )


def _form(session: Session, typed: MultiDict[str, str], status: int) -> tuple[str, int]:
    page = render_template(
        "campaigns/new.html",
        typed=typed,
        details=ACCOUNT_DETAILS,
        facts=campaign_facts.FACTS,
        longest=campaign_facts.LONGEST_FACT,
        placeholders=campaign_facts.PLACEHOLDERS,
        channels=ladder_choices(),
        places=PLACES,
        usual={kind: how(usual_ladder(kind)) for kind in (StepKind.INVITATION, StepKind.REMINDER_UNFINISHED)},
        **audience_choices(session),
        **whom_choices(session),
    )
    return page, status


def _words() -> dict[str, object]:
    return {
        "campaign_states": CAMPAIGN_STATES,
        "step_states": STEP_STATES,
        "step_kinds": STEP_KINDS,
        "message_states": MESSAGE_STATES,
        "groups": GROUP_NAMES,
        "details": ACCOUNT_DETAILS,
    }
