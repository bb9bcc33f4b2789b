"""The texts of a campaign: looked at while they are written, and as they stand on a step."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from console.desk import found, scoped
from console.form_reading import read_text
from console.permissions import Action, for_action
from console.reading.staff_names import staff_names
from console.reading.step_texts import zalo_on_step
from console.text_check import campaign_named, check_in_campaign, check_typed
from console.words import STEP_KINDS, STEP_STATES
from console.zalo_words import template_status
from outreach.step import Step, StepKind
from outreach.template_versions import versions_of
from outreach.wording import in_commune, words_of
from roster.campaign import Campaign

blueprint = Blueprint("texts", __name__, url_prefix="/dot-khao-sat")


@blueprint.post("/kiem-tra-noi-dung")
@for_action(Action.CAMPAIGNS)
def check() -> str:
    """The gate's word on a text as it is typed. `?o=`: the field; `?loai=`: the kind of step; `?dot=`: the campaign,
    where there is one already."""
    kind = request.args.get("loai", StepKind.INVITATION.value)
    if kind not in set(StepKind):
        abort(404)
    text = read_text(request.form, request.args.get("o", "text"))
    with scoped() as session:
        campaign = campaign_named(session, request.args.get("dot", ""))
        if campaign is None:
            checked = check_typed(text, StepKind(kind), request.form)
        else:
            checked = check_in_campaign(text, StepKind(kind), campaign)
    return render_template("parts/text_findings.html", check=checked)


@blueprint.get("/luot/<int:step_id>/noi-dung")
@for_action(Action.CAMPAIGNS)
def step_text(step_id: int) -> str:
    """A step's text in both variants, what the gate says of it, its Zalo template, and the texts it had before."""
    with scoped() as session:
        step = found(session, Step, step_id)
        campaign = session.get_one(Campaign, step.campaign_id)
        versions = versions_of(session, step_id)
        return render_template(
            "campaigns/text.html",
            step=step,
            campaign=campaign,
            check=check_in_campaign(step.template, step.kind, campaign),
            zalo=zalo_on_step(session, step, in_commune(words_of(campaign), None)),
            template_status=template_status,
            versions=versions,
            names=staff_names(session, [one.planned_by for one in versions]),
            kinds=STEP_KINDS,
            states=STEP_STATES,
        )


@blueprint.get("/luot/<int:step_id>/mau-zalo")
@for_action(Action.CAMPAIGNS)
def zalo_standing(step_id: int) -> str:
    """Which Zalo template the step uses and whether Zalo has approved it, for the campaign's page."""
    with scoped() as session:
        step = found(session, Step, step_id)
        words = in_commune(words_of(session.get_one(Campaign, step.campaign_id)), None)
        zalo = zalo_on_step(session, step, words)
    return render_template("parts/zalo_standing.html", zalo=zalo, template_status=template_status)
