"""The way into the welfare software: the approved accounts out, its answers for each of them back."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console import returned_desk
from console.desk import current_desk, scoped
from console.payment_words import sync_said
from console.permissions import Action, for_action
from console.reading.commune_choice import chosen_commune, communes_in_sight
from console.reading.list_scope import chosen_campaign
from console.reading.sync_counts import sync_counts
from core.clock import now
from outreach.answered_files import apply_sync_answers
from roster.returned.returned_file import ReturnedKind
from roster.returned.staging import ReadRow
from roster.sync_acceptance import read_sync_answers

blueprint = Blueprint("sync_answers", __name__, url_prefix="/dong-bo")


@blueprint.get("/")
@for_action(Action.SYNC_FILE)
def overview() -> str:
    """How many accounts wait, were taken over, were refused; the file out, the answer back."""
    with scoped() as session:
        campaign, commune = chosen_campaign(session, request.args.get("dot", type=int)), chosen_commune(session)
        return render_template(
            "sync/overview.html",
            campaign=campaign,
            commune=commune,
            communes=communes_in_sight(session),
            may_take=commune is not None or current_desk().sees_all,
            counts=sync_counts(session, campaign.id, commune.code if commune else None) if campaign else None,
            files=returned_desk.returned_files(session, ReturnedKind.SYNC),
            states=returned_desk.STATES,
        )


@blueprint.post("/ket-qua")
@for_action(Action.SYNC_FILE)
def bring_back() -> Response:
    """The software's answer, a row an account."""
    at = now()

    def read(session: Session, file: BytesIO) -> list[ReadRow]:
        return read_sync_answers(session, file.getvalue(), at)

    return returned_desk.give_in(ReturnedKind.SYNC, read, "sync_answers.one_file", url_for("sync_answers.overview"))


returned_desk.add_file_pages(
    blueprint, "/tep", ReturnedKind.SYNC, Action.SYNC_FILE, sync_said, apply_sync_answers, "Đồng bộ"
)
