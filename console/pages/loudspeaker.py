"""What is read out over the communes' loudspeakers beside a wave, to be printed."""

from __future__ import annotations

from flask import Blueprint, render_template

from console.desk import found, scoped
from console.permissions import Action, for_action
from console.reading.commune_choice import chosen_commune
from console.reading.printed_waves import communes_of_wave, read_out, waves_to_print
from console.wave_words import KIND_MEANT_FOR
from console.words import STEP_KINDS
from outreach.loudspeaker import LONGEST_SECONDS
from outreach.step import Step, StepKind
from roster.campaign import Campaign

blueprint = Blueprint("loudspeaker", __name__, url_prefix="/phat-loa")


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
            read_out=read_out(campaign, step, wanted),
            longest=LONGEST_SECONDS,
        )
