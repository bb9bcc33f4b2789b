"""A file that comes back, at the desk: given in, looked through row by row, merged or given up.

It is worked on with the desk's own sight: a row whose code belongs to another commune sounds like one of nobody's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.desk import current_desk, found, scoped
from console.permissions import Action, for_action
from console.reading.paging import place
from core.clock import now
from roster.intake import IntakeError
from roster.returned.returned_file import ReturnedFile, ReturnedKind, ReturnedRow, ReturnedState
from roster.returned.staging import (
    Apply,
    ReadRow,
    ReturnRefused,
    discard_returned,
    merge_returned,
    rows_in,
    stage_returned,
)

MOST_LISTED = 30
ON_A_PAGE = 50
STATES = {
    ReturnedState.STAGED: "Đang xem xét",
    ReturnedState.MERGED: "Đã nhập",
    ReturnedState.DISCARDED: "Đã bỏ",
}
type Reader = Callable[[Session, BytesIO], list[ReadRow]]


def give_in(kind: ReturnedKind, read: Reader, page: str, back: str) -> Response:
    """Stage the uploaded file and show its rows on `page` (an endpoint); else say why not, at `back` (an address)."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        flash("Xin chọn tệp đã điền.", "error")
        return redirect(back)
    content = upload.stream.read()
    digest = hashlib.sha256(content).digest()
    try:
        with scoped() as session:
            rows = read(session, BytesIO(content))
            file = stage_returned(session, kind, rows, upload.filename[:200], digest, current_desk().staff_id, now())
            return redirect(url_for(page, file_id=file.id))
    except (IntakeError, ReturnRefused) as refusal:
        flash(str(refusal), "error")
        return redirect(back)


def add_file_pages(
    blueprint: Blueprint,
    at: str,
    kind: ReturnedKind,
    action: Action,
    said: Callable[[ReturnedRow], list[str]],
    apply: Callable[[Session, int, datetime], Apply],
    title: str,
) -> None:
    """Add to `blueprint`, under `at`, what is done with one file of `kind`: `one_file`, `merge_file`, `discard_file`.

    said: what a row states, in words. apply: lets a row hold. title: of the blueprint's `overview`.
    """
    here, overview = f"{blueprint.name}.one_file", f"{blueprint.name}.overview"

    @blueprint.get(f"{at}/<uuid:file_id>")
    @for_action(action)
    def one_file(file_id: UUID) -> str:
        with scoped() as session:
            file = _of_kind(session, kind, file_id)
            rows = rows_in(session, file.id)
            on_page = place(len(rows), request.args.get("trang", 1, type=int), ON_A_PAGE)
            return render_template(
                "returned/one.html",
                file=file,
                rows=[(row, said(row)) for row in rows[on_page.before : on_page.before + ON_A_PAGE]],
                counts={status: sum(row.status == status for row in rows) for status in ("error", "warning", "ok")},
                place=on_page,
                states=STATES,
                merge=url_for(f"{blueprint.name}.merge_file", file_id=file.id),
                discard=url_for(f"{blueprint.name}.discard_file", file_id=file.id),
                here=here,
                back=url_for(overview),
                back_title=title,
            )

    @blueprint.post(f"{at}/<uuid:file_id>/nhap")
    @for_action(action)
    def merge_file(file_id: UUID) -> Response:
        staff_id = current_desk().staff_id
        try:
            with scoped() as session:
                _of_kind(session, kind, file_id)
                file = merge_returned(session, file_id, apply(session, staff_id, now()), staff_id, now())
                flash(f"Đã nhập: {file.changed} dòng có điều mới, {file.unchanged} dòng giữ nguyên.", "success")
        except ReturnRefused as refusal:
            flash(str(refusal), "error")
        return redirect(url_for(here, file_id=file_id))

    @blueprint.post(f"{at}/<uuid:file_id>/bo")
    @for_action(action)
    def discard_file(file_id: UUID) -> Response:
        try:
            with scoped() as session:
                _of_kind(session, kind, file_id)
                discard_returned(session, file_id, current_desk().staff_id, now())
            flash("Đã bỏ tệp này. Chưa có gì được ghi.", "success")
        except ReturnRefused as refusal:
            flash(str(refusal), "error")
        return redirect(url_for(overview))


def returned_files(session: Session, kind: ReturnedKind) -> list[ReturnedFile]:
    """The files of this kind in sight, the newest first; given up ones are left out."""
    newest = select(ReturnedFile).where(ReturnedFile.kind == kind, ReturnedFile.state != ReturnedState.DISCARDED)
    return list(session.scalars(newest.order_by(ReturnedFile.staged_at.desc()).limit(MOST_LISTED)))


def _of_kind(session: Session, kind: ReturnedKind, file_id: UUID) -> ReturnedFile:
    file = found(session, ReturnedFile, file_id)
    if file.kind is not kind:
        abort(404)
    return file
