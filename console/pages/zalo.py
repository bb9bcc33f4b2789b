"""The connection to Zalo: how it stands, and a new authorisation by an administrator of the Official Account.

The way back from Zalo's page has two steps. A browser that comes from another site brings no session along (the cookie
is a strict one), so the address that Zalo knows only sends it on, as a page of ours, to where it is known again.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from console import zalo_words
from console.desk import current_desk, scoped
from console.permissions import Action, for_action
from console.reading.zalo_connection import connection
from core.clock import now
from outreach.channels.zalo.authorising import AuthorisationRefused, Returned, begin, receive
from outreach.channels.zalo.settings import zalo_settings

blueprint = Blueprint("zalo", __name__, url_prefix="/ket-noi-zalo")
_LONGEST = 2000
"""Of each thing that Zalo's page sends back."""


@blueprint.get("/")
@for_action(Action.ZALO)
def state() -> str:
    """How the connection stands, until when, and how to renew it."""
    with scoped() as session:
        shown = connection(session, current_desk().staff_id, _way_back())
    return render_template("zalo/state.html", zalo=shown, words=zalo_words)


@blueprint.post("/")
@for_action(Action.ZALO)
def start() -> Response:
    """Begin a new authorisation; the page then shows the way to Zalo."""
    if not zalo_settings().configured:
        flash("Chưa khai Official Account trong cài đặt. Xin báo kỹ thuật viên.", "error")
    else:
        with scoped() as session:
            begin(session, _way_back(), current_desk().staff_id, now())
    return redirect(url_for("zalo.state"))


@blueprint.get("/tra-ve")
@for_action(Action.PUBLIC)
def back() -> str:
    """Where Zalo sends the administrator: reads nothing and changes nothing, only goes on to `take`."""
    code, state_, oa_id = (request.args.get(name, "") for name in ("code", "state", "oa_id"))
    return render_template("zalo/back.html", onwards=url_for("zalo.take", code=code, state=state_, oa_id=oa_id))


@blueprint.get("/nhan")
@for_action(Action.ZALO)
def take() -> Response:
    """Take what Zalo sent. That it answers this person's own request is proved by `state`, which nobody else knows."""
    code, state_, oa_id = (request.args.get(name, "")[:_LONGEST] for name in ("code", "state", "oa_id"))
    try:
        with scoped() as session:
            receive(session, Returned(state_, code, oa_id), zalo_settings().oa_id, current_desk().staff_id, now())
    except AuthorisationRefused as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("zalo.state"))


def _way_back() -> str:
    """The address of `back` as the app has to know it."""
    return zalo_settings().redirect_url or url_for("zalo.back", _external=True)
