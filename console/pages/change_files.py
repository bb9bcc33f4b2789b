"""Corrections by workbook: a list taken out, corrected, brought back; each edited field becomes a request."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console import returned_desk
from console.change_words import change_said
from console.desk import current_desk, scoped
from console.downloads import send_workbook
from console.permissions import Action, for_action
from console.reading.commune_choice import chosen_commune, communes_in_sight
from core import audit
from core.clock import now, today
from roster.changes.corrections import CorrectionReader, apply_corrections
from roster.changes.workbook import write_correction_workbook
from roster.person import Person
from roster.returned.returned_file import ReturnedKind
from roster.returned.staging import ReadRow

blueprint = Blueprint("change_files", __name__, url_prefix="/de-nghi-sua/tep")


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
        title = f"danh sach de sua {commune.name} {today():%d-%m-%Y}"
    return send_workbook(file, title)


@blueprint.post("/")
@for_action(Action.CHANGES)
def bring_back() -> Response:
    """A corrected list."""

    def read(session: Session, file: BytesIO) -> list[ReadRow]:
        return CorrectionReader(session, now()).read(file)

    return returned_desk.give_in(ReturnedKind.CHANGES, read, "change_files.one_file", url_for("change_files.overview"))


returned_desk.add_file_pages(
    blueprint, "", ReturnedKind.CHANGES, Action.CHANGES, change_said, apply_corrections, "Sửa bằng tệp Excel"
)
