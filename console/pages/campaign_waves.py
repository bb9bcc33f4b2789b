"""A wave of a campaign: planned, looked at on real rows while it is being written, and changed before its release."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from console.audience_words import describe
from console.desk import current_desk, found, scoped
from console.form_reading import FormRefused
from console.permissions import Action, for_action
from console.wave_form import read_wave, typed_wave, usual_wave, wave_choices
from console.wave_preview import show_preview
from core.clock import now
from outreach.audience import Audience
from outreach.campaign_setup import (
    StepFixed,
    TextRefused,
    change_step,
    drafted_step,
    findings_in,
    plan_step,
)
from outreach.step import Step, StepKind
from outreach.timing import TimingRefused
from roster.campaign import Campaign
from roster.commune import Commune

blueprint = Blueprint("campaign_waves", __name__, url_prefix="/dot-khao-sat")


@blueprint.get("/<int:campaign_id>/luot/moi")
@for_action(Action.CAMPAIGNS)
def new_wave(campaign_id: int) -> str:
    """The form for a wave of the kind `?loai=`, with what is usual for it."""
    with scoped() as session:
        campaign = found(session, Campaign, campaign_id)
        kind = _kind()
        return _form(session, campaign, kind, None, usual_wave(campaign, kind, now()))


@blueprint.post("/<int:campaign_id>/luot/moi")
@for_action(Action.CAMPAIGNS)
def plan(campaign_id: int) -> Response | tuple[str, int]:
    """Plan a further wave. Nothing is sent before somebody else has released it."""
    with scoped() as session:
        campaign, kind = found(session, Campaign, campaign_id), _kind()
        try:
            wanted = read_wave(session, campaign, kind, request.form, now())
            made = plan_step(session, campaign_id, wanted, current_desk().staff_id, now()).id
        except (FormRefused, TextRefused, TimingRefused, StepFixed) as refusal:
            flash(str(refusal), "error")
            return _form(session, campaign, kind, None, request.form), 422
    flash("Đã lập lượt gửi. Cần một người khác xem và cho gửi.", "success")
    return redirect(url_for("campaigns.one_campaign", campaign_id=campaign_id, _anchor=f"step-{made}"))


@blueprint.get("/luot/<int:step_id>/sua")
@for_action(Action.CAMPAIGNS)
def one_wave(step_id: int) -> str:
    """A wave as it is planned, to be changed."""
    with scoped() as session:
        step = found(session, Step, step_id)
        campaign = session.get_one(Campaign, step.campaign_id)
        return _form(session, campaign, step.kind, step, typed_wave(campaign, step, now()))


@blueprint.post("/luot/<int:step_id>/sua")
@for_action(Action.CAMPAIGNS)
def change(step_id: int) -> Response | tuple[str, int]:
    """Plan it otherwise. Whoever changes it may not release it."""
    with scoped() as session:
        step = found(session, Step, step_id)
        campaign = session.get_one(Campaign, step.campaign_id)
        try:
            kept = Audience.from_json(step.audience)
            wanted = read_wave(session, campaign, step.kind, request.form, now(), kept)
            change_step(session, step_id, wanted, current_desk().staff_id, now())
        except (FormRefused, TextRefused, TimingRefused, StepFixed) as refusal:
            flash(str(refusal), "error")
            return _form(session, campaign, step.kind, step, request.form), 422
    flash("Đã lưu. Anh/chị vừa sửa lượt này nên một người khác phải cho gửi.", "success")
    return redirect(url_for("campaigns.one_campaign", campaign_id=campaign.id, _anchor=f"step-{step_id}"))


@blueprint.post("/<int:campaign_id>/luot/xem-truoc")
@for_action(Action.CAMPAIGNS)
def preview(campaign_id: int) -> str:
    """What the wave in the form would do, on the real rows: counted over the whole audience, so fetched apart."""
    with scoped() as session:
        campaign, kind = found(session, Campaign, campaign_id), _kind()
        try:
            step = session.get(Step, request.args.get("luot", type=int) or 0)
            kept = Audience.from_json(step.audience) if step and step.campaign_id == campaign_id else None
            wanted = read_wave(session, campaign, kind, request.form, now(), kept)
            findings = findings_in(wanted.template, campaign, kind)
            if findings:
                raise TextRefused(findings)
        except (FormRefused, TextRefused) as refusal:
            return render_template("parts/step_preview.html", preview=None, problem=str(refusal))
        return show_preview(session, drafted_step(campaign_id, wanted), now())


def _kind() -> StepKind:
    """The kind asked for; 404 for one that is none."""
    asked = request.args.get("loai", "")
    return StepKind(asked) if asked in set(StepKind) else abort(404)


def _form(session: Session, campaign: Campaign, kind: StepKind, step: Step | None, typed: MultiDict[str, str]) -> str:
    names = dict(session.execute(select(Commune.code, Commune.name)).all())
    return render_template(
        "campaigns/wave.html",
        step=step,
        typed=typed,
        kept=describe(Audience.from_json(step.audience), names) if step else [],
        **wave_choices(session, campaign, kind),
    )
