"""Lists signed off: every version as it was, and what has changed since."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from console.desk import current_desk, found, scoped
from console.downloads import send_workbook
from console.permissions import Action, for_action
from console.reading.commune_choice import chosen_commune, communes_in_sight
from console.reading.list_scope import chosen_campaign, list_scope
from console.reading.paging import place
from console.reading.signed_lists import differences, versions
from console.reading.staff_names import staff_names
from console.words import GROUP_NAMES
from core import audit
from core.clock import now, today
from roster.campaign import Campaign
from roster.commune import Commune
from roster.exports.office_sheet import Heading
from roster.sign_off.signed_list import SignedList, SignedSheet
from roster.sign_off.signing import SignRefused, sheets_of, sign_lists
from roster.survey.outcome import OutcomeGroup

blueprint = Blueprint("signed_lists", __name__, url_prefix="/danh-sach-da-ky")
ON_A_PAGE = 40
MOST_DIFFERENCES = 200
NUMBERS = ("Số CCCD", "Số điện thoại", "Số tài khoản")
"""Columns that the page masks; the file has them whole."""


@blueprint.get("/")
@for_action(Action.LIST_FILES)
def all_versions() -> str:
    """What was signed off, and by whom; signing anew for whoever may."""
    with scoped() as session:
        campaign, commune = chosen_campaign(session, request.args.get("dot", type=int)), chosen_commune(session)
        lines = versions(session, campaign.id, commune.code if commune else None) if campaign else []
        return render_template(
            "signed/all.html",
            campaign=campaign,
            commune=commune,
            communes=communes_in_sight(session),
            lines=lines,
            names=staff_names(session, [line.signed.signed_by for line in lines]),
        )


@blueprint.post("/")
@for_action(Action.SIGN_LISTS)
def sign() -> AnyResponse:
    """Sign the commune's lists off as of now."""
    with scoped() as session:
        campaign = chosen_campaign(session, request.form.get("dot", type=int)) or abort(404)
        commune = chosen_commune(session)
        if commune is None:
            flash("Xin chọn một xã, phường rồi ký.", "info")
            return redirect(url_for("signed_lists.all_versions", dot=campaign.id))
        heading = Heading(office=f"ỦY BAN NHÂN DÂN {commune.name.upper()}", day=today(), note=campaign.name)
        scope = list_scope(campaign, [commune.code])
        try:
            signed = sign_lists(session, scope, heading, current_desk().staff_id, now())
        except SignRefused as refusal:
            flash(str(refusal), "error")
            return redirect(url_for("signed_lists.all_versions", dot=campaign.id, xa=commune.code))
        flash(f"Đã ký chốt danh sách lần {signed.version}.", "success")
        return redirect(url_for("signed_lists.one", list_id=signed.id))


@blueprint.get("/<int:list_id>")
@for_action(Action.LIST_FILES)
def one(list_id: int) -> str:
    """One version: its lists, and what is otherwise today."""
    with scoped() as session:
        signed, sheets = _opened(session, list_id)
        compared = differences(session, signed, sheets)
        return render_template(
            "signed/one.html",
            signed=signed,
            sheets=sheets,
            groups={sheet.outcome_group: GROUP_NAMES[OutcomeGroup(sheet.outcome_group)] for sheet in sheets},
            names=GROUP_NAMES,
            compared=compared,
            differences=compared.differences[:MOST_DIFFERENCES],
            hidden_columns=NUMBERS,
            signer=staff_names(session, [signed.signed_by]).get(signed.signed_by, "—"),
            **_about(session, signed),
        )


@blueprint.get("/<int:list_id>/<group>")
@for_action(Action.LIST_FILES)
def sheet_page(list_id: int, group: str) -> str:
    """The people of one signed list as they stood, numbers masked."""
    with scoped() as session:
        signed, sheets = _opened(session, list_id)
        sheet = _sheet(sheets, group)
        here = place(len(sheet.rows), request.args.get("trang", 1, type=int), ON_A_PAGE)
        return render_template(
            "signed/sheet.html",
            signed=signed,
            group=OutcomeGroup(group),
            name=GROUP_NAMES[OutcomeGroup(group)],
            columns=sheet.columns,
            rows=[row[1:] for row in sheet.rows[here.before : here.before + ON_A_PAGE]],
            hidden_columns=NUMBERS,
            place=here,
            **_about(session, signed),
        )


@blueprint.get("/<int:list_id>/<group>/tai-ve")
@for_action(Action.LIST_FILES)
def download(list_id: int, group: str) -> Response:
    """The very file that was signed; the audit log keeps who took it."""
    with scoped() as session:
        signed, sheets = _opened(session, list_id)
        sheet = _sheet(sheets, group)
        commune = session.get_one(Commune, signed.commune_code).name
        audit.record(
            session,
            now(),
            audit.staff_actor(current_desk().staff_id),
            "export_signed_list",
            f"signed_list:{signed.id}",
            commune_code=signed.commune_code,
            after={"people": sheet.people, "group": group},
        )
        content, version = sheet.file, signed.version
    return send_workbook(BytesIO(content), f"nhom {group} {commune} ky lan {version}")


def _opened(session: Session, list_id: int) -> tuple[SignedList, list[SignedSheet]]:
    """The version and its lists; 409 where it is not what was signed."""
    signed = found(session, SignedList, list_id)
    try:
        return signed, sheets_of(session, signed)
    except SignRefused as refusal:
        abort(409, str(refusal))


def _sheet(sheets: list[SignedSheet], group: str) -> SignedSheet:
    return next((sheet for sheet in sheets if sheet.outcome_group == group), None) or abort(404)


def _about(session: Session, signed: SignedList) -> dict[str, object]:
    return {
        "campaign": session.get_one(Campaign, signed.campaign_id),
        "commune": session.get_one(Commune, signed.commune_code),
    }
