"""Campaigns: planning one, and following it."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console import campaign_facts
from console.campaign_form import FormRefused, preview_text, read_plan
from console.desk import current_desk, found, scoped
from console.formats import day
from console.pages.campaign_steps import TAKEABLE_BACK
from console.permissions import Action, for_action
from console.reading.campaign_progress import answers, step_progress
from console.reading.staff_names import staff_names
from console.words import (
    ACCOUNT_DETAILS,
    CAMPAIGN_STATES,
    GROUP_NAMES,
    MESSAGE_STATES,
    STEP_KINDS,
    STEP_STATES,
    category_names,
)
from core.clock import VIETNAM, now
from outreach.calendar import next_permitted
from outreach.campaign_setup import TextRefused, plan_campaign, steps_of
from outreach.channels.registry import NoAccount
from outreach.delivery_settings import delivery_settings
from outreach.usual_texts import INVITATION, REMINDER
from roster.campaign import Campaign
from roster.commune import Commune

blueprint = Blueprint("campaigns", __name__, url_prefix="/dot-khao-sat")
USUAL_LENGTH = timedelta(days=45)


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
        return _form(session, _usual(), 200)[0]


@blueprint.post("/moi")
@for_action(Action.CAMPAIGNS)
def plan() -> Response | tuple[str, int]:
    """Plan what the form says. Nothing is sent before somebody else has released it."""
    try:
        wanted = read_plan(request.form, now())
        with scoped() as session:
            campaign = plan_campaign(session, wanted, current_desk().staff_id, now())
            made = campaign.id
    except (FormRefused, TextRefused) as refusal:
        flash(str(refusal), "error")
        with scoped() as session:
            return _form(session, _typed(), 422)
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
        steps = [step_progress(session, step) for step in steps_of(session, campaign_id)]
        people = [staff_id for one in steps for staff_id in (one.step.planned_by, one.step.released_by)]
        return render_template(
            "campaigns/one.html",
            campaign=campaign,
            steps=steps,
            answers=answers(session, campaign_id),
            names=staff_names(session, people),
            communes=dict(session.execute(select(Commune.code, Commune.name)).all()),
            facts=campaign_facts.FACTS,
            stated=campaign_facts.stated_facts(campaign, None),
            takeable_back=TAKEABLE_BACK,
            **_words(),
        )


def _usual() -> dict[str, object]:
    due = next_permitted(now() + timedelta(hours=1), delivery_settings().hours).astimezone(VIETNAM)
    return {
        "name": "",
        "deadline": day((due + USUAL_LENGTH).date()),
        "due_day": day(due.date()),
        "due_time": f"{due:%H:%M}",
        "account_details": "officer",
        "invitation": INVITATION,
        "reminder": REMINDER,
        "with_reminder": "1",
        "communes": [],
        "categories": [],
    }


def _typed() -> dict[str, object]:
    lists = {name: request.form.getlist(name) for name in ("communes", "categories")}
    return {**request.form.to_dict(), **lists}


def _form(session: Session, typed: dict[str, object], status: int) -> tuple[str, int]:
    page = render_template(
        "campaigns/new.html",
        typed=typed,
        communes=session.scalars(select(Commune).order_by(Commune.folded_name)).all(),
        categories=category_names(),
        details=ACCOUNT_DETAILS,
        facts=campaign_facts.FACTS,
        longest=campaign_facts.LONGEST_FACT,
        placeholders=campaign_facts.PLACEHOLDERS,
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
        "categories": category_names(),
    }
