"""Audiences: choosing people by what is known of them, in numbers, and keeping the choice under a name."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from console.audience_form import audience_choices, read_audience, typed_audience
from console.audience_words import TO_DO, describe
from console.desk import current_desk, found, scoped
from console.downloads import send_workbook
from console.form_reading import FormRefused
from console.permissions import Action, for_action
from console.reading.audience_numbers import aim_at, audience_numbers
from console.reading.list_scope import chosen_campaign
from console.reading.staff_names import staff_names
from core import audit
from core.clock import now, today
from language.text import nfc
from outreach.audience import Audience
from outreach.delivery_settings import delivery_settings
from outreach.reasons import WORDS
from outreach.saved_audience import SavedAudience, forget_audience, save_audience, saved_audiences
from outreach.visit_list import export_visit_list
from roster.campaign import Campaign
from roster.commune import Commune
from roster.exports.office_sheet import Heading

blueprint = Blueprint("audiences", __name__, url_prefix="/nhom-nguoi-nhan")
LONGEST_NAME = 100


@blueprint.get("/")
@for_action(Action.CAMPAIGNS)
def all_audiences() -> str:
    """What is kept, by name."""
    with scoped() as session:
        kept = saved_audiences(session)
        communes = _commune_names(session)
        return render_template(
            "audiences/all.html",
            kept=[(one, describe(Audience.from_json(one.audience), communes)) for one in kept],
            names=staff_names(session, [one.saved_by for one in kept]),
        )


@blueprint.get("/moi")
@for_action(Action.CAMPAIGNS)
def new_audience() -> str:
    """The form, with nobody left out."""
    with scoped() as session:
        return _form(session, None, typed_audience(Audience()))


@blueprint.get("/<int:audience_id>")
@for_action(Action.CAMPAIGNS)
def one_audience(audience_id: int) -> str:
    """A kept choice, to be looked at and changed."""
    with scoped() as session:
        kept = found(session, SavedAudience, audience_id)
        return _form(session, kept, typed_audience(Audience.from_json(kept.audience)))


@blueprint.post("/dem")
@for_action(Action.CAMPAIGNS)
def numbers() -> str:
    """How many the form names as it stands: counted over everybody, so fetched apart."""
    try:
        audience = read_audience(request.form)
    except FormRefused as refusal:
        return render_template("parts/audience_numbers.html", numbers=None, problem=str(refusal))
    with scoped() as session:
        campaign = chosen_campaign(session, request.form.get("dot", type=int))
        counted = audience_numbers(session, aim_at(audience, campaign, now()))
    return render_template(
        "parts/audience_numbers.html",
        numbers=counted,
        reasons=WORDS,
        to_do=TO_DO,
        most_a_phone=delivery_settings().most_people_a_phone,
    )


@blueprint.post("/")
@for_action(Action.CAMPAIGNS)
def save() -> Response | tuple[str, int]:
    """Keep what the form names under its name; one of that name is replaced."""
    name = nfc(request.form.get("name", "")).strip()[:LONGEST_NAME]
    try:
        audience = read_audience(request.form)
        if not name:
            raise FormRefused("Xin đặt tên cho nhóm người nhận.")
        with scoped() as session:
            kept_id = save_audience(session, name, audience, current_desk().staff_id, now())
    except FormRefused as refusal:
        flash(str(refusal), "error")
        with scoped() as session:
            return _form(session, None, request.form), 422
    flash(f"Đã lưu nhóm “{name}”.", "success")
    return redirect(url_for("audiences.one_audience", audience_id=kept_id))


@blueprint.post("/<int:audience_id>/bo")
@for_action(Action.CAMPAIGNS)
def forget(audience_id: int) -> Response:
    """Keep it no longer. Waves planned with it stay as they are."""
    with scoped() as session:
        name = found(session, SavedAudience, audience_id).name
        forget_audience(session, name, current_desk().staff_id, now())
    flash(f"Đã bỏ nhóm “{name}”. Các lượt gửi đã lập không đổi.", "success")
    return redirect(url_for("audiences.all_audiences"))


@blueprint.get("/<int:audience_id>/can-den-nha")
@for_action(Action.LIST_FILES)
def visit_list(audience_id: int) -> Response:
    """Whom of it no message reaches and somebody should go and see, as a workbook; the audit log keeps who took it."""
    file = BytesIO()
    with scoped() as session:
        kept = found(session, SavedAudience, audience_id)
        campaign = _campaign(session)
        aim = aim_at(Audience.from_json(kept.audience), campaign, now())
        heading = Heading(office="ỦY BAN NHÂN DÂN", day=today(), note=kept.name)
        actor = audit.staff_actor(current_desk().staff_id)
        export_visit_list(session, file, aim, kept.name, heading, actor, now())
        title = f"can den nha {kept.name} {today():%d-%m-%Y}"
    return send_workbook(file, title)


def _form(session: Session, kept: SavedAudience | None, typed: MultiDict[str, str]) -> str:
    choices: dict[str, Any] = audience_choices(session)
    return render_template(
        "audiences/one.html",
        kept=kept,
        typed=typed,
        campaign=_campaign(session),
        campaigns=session.scalars(select(Campaign).order_by(Campaign.id.desc())).all(),
        **choices,
    )


def _campaign(session: Session) -> Campaign | None:
    """The campaign in which the survey's state is reckoned. 404 for one that is not there."""
    asked = request.values.get("dot", type=int)
    campaign = chosen_campaign(session, asked)
    if asked is not None and campaign is None:
        abort(404)
    return campaign


def _commune_names(session: Session) -> dict[str, str]:
    return dict(session.execute(select(Commune.code, Commune.name)).all())
