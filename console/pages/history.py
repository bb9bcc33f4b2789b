"""What happened to one person's matters, for officers of the commune and for auditors."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from console.desk import found, log_view, scoped
from console.permissions import Action, for_action
from console.reading.person_history import MOST, person_history
from console.words import CHANNELS, CLAIM_STATES, GROUP_NAMES
from roster.commune import Commune
from roster.person import Person

blueprint = Blueprint("history", __name__, url_prefix="/lich-su")


@blueprint.get("/<uuid:person_id>")
@for_action(Action.HISTORY)
def of_person(person_id: UUID) -> str:
    """Who did what, when and why; what was said and which numbers were given does not stand here."""
    with_views = request.args.get("xem") == "1"
    with scoped() as session:
        person = found(session, Person, person_id)
        history = person_history(session, person, with_views=with_views)
        log_view(session, f"person:{person.id}", person.commune_code, "history")
        return render_template(
            "people/history.html",
            person=person,
            commune=session.get_one(Commune, person.commune_code).name,
            history=history,
            with_views=with_views,
            most=MOST,
            states=CLAIM_STATES,
            groups={group.value: name for group, name in GROUP_NAMES.items()},
            channels={channel.value: name for channel, name in CHANNELS.items()},
        )
