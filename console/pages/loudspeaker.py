"""What is read out over the communes' loudspeakers beside a wave: to be changed, and printed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.desk import current_desk, found, scoped
from console.form_reading import read_text
from console.permissions import Action, for_action
from console.reading.commune_choice import chosen_commune
from console.reading.printed_waves import communes_of_wave, read_out, waves_to_print
from console.reading.staff_names import staff_names
from console.text_check import TextCheck
from console.wave_words import KIND_MEANT_FOR
from console.words import STEP_KINDS
from core.clock import now
from outreach.loudspeaker import LONGEST_SECONDS, advice_for_reading, read_as_written
from outreach.loudspeaker_text import ReadOutRefused, read_out_as_made, read_out_instead
from outreach.step import Step, StepKind
from outreach.templates import CampaignWords
from outreach.wording import in_commune, words_of
from roster.campaign import Campaign
from roster.commune import Commune

blueprint = Blueprint("loudspeaker", __name__, url_prefix="/phat-loa")
_LONGEST_TEXT = 3000
"""Signs: about three minutes, far more than anybody listens."""


@blueprint.get("/")
@for_action(Action.PRINTS)
def waves() -> str:
    """The waves that have been released, with what each prints."""
    with scoped() as session:
        return render_template(
            "prints/waves.html",
            waves=waves_to_print(session),
            kinds=STEP_KINDS,
            meant_for=KIND_MEANT_FOR,
            without_slips=StepKind.MONEY_CAME,
        )


@blueprint.get("/<int:step_id>")
@for_action(Action.PRINTS)
def texts(step_id: int) -> str:
    """What is read out in the commune asked for, else in each in sight where the wave goes."""
    with scoped() as session:
        step = found(session, Step, step_id)
        campaign = session.get_one(Campaign, step.campaign_id)
        communes, chosen = communes_of_wave(session, step), chosen_commune(session)
        wanted = [one for one in communes if chosen is None or one.code == chosen.code]
        return render_template(
            "prints/loudspeaker.html",
            step=step,
            campaign=campaign,
            kinds=STEP_KINDS,
            communes=communes,
            chosen=chosen,
            read_out=(read_aloud := read_out(session, campaign, step, wanted)),
            names=staff_names(session, [one.own.changed_by for one in read_aloud if one.own]),
            longest=LONGEST_SECONDS,
        )


@blueprint.get("/<int:step_id>/sua")
@for_action(Action.PRINTS)
def own_words(step_id: int) -> str:
    """The words of the commune asked for, to be changed."""
    with scoped() as session:
        return _form(session, _placed(session, step_id))


@blueprint.post("/<int:step_id>/sua")
@for_action(Action.PRINTS)
def keep_own_words(step_id: int) -> Response | tuple[str, int]:
    """Read out in the commune what is typed."""
    text = read_text(request.form, "text")
    with scoped() as session:
        place = _placed(session, step_id)
        code = place.commune.code
        try:
            read_out_instead(session, step_id, code, text, place.words, current_desk().staff_id, now())
        except ReadOutRefused as refusal:
            flash(str(refusal), "error")
            return _form(session, place, text), 422
    flash("Đã lưu lời phát loa.", "success")
    return redirect(url_for("loudspeaker.texts", step_id=step_id, xa=code))


@blueprint.post("/<int:step_id>/nhu-may-soan")
@for_action(Action.PRINTS)
def as_made(step_id: int) -> Response:
    """Read out in the commune what was made for it."""
    with scoped() as session:
        code = _placed(session, step_id).commune.code
        read_out_as_made(session, step_id, code, current_desk().staff_id, now())
    flash("Đã lấy lại lời máy soạn.", "success")
    return redirect(url_for("loudspeaker.texts", step_id=step_id, xa=code))


@blueprint.post("/<int:step_id>/kiem-tra")
@for_action(Action.PRINTS)
def check(step_id: int) -> str:
    """The gate's word on what is typed, and how long it takes to read."""
    text = read_text(request.form, "text")
    with scoped() as session:
        words = _placed(session, step_id).words
    return render_template(
        "parts/read_out_check.html",
        check=TextCheck(list(read_as_written(text, words).findings), advice_for_reading(text, words), []),
        read=read_as_written(text, words),
        longest=LONGEST_SECONDS,
    )


@dataclass(frozen=True)
class _Place:
    """One commune of a wave, and the words that its texts are filled with."""

    step: Step
    campaign: Campaign
    commune: Commune
    words: CampaignWords


def _placed(session: Session, step_id: int) -> _Place:
    """404 without a commune in sight where the wave goes."""
    step, commune = found(session, Step, step_id), chosen_commune(session)
    if commune is None or commune.code not in {one.code for one in communes_of_wave(session, step)}:
        abort(404)
    campaign = session.get_one(Campaign, step.campaign_id)
    return _Place(step, campaign, commune, in_commune(words_of(campaign), commune.code))


def _form(session: Session, place: _Place, typed: str | None = None) -> str:
    [said] = read_out(session, place.campaign, place.step, [place.commune])
    return render_template(
        "prints/own_words.html",
        step=place.step,
        campaign=place.campaign,
        commune=place.commune,
        said=said,
        typed="\n\n".join(said.announcement.paragraphs) if typed is None else typed,
        kinds=STEP_KINDS,
        most=_LONGEST_TEXT,
    )
