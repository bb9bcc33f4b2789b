"""Today: what waits, and where everybody stands."""

from __future__ import annotations

from flask import Blueprint, render_template

from console.desk import current_desk, scoped
from console.permissions import Action, for_action
from console.reading.list_scope import chosen_campaign, list_scope
from console.reading.today import waiting
from console.words import GROUP_NAMES
from roster.lists import count_groups

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
@for_action(Action.OVERVIEW)
def today() -> str:
    """What waits for whoever signed in; whoever sees no people gets no numbers of theirs."""
    desk = current_desk()
    if not desk.may(Action.LISTS):
        return render_template("overview.html", waiting=None, groups={})
    with scoped() as session:
        campaign = chosen_campaign(session, None)
        groups = count_groups(session, list_scope(campaign, None)) if campaign else {}
        return render_template(
            "overview.html", waiting=waiting(session), campaign=campaign, groups=groups, names=GROUP_NAMES
        )
