"""Slips for the heads of hamlets and residents' groups: who has not answered a wave, to be told from door to door."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.desk import current_desk, found, scoped
from console.permissions import Action, for_action
from console.reading.commune_choice import chosen_commune
from console.reading.printed_waves import communes_of_wave
from console.words import STEP_KINDS
from core import audit
from core.clock import now, today
from outreach.channels.shortcode import how_to_answer_a_brandname, shortcode_settings
from outreach.hamlet_slips import slips_of, waiting_for
from outreach.step import Step
from outreach.templates import WARNING, fact, head_of_neighbourhood
from outreach.wording import in_commune, words_of
from roster.campaign import Campaign
from roster.commune import Commune, office_of
from roster.visiting.choosing import ToVisit, areas_of, of_area

blueprint = Blueprint("slips", __name__, url_prefix="/phieu-moi")


@dataclass(frozen=True)
class _Chosen:
    """What the page is about. people: of one neighbourhood where one was asked for (`to`)."""

    step: Step
    campaign: Campaign
    commune: Commune
    people: list[ToVisit]


@blueprint.get("/<int:step_id>")
@for_action(Action.PRINTS)
def overview(step_id: int) -> str:
    """How many people wait in each neighbourhood of the commune, without a name."""
    with scoped() as session:
        step = found(session, Step, step_id)
        communes, commune = communes_of_wave(session, step), chosen_commune(session)
        people = waiting_for(session, step, commune.code) if commune else []
        return render_template(
            "prints/slips.html",
            step=step,
            campaign=session.get_one(Campaign, step.campaign_id),
            kinds=STEP_KINDS,
            communes=communes,
            commune=commune,
            areas=areas_of(people),
            people=len(people),
            head=head_of_neighbourhood(commune.name) if commune else "",
        )


@blueprint.get("/<int:step_id>/danh-sach")
@for_action(Action.PRINTS)
def lists(step_id: int) -> str | Response:
    """A sheet for the head of each neighbourhood, or of the one asked for."""
    return _printed(step_id, "prints/head_list.html")


@blueprint.get("/<int:step_id>/phieu")
@for_action(Action.PRINTS)
def cards(step_id: int) -> str | Response:
    """A slip for each person, four to a sheet, which the head hands over."""
    return _printed(step_id, "prints/cards.html")


def _printed(step_id: int, template: str) -> str | Response:
    with scoped() as session:
        chosen = _chosen(session, step_id)
        if chosen is None or not chosen.people:
            flash("Xin chọn xã, phường và nơi có người cần mời.", "error")
            return redirect(url_for("slips.overview", step_id=step_id))
        _taken_out(session, chosen)
        words = in_commune(words_of(chosen.campaign), chosen.commune.code)
        return render_template(
            template,
            step=chosen.step,
            campaign=chosen.campaign,
            commune=chosen.commune,
            office=office_of(chosen.commune),
            head=head_of_neighbourhood(chosen.commune.name),
            neighbourhoods=slips_of(session, chosen.people),
            people=len(chosen.people),
            phone=fact("dien_thoai", words),
            place=fact("noi_lam_viec", words),
            answer=how_to_answer_a_brandname() if shortcode_settings().configured else "",
            warning=WARNING,
            today=today(),
        )


def _chosen(session: Session, step_id: int) -> _Chosen | None:
    """None where no commune is chosen."""
    step, commune = found(session, Step, step_id), chosen_commune(session)
    if commune is None:
        return None
    people = of_area(waiting_for(session, step, commune.code), request.args.get("to"))
    return _Chosen(step, session.get_one(Campaign, step.campaign_id), commune, people)


def _taken_out(session: Session, chosen: _Chosen) -> None:
    actor = audit.staff_actor(current_desk().staff_id)
    audit.record(session, now(), actor, "slips.printed", f"step:{chosen.step.id}",
                 commune_code=chosen.commune.code, after={"people": len(chosen.people)})  # fmt: skip
