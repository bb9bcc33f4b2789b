"""The lists A–F per commune: their numbers, their people, and the files to take away."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from console.desk import current_desk, scoped
from console.downloads import send_workbook
from console.permissions import Action, for_action
from console.reading.list_scope import chosen_campaign, list_scope
from console.reading.paging import place
from console.words import CLAIM_STATES, GROUP_NAMES
from core import audit
from core.clock import now, today
from roster.campaign import Campaign
from roster.commune import Commune
from roster.exports.exporting import export_list, export_sync_file
from roster.exports.office_sheet import Heading
from roster.lists import count_groups, list_page
from roster.survey.outcome import OutcomeGroup

blueprint = Blueprint("lists", __name__, url_prefix="/danh-sach")
ON_A_PAGE = 40


@blueprint.get("/")
@for_action(Action.LISTS)
def overview() -> str:
    """How many people are on each list, in one commune or all in sight."""
    with scoped() as session:
        campaign = _campaign(session)
        commune = _commune(session)
        counts = count_groups(session, list_scope(campaign, _codes(commune))) if campaign else {}
        return render_template(
            "lists/overview.html", counts=counts, names=GROUP_NAMES, **_choices(session, campaign, commune)
        )


@blueprint.get("/<group>")
@for_action(Action.LISTS)
def one_list(group: str) -> str:
    """The people of one list, numbers masked."""
    if group not in set(OutcomeGroup):
        abort(404)
    with scoped() as session:
        campaign = _campaign(session) or abort(404)
        commune = _commune(session)
        scope = list_scope(campaign, _codes(commune))
        total = count_groups(session, scope)[OutcomeGroup(group)]
        here = place(total, request.args.get("trang", 1, type=int), ON_A_PAGE)
        return render_template(
            "lists/one.html",
            group=OutcomeGroup(group),
            rows=list_page(session, scope, OutcomeGroup(group), here.before, ON_A_PAGE),
            place=here,
            total=total,
            names=GROUP_NAMES,
            states=CLAIM_STATES,
            **_choices(session, campaign, commune),
        )


@blueprint.get("/<group>/tai-ve")
@for_action(Action.LIST_FILES)
def download(group: str) -> AnyResponse:
    """One list as a workbook in the office's form, numbers whole; the audit log keeps who took it."""
    if group not in set(OutcomeGroup):
        abort(404)
    with scoped() as session:
        campaign = _campaign(session) or abort(404)
        commune = _commune_to_take(session)
        if commune is None and not current_desk().sees_all:
            return _choose_first(campaign)
        file = BytesIO()
        scope = list_scope(campaign, _codes(commune))
        export_list(session, file, scope, OutcomeGroup(group), _heading(campaign, commune), _actor(), now())
    return _as_file(file, f"nhom {group}", commune)


@blueprint.get("/dong-bo/tai-ve")
@for_action(Action.SYNC_FILE)
def sync_file() -> AnyResponse:
    """The approved accounts for the welfare software; they stay approved until somebody says they were taken over."""
    with scoped() as session:
        campaign = _campaign(session) or abort(404)
        commune = _commune_to_take(session)
        if commune is None and not current_desk().sees_all:
            return _choose_first(campaign)
        file = BytesIO()
        heading = _heading(campaign, commune)
        export_sync_file(session, file, campaign.id, _codes(commune), heading, _actor(), now())
    return _as_file(file, "dong bo", commune)


def _campaign(session: Session) -> Campaign | None:
    return chosen_campaign(session, request.args.get("dot", type=int))


def _commune(session: Session) -> Commune | None:
    """The commune asked for; 404 for one that this desk does not see."""
    code = request.args.get("xa")
    if not code:
        return None
    commune = session.get(Commune, code)
    if commune is None or not current_desk().sees(code):
        abort(404)
    return commune


def _codes(commune: Commune | None) -> list[str] | None:
    return [commune.code] if commune else None


def _choices(session: Session, campaign: Campaign | None, commune: Commune | None) -> dict[str, object]:
    desk = current_desk()
    communes = select(Commune).order_by(Commune.folded_name)
    if not desk.sees_all:
        communes = communes.where(Commune.code.in_(desk.communes))
    return {
        "campaign": campaign,
        "campaigns": session.scalars(select(Campaign).order_by(Campaign.id.desc())).all(),
        "commune": commune,
        "communes": session.scalars(communes).all(),
    }


def _commune_to_take(session: Session) -> Commune | None:
    """The commune whose file is taken: the one asked for, or a desk's only one."""
    desk = current_desk()
    if not request.args.get("xa") and not desk.sees_all and len(desk.communes) == 1:
        return session.get_one(Commune, desk.communes[0])
    return _commune(session)


def _choose_first(campaign: Campaign) -> AnyResponse:
    flash("Xin chọn một xã, phường rồi tải về.", "info")
    return redirect(url_for("lists.overview", dot=campaign.id))


def _heading(campaign: Campaign, commune: Commune | None) -> Heading:
    office = f"ỦY BAN NHÂN DÂN {commune.name.upper()}" if commune else "ỦY BAN NHÂN DÂN THÀNH PHỐ"
    return Heading(office=office, day=today(), note=campaign.name)


def _actor() -> audit.Actor:
    return audit.staff_actor(current_desk().staff_id)


def _as_file(file: BytesIO, title: str, commune: Commune | None) -> Response:
    where = commune.name if commune else "toan thanh pho"
    return send_workbook(file, f"{title} {where} {today():%d-%m-%Y}")
