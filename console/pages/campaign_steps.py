"""A step of a campaign: what it would do, its release by a second person, and taking it back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from console.desk import current_desk, found, scoped
from console.permissions import Action, for_action
from console.wave_preview import show_preview
from core.clock import now
from outreach.campaign_setup import TextRefused
from outreach.releasing import ReleaseRefused, cancel_step, release_step
from outreach.step import Step, StepState

blueprint = Blueprint("campaign_steps", __name__, url_prefix="/dot-khao-sat")
TAKEABLE_BACK = (StepState.PLANNED, StepState.RELEASED, StepState.SEALED)


@blueprint.get("/luot/<int:step_id>/xem-truoc")
@for_action(Action.CAMPAIGNS)
def step_preview(step_id: int) -> str:
    """What the step would do if it were released now: counted over the whole audience, so fetched apart."""
    with scoped() as session:
        return show_preview(session, found(session, Step, step_id), now())


@blueprint.post("/luot/<int:step_id>/cho-gui")
@for_action(Action.RELEASE)
def release(step_id: int) -> Response:
    """Let the step go out when it is due: by somebody other than its planner."""
    with scoped() as session:
        campaign_id = found(session, Step, step_id).campaign_id
        try:
            release_step(session, step_id, current_desk().staff_id, now())
            flash("Đã cho gửi. Tin sẽ đi khi đến giờ.", "success")
        except (ReleaseRefused, TextRefused) as refusal:
            flash(str(refusal), "error")
    return redirect(url_for("campaigns.one_campaign", campaign_id=campaign_id))


@blueprint.post("/luot/<int:step_id>/huy")
@for_action(Action.CAMPAIGNS)
def cancel(step_id: int) -> Response:
    """Take a step back: what has not left yet never will."""
    reason = request.form.get("reason", "").strip()[:300]
    with scoped() as session:
        step = found(session, Step, step_id)
        campaign_id = step.campaign_id
        if not reason or step.state not in TAKEABLE_BACK:
            flash("Xin ghi lý do hủy; lượt đã gửi xong thì không hủy được.", "error")
        else:
            cancelled = cancel_step(session, step_id, current_desk().staff_id, now(), reason)
            flash(f"Đã hủy lượt gửi; {cancelled} tin chưa gửi sẽ không gửi nữa.", "success")
    return redirect(url_for("campaigns.one_campaign", campaign_id=campaign_id))
