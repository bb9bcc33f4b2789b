"""Bringing a roster in: upload, look through what was found, correct or leave out, merge."""

from __future__ import annotations

from typing import BinaryIO, cast
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console import import_desk, import_words
from console.desk import current_desk
from console.permissions import Action, for_action
from console.reading.import_rows import Shown, counts, differing, fields_in_trouble, line_of, rows_page
from console.words import IMPORT_STATES, category_name
from core import audit
from core.clock import now
from roster.commune import Commune
from roster.importing.correcting import CORRECTABLE, correct_row, correctable_texts, leave_out
from roster.importing.errors import ImportRefused
from roster.importing.staging import discard
from roster.intake import IntakeError, Role, Status
from roster.roster_import import ImportRow, RosterImport

blueprint = Blueprint("imports", __name__, url_prefix="/nhap")


@blueprint.get("/")
@for_action(Action.IMPORT)
def all_imports() -> str:
    """The files brought so far, and the form for another."""
    return render_template("imports/all.html", imports=import_desk.all_imports(), states=IMPORT_STATES)


@blueprint.post("/")
@for_action(Action.IMPORT)
def upload() -> Response:
    """Stage an uploaded workbook."""
    file = request.files.get("file")
    if file is None or not file.filename:
        flash("Xin chọn một tệp Excel (.xlsx).", "error")
        return redirect(url_for("imports.all_imports"))
    try:
        import_id = import_desk.stage_file(cast(BinaryIO, file.stream), file.filename[:200], now())
    except (IntakeError, import_desk.NotYours) as problem:
        flash(str(problem), "error")
        return redirect(url_for("imports.all_imports"))
    return redirect(url_for("imports.one_import", import_id=import_id))


@blueprint.get("/<uuid:import_id>")
@for_action(Action.IMPORT)
def one_import(import_id: UUID) -> str:
    """The rows of one import under one filter; after the merge, what came of it."""
    with import_desk.opened(import_id) as (session, staged):
        found = counts(session, import_id)
        shown = _shown(found)
        return render_template(
            "imports/one.html",
            staged=staged,
            counts=found,
            shown=shown,
            rows=rows_page(session, import_id, shown, request.args.get("trang", 1, type=int)),
            differences=differing(session, import_id, import_desk.within_reach(current_desk()))
            if staged.merged_at
            else [],
            communes=dict(session.execute(select(Commune.code, Commune.name)).all()),
            in_words=import_words.difference_in_words,
            **_words(),
        )


@blueprint.get("/<uuid:import_id>/dong/<int:row_id>")
@for_action(Action.IMPORT)
def row_form(import_id: UUID, row_id: int) -> str:
    """The form that corrects one row; its numbers are whole, and that somebody looked is written down."""
    with import_desk.opened(import_id) as (session, staged):
        row = import_desk.row_of(session, import_id, row_id)
        _log_view(session, row)
        line = line_of(row)
        in_trouble = {import_words.COLUMN_OF[field] for field in fields_in_trouble(line.findings)}
        return render_template(
            "parts/import_row_form.html" if _is_htmx() else "imports/row.html",
            staged=staged,
            line=line,
            texts=correctable_texts(row, now()),
            in_trouble=[role for role in CORRECTABLE if role in in_trouble or role is Role.FULL_NAME],
            **_words(),
        )


@blueprint.get("/<uuid:import_id>/dong/<int:row_id>/xem")
@for_action(Action.IMPORT)
def row_line(import_id: UUID, row_id: int) -> str:
    """One row as the list shows it."""
    with import_desk.opened(import_id) as (session, staged):
        line = line_of(import_desk.row_of(session, import_id, row_id))
        return render_template("parts/import_row.html", staged=staged, line=line, **_words())


@blueprint.post("/<uuid:import_id>/dong/<int:row_id>")
@for_action(Action.IMPORT)
def correct(import_id: UUID, row_id: int) -> str | Response:
    """Read the row again with what was typed into the form."""
    with import_desk.opened(import_id) as (session, staged):
        row = import_desk.row_of(session, import_id, row_id)
        changes = _changes(correctable_texts(row, now()))
        try:
            if changes or row.status == Status.ERROR:  # the roster, or who looks, may be another than before
                desk = current_desk()
                row = correct_row(session, row_id, changes, desk.staff_id, now(), import_desk.within_reach(desk))
        except ImportRefused as refusal:
            flash(str(refusal), "error")
        return _row_again(session, staged.id, row)


@blueprint.post("/<uuid:import_id>/dong/<int:row_id>/bo")
@for_action(Action.IMPORT)
def leave_row_out(import_id: UUID, row_id: int) -> str | Response:
    """Leave the row out of the merge, or take it in again."""
    with import_desk.opened(import_id) as (session, staged):
        row = import_desk.row_of(session, import_id, row_id)
        try:
            row = leave_out(
                session, row_id, current_desk().staff_id, now(), left_out=request.form.get("left_out") == "1"
            )
        except ImportRefused as refusal:
            flash(str(refusal), "error")
        return _row_again(session, staged.id, row)


@blueprint.post("/<uuid:import_id>/gop")
@for_action(Action.IMPORT)
def merge(import_id: UUID) -> Response:
    """Bring the rows into the roster, all or nothing."""
    try:
        with import_desk.opened(import_id) as (session, _):
            result = import_desk.merge_import(session, import_id, now())
        flash(f"Đã nhập xong: thêm {result.added} người, bổ sung {result.changed} người.", "success")
    except (ImportRefused, import_desk.ForeignRows) as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("imports.one_import", import_id=import_id))


@blueprint.post("/<uuid:import_id>/huy")
@for_action(Action.IMPORT)
def discard_import(import_id: UUID) -> Response:
    """Give the file up: its rows are erased, the roster stays as it is."""
    try:
        with import_desk.opened(import_id) as (session, _):
            discard(session, import_id, current_desk().staff_id, now())
        flash("Đã bỏ tệp này. Danh sách người hưởng không thay đổi.", "success")
    except ImportRefused as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("imports.all_imports"))


def _shown(found: dict[Shown, int]) -> Shown:
    """The filter asked for; else the first that needs eyes."""
    asked = request.args.get("xem", "")
    if asked in set(Shown):
        return Shown(asked)
    return next((shown for shown in (Shown.ERROR, Shown.WARNING) if found[shown]), Shown.OK)


def _shown_behind() -> Shown | None:
    """The filter of the page that a row was fetched for, so that it stays marked."""
    asked = parse_qs(urlsplit(request.headers.get("HX-Current-URL", "")).query).get("xem", [""])[0]
    return Shown(asked) if asked in set(Shown) else None


def _changes(before: dict[Role, str]) -> dict[Role, str]:
    """What the form says otherwise than the row did."""
    typed = {role: request.form[role.value].strip() for role in CORRECTABLE if role.value in request.form}
    return {role: text for role, text in typed.items() if text != before[role]}


def _row_again(session: Session, import_id: UUID, row: ImportRow) -> str | Response:
    if not _is_htmx():
        return redirect(url_for("imports.one_import", import_id=import_id))
    session.flush()
    staged = session.get_one(RosterImport, import_id)
    return render_template(
        "parts/import_row_changed.html",
        staged=staged,
        line=line_of(row),
        counts=counts(session, import_id),
        shown=_shown_behind(),
        **_words(),
    )


def _is_htmx() -> bool:
    return "HX-Request" in request.headers


def _log_view(session: Session, row: ImportRow) -> None:
    audit.record(
        session,
        now(),
        audit.staff_actor(current_desk().staff_id),
        "view",
        f"import_row:{row.id}",
        commune_code=row.commune_code,
        after={"shown": ["row"]},
    )


def _words() -> dict[str, object]:
    return {
        "fields": import_words.FIELD_NAMES,
        "columns": import_words.COLUMN_NAMES,
        "column_of": import_words.COLUMN_OF,
        "filters": import_words.FILTER_NAMES,
        "different": import_words.DIFFERENCE_NAMES,
        "skipped_as": import_words.SKIPPED_AS,
        "without_numbers": import_words.without_numbers,
        "suggested": import_words.suggested,
        "states": IMPORT_STATES,
        "correctable": CORRECTABLE,
        "category_name": category_name,
    }
