"""The certificate of a campaign: what became of every row; to print, and as a workbook."""

from __future__ import annotations

from tempfile import TemporaryFile

from flask import Blueprint, Response, render_template

from console.certificate_book import note_taken, title_of, write_certificate
from console.certificate_words import matters, reason_name, state_name
from console.desk import current_desk, found, scoped
from console.downloads import send_workbook
from console.permissions import Action, for_action
from console.watch_words import step_name
from console.words import CHANNELS
from core.clock import now, today
from outreach.accounted_rows import accounted_rows
from outreach.certificate import certify
from roster.campaign import Campaign

blueprint = Blueprint("certificates", __name__, url_prefix="/dot-khao-sat")


@blueprint.get("/<int:campaign_id>/xac-nhan")
@for_action(Action.CAMPAIGNS)
def page(campaign_id: int) -> str:
    """The account, to be read and printed. While anything is open it calls itself provisional."""
    with scoped(one_moment=True) as session:
        certificate = certify(session, found(session, Campaign, campaign_id), now())
        return render_template(
            "campaigns/certificate.html",
            certificate=certificate,
            campaign=certificate.campaign,
            title=title_of(certificate).capitalize(),
            names={one.step.id: step_name(one.step) for one in certificate.steps},
            open_matters=matters(certificate.open),
            channels=CHANNELS,
            state_name=state_name,
            reason_name=reason_name,
        )


@blueprint.get("/<int:campaign_id>/xac-nhan/tai-ve")
@for_action(Action.CAMPAIGNS)
def download(campaign_id: int) -> Response:
    """The same with everybody, one line each, by code; the audit log keeps who took it."""
    file = TemporaryFile()  # noqa: SIM115  # closed when it has been sent
    with scoped(one_moment=True) as session:
        certificate = certify(session, found(session, Campaign, campaign_id), now())
        write_certificate(file, certificate, lambda step_id: accounted_rows(session, step_id))
    with scoped() as session:
        note_taken(session, certificate, current_desk().staff_id)
    what = "xac nhan" if certificate.final else "ban tam tinh"
    return send_workbook(file, f"{what} gui tin {certificate.campaign.name} {today():%d-%m-%Y}")
