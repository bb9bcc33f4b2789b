"""Messages nobody can look up, and held ones: a person finds out and decides, one by one or a whole wave."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.desk import current_desk, found, scoped
from console.formats import number
from console.pages.campaign_watch import LONGEST_REASON
from console.permissions import Action, for_action
from console.reading.unknown_messages import waiting_page
from console.watch_words import CHOICE_WORDS, DECIDED, HELD_CHOICE_WORDS, NOT_DECIDED, step_name
from console.words import CHANNELS, MESSAGE_STATES
from core.clock import now
from outreach.campaign_setup import steps_of
from outreach.deciding import CHOICES, Choice, Decided, decide
from outreach.message import Message, MessageState
from outreach.reasons import WORDS
from outreach.undecided import Wave, being_asked_for, decide_wave, waves
from roster.campaign import Campaign

blueprint = Blueprint("unknown_messages", __name__, url_prefix="/dot-khao-sat")


@blueprint.get("/<int:campaign_id>/tin-chua-ro")
@for_action(Action.CAMPAIGNS)
def page(campaign_id: int) -> str:
    """What waits for a decision, by wave and one by one."""
    with scoped() as session:
        campaign = found(session, Campaign, campaign_id)
        return render_template(
            "campaigns/unknown.html",
            campaign=campaign,
            waves=waves(session, campaign_id),
            asked_for=being_asked_for(session, campaign_id),
            page=waiting_page(session, campaign_id, request.args.get("trang", 1, type=int)),
            steps=_step_names(session, campaign_id),
            choices=CHOICES,
            choice_words={MessageState.UNKNOWN: CHOICE_WORDS, MessageState.HELD: HELD_CHOICE_WORDS},
            states=MESSAGE_STATES,
            reasons=WORDS,
            channels=CHANNELS,
            longest=LONGEST_REASON,
        )


@blueprint.post("/tin-chua-ro/<int:message_id>")
@for_action(Action.STEER)
def decide_one(message_id: int) -> Response:
    """Decide about one message."""
    choice, words = _choice(), _words()
    with scoped() as session:
        campaign_id = found(session, Message, message_id).campaign_id or abort(404)
        if words:
            _tell(decide(session, [message_id], choice, current_desk().staff_id, now(), words))
    return redirect(url_for("unknown_messages.page", campaign_id=campaign_id))


@blueprint.post("/<int:campaign_id>/tin-chua-ro/ca-luot")
@for_action(Action.STEER)
def decide_many(campaign_id: int) -> Response:
    """Decide alike about every waiting message of one wave."""
    choice, words, wave = _choice(), _words(), _wave()
    with scoped() as session:
        found(session, Campaign, campaign_id)
        if wave not in waves(session, campaign_id):
            flash("Lượt này không còn tin nào chờ quyết định.", "info")
            words = ""
    if words:
        _tell(decide_wave(scoped, wave, choice, current_desk().staff_id, now(), words))
    return redirect(url_for("unknown_messages.page", campaign_id=campaign_id))


def _choice() -> Choice:
    chosen = request.form.get("choice", "")
    return Choice(chosen) if chosen in set(Choice) else abort(400)


def _wave() -> Wave:
    state = request.form.get("state", "")
    if state not in {one.value for one in CHOICES}:
        abort(400)
    return Wave(request.form.get("step", 0, type=int), request.form.get("account", ""), MessageState(state))


def _words() -> str:
    """How it was found out; "" where nothing was written, which is then asked for."""
    words = request.form.get("reason", "").strip()[:LONGEST_REASON]
    if not words:
        flash("Xin ghi đã hỏi lại thế nào: lý do được giữ trong nhật ký.", "error")
    return words


def _tell(decided: Decided) -> None:
    if decided.done:
        flash(DECIDED.format(number(decided.done)), "success")
    if decided.left:
        flash(NOT_DECIDED.format(number(decided.left)), "warning")


def _step_names(session: Session, campaign_id: int) -> dict[int, str]:
    return {step.id: step_name(step) for step in steps_of(session, campaign_id)}
