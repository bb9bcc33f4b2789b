"""What a campaign states and until when: its facts, its deadline, where account details are taken, its end."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from console import campaign_facts
from console.campaign_form import read_details
from console.desk import current_desk, found, scoped
from console.form_reading import FormRefused, read_date
from console.permissions import Action, for_action
from console.words import ACCOUNT_DETAILS
from core.clock import now
from outreach.wording import COMMUNES
from roster.campaign import Campaign
from roster.commune import Commune

blueprint = Blueprint("campaign_terms", __name__, url_prefix="/dot-khao-sat")


@blueprint.get("/<int:campaign_id>/thong-tin")
@for_action(Action.CAMPAIGNS)
def facts(campaign_id: int) -> str:
    """The facts the answers state: for all, or for one commune alone (`?xa=`)."""
    with scoped() as session:
        campaign = found(session, Campaign, campaign_id)
        commune = found(session, Commune, code) if (code := request.args.get("xa")) else None
        return render_template(
            "campaigns/facts.html",
            campaign=campaign,
            commune=commune,
            communes=session.scalars(select(Commune).order_by(Commune.folded_name)).all(),
            with_own=set(campaign.facts.get(COMMUNES, {})),
            facts=campaign_facts.FACTS,
            stated=campaign_facts.stated_facts(campaign, commune.code if commune else None),
            general=campaign_facts.stated_facts(campaign, None),
            details=ACCOUNT_DETAILS,
            longest=campaign_facts.LONGEST_FACT,
        )


@blueprint.post("/<int:campaign_id>/thong-tin")
@for_action(Action.CAMPAIGNS)
def change_facts(campaign_id: int) -> Response:
    """State other facts, another deadline, or take account details elsewhere."""
    staff_id = current_desk().staff_id
    code = request.form.get("xa") or None
    try:
        with scoped() as session:
            campaign = found(session, Campaign, campaign_id)
            if code is None:
                deadline = read_date(request.form.get("deadline", ""), "hạn chót")
                details = read_details(request.form.get("account_details", ""))
                campaign_facts.change_terms(session, campaign, deadline, details, staff_id, now())
            else:
                found(session, Commune, code)
            campaign_facts.change_facts(
                session, campaign, code, campaign_facts.typed_facts(request.form), staff_id, now()
            )
        flash("Đã lưu. Các câu trả lời từ giờ dùng thông tin mới.", "success")
    except FormRefused as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("campaign_terms.facts", campaign_id=campaign_id, xa=code))


@blueprint.post("/<int:campaign_id>/ket-thuc")
@for_action(Action.RELEASE)
def close(campaign_id: int) -> Response:
    """End the campaign."""
    with scoped() as session:
        campaign = found(session, Campaign, campaign_id)
        campaign_facts.close_campaign(session, campaign, current_desk().staff_id, now())
    flash("Đã kết thúc đợt khảo sát.", "success")
    return redirect(url_for("campaigns.one_campaign", campaign_id=campaign_id))
