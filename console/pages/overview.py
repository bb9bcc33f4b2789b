"""Today: what waits, and where everybody stands."""

from __future__ import annotations

from flask import Blueprint, render_template

from console.desk import current_desk, scoped
from console.permissions import Action, for_action
from console.reading.list_scope import chosen_campaign, list_scope
from console.reading.today import waiting
from console.reading.zalo_connection import needs_somebody
from console.words import GROUP_NAMES
from console.zalo_words import notice
from roster.lists import count_groups

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
@for_action(Action.OVERVIEW)
def today() -> str:
    """What waits for whoever signed in; whoever sees no people gets no numbers of theirs."""
    desk = current_desk()
    with scoped() as session:
        zalo = notice(needs_somebody(session)) if desk.may(Action.ZALO) else None
        if not desk.may(Action.LISTS):
            return render_template("overview.html", waiting=None, groups={}, zalo=zalo)
        campaign = chosen_campaign(session, None)
        groups = count_groups(session, list_scope(campaign, None)) if campaign else {}
        return render_template(
            "overview.html",
            waiting=waiting(session),
            campaign=campaign,
            groups=groups,
            names=GROUP_NAMES,
            zalo=zalo,
        )
