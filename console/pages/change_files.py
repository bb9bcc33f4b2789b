"""Corrections by workbook: a list taken out, corrected, brought back; each edited field becomes a request."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console import returned_desk
from console.change_words import change_said
from console.desk import current_desk, scoped
from console.permissions import Action, for_action
from console.reading.commune_choice import chosen_commune, communes_in_sight
from core import audit
from core.clock import now, today
from language.text import fold
from roster.changes.corrections import CorrectionReader, apply_corrections
from roster.changes.workbook import write_correction_workbook
from roster.person import Person
from roster.returned.returned_file import ReturnedKind
from roster.returned.staging import ReadRow

blueprint = Blueprint("change_files", __name__, url_prefix="/de-nghi-sua/tep")
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/")
@for_action(Action.CHANGES)
def overview() -> str:
    """The list to be taken out, and the form for a corrected one."""
    with scoped() as session:
        return render_template(
            "changes/files.html",
            commune=chosen_commune(session),
            communes=communes_in_sight(session),
            files=returned_desk.returned_files(session, ReturnedKind.CHANGES),
            states=returned_desk.STATES,
        )


@blueprint.get("/tai-ve")
@for_action(Action.CHANGES)
def download() -> Response:
    """The commune's people, numbers whole; the audit log keeps who took it."""
    file = BytesIO()
    with scoped() as session:
        commune = chosen_commune(session)
        if commune is None:
            flash("Xin chọn xã, phường.", "error")
            return redirect(url_for("change_files.overview"))
        order = (Person.given_name_folded, Person.folded_name, Person.id)
        people = session.scalars(select(Person).where(Person.commune_code == commune.code).order_by(*order)).all()
        write_correction_workbook(file, commune.name, people)
        audit.record(session, now(), audit.staff_actor(current_desk().staff_id), "export_correction_list",
                     f"commune:{commune.code}", commune_code=commune.code, after={"people": len(people)})  # fmt: skip
        name = "-".join(fold(f"danh sach de sua {commune.name} {today():%d-%m-%Y}").split())
    file.seek(0)
    return send_file(file, mimetype=_WORKBOOK, as_attachment=True, download_name=f"{name}.xlsx")


@blueprint.post("/")
@for_action(Action.CHANGES)
def bring_back() -> Response:
    """A corrected list."""

    def read(session: Session, file: BytesIO) -> list[ReadRow]:
        return CorrectionReader(session, now()).read(file)

    return returned_desk.give_in(ReturnedKind.CHANGES, read, "change_files.one_file", url_for("change_files.overview"))


@blueprint.get("/<uuid:file_id>")
@for_action(Action.CHANGES)
def one_file(file_id: UUID) -> str:
    """What was edited, looked through before anything is asked for."""
    return returned_desk.show(
        ReturnedKind.CHANGES,
        file_id,
        "change_files",
        change_said,
        back=url_for("change_files.overview"),
        back_title="Sửa bằng tệp Excel",
    )


@blueprint.post("/<uuid:file_id>/nhap")
@for_action(Action.CHANGES)
def merge_file(file_id: UUID) -> Response:
    """Ask for the changes; another officer decides each."""
    staff_id = current_desk().staff_id
    return returned_desk.merge(
        ReturnedKind.CHANGES,
        file_id,
        lambda session: apply_corrections(session, staff_id, now()),
        "change_files.one_file",
    )


@blueprint.post("/<uuid:file_id>/bo")
@for_action(Action.CHANGES)
def discard_file(file_id: UUID) -> Response:
    """Give the corrected list up."""
    return returned_desk.discard(ReturnedKind.CHANGES, file_id, url_for("change_files.overview"))
