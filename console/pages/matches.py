"""The match with the commune police: a file out on a stick, encrypted, and its results back."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console import returned_desk
from console.desk import current_desk, found, scoped
from console.downloads import send_archive
from console.match_words import FOLLOWS, RESULTS, match_said
from console.permissions import Action, for_action
from console.reading.commune_choice import chosen_commune, communes_in_sight
from console.reading.matches import files_made, results_of
from core.clock import now, today
from roster.commune import Commune
from roster.matching_police.applying import apply_results
from roster.matching_police.coming_back import ResultReader, unlocked
from roster.matching_police.going_out import (
    MatchRefused,
    is_password,
    make_match_file,
    new_password,
    take_out,
    to_match,
)
from roster.matching_police.match_file import MatchFile
from roster.returned.returned_file import ReturnedKind
from roster.returned.staging import ReadRow

blueprint = Blueprint("matches", __name__, url_prefix="/doi-chieu")


@blueprint.get("/")
@for_action(Action.MATCH)
def overview() -> str:
    """Who is still to be matched, the files that went out, what came back."""
    with scoped() as session:
        commune = chosen_commune(session)
        return render_template(
            "matches/overview.html",
            commune=commune,
            communes=communes_in_sight(session),
            unmatched=len(to_match(session, commune.code)) if commune else 0,
            everybody=len(to_match(session, commune.code, again=True)) if commune else 0,
            made=files_made(session),
            files=returned_desk.returned_files(session, ReturnedKind.MATCH),
            states=returned_desk.STATES,
            results=RESULTS,
            follows=FOLLOWS,
        )


@blueprint.post("/")
@for_action(Action.MATCH)
def make() -> Response:
    """Keep a file of those never matched, or of everybody again."""
    with scoped() as session:
        commune = chosen_commune(session)
        if commune is None:
            flash("Xin chọn xã, phường.", "error")
            return redirect(url_for("matches.overview"))
        people = to_match(session, commune.code, again=bool(request.form.get("again")))
        try:
            made = make_match_file(session, commune.code, people, current_desk().staff_id, now())
        except MatchRefused as refusal:
            flash(str(refusal), "error")
            return redirect(url_for("matches.overview", xa=commune.code))
        return redirect(url_for("matches.one_file_out", file_id=made.id))


@blueprint.get("/<uuid:file_id>")
@for_action(Action.MATCH)
def one_file_out(file_id: UUID) -> str:
    """One file: the password it would be written under now, shown this once, and the results so far."""
    with scoped() as session:
        file = found(session, MatchFile, file_id)
        return render_template(
            "matches/file.html",
            file=file,
            commune=session.get_one(Commune, file.commune_code).name,
            password=new_password(),
            counts=results_of(session, file),
            results=RESULTS,
        )


@blueprint.post("/<uuid:file_id>/mang-di")
@for_action(Action.MATCH)
def taken_out(file_id: UUID) -> Response:
    """The encrypted file, under the password that the page has just shown; it is kept nowhere."""
    password = request.form.get("password", "")
    target = BytesIO()
    with scoped() as session:
        file = session.get(MatchFile, file_id, with_for_update=True) or abort(404)
        if not is_password(password):
            abort(400)
        take_out(session, file, target, password, current_desk().staff_id, now())
        commune = session.get_one(Commune, file.commune_code).name
    return send_archive(target, f"doi chieu {commune} {today():%d-%m-%Y}")


@blueprint.post("/ket-qua")
@for_action(Action.MATCH)
def bring_back() -> Response:
    """The results of the police, as a workbook or as an encrypted file."""
    password, at = request.form.get("password", ""), now()

    def read(session: Session, file: BytesIO) -> list[ReadRow]:
        return ResultReader(session, at).read(unlocked(file.getvalue(), password))

    return returned_desk.give_in(ReturnedKind.MATCH, read, "matches.one_file", url_for("matches.overview"))


returned_desk.add_file_pages(
    blueprint, "/tep", ReturnedKind.MATCH, Action.MATCH, match_said, apply_results, "Đối chiếu với công an"
)
