"""The way into the welfare software: the approved accounts out, its answers for each of them back."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

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


@blueprint.get("/tep/<uuid:file_id>")
@for_action(Action.SYNC_FILE)
def one_file(file_id: UUID) -> str:
    """The rows of one answer, looked through before anything holds."""
    back = url_for("sync_answers.overview")
    return returned_desk.show(ReturnedKind.SYNC, file_id, "sync_answers", sync_said, back=back, back_title="Đồng bộ")


@blueprint.post("/tep/<uuid:file_id>/nhap")
@for_action(Action.SYNC_FILE)
def merge_file(file_id: UUID) -> Response:
    """Let the answer hold: accounts taken over, claims that come back, calls to make."""
    staff_id = current_desk().staff_id
    return returned_desk.merge(
        ReturnedKind.SYNC,
        file_id,
        lambda session: apply_sync_answers(session, staff_id, now()),
        "sync_answers.one_file",
    )


@blueprint.post("/tep/<uuid:file_id>/bo")
@for_action(Action.SYNC_FILE)
def discard_file(file_id: UUID) -> Response:
    """Give the answer up."""
    return returned_desk.discard(ReturnedKind.SYNC, file_id, url_for("sync_answers.overview"))
