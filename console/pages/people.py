"""People on the roster: the search, and one person's file."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from console.audit_words import what_happened
from console.certificate_words import reason_name
from console.desk import current_desk, found, log_view, scoped
from console.permissions import Action, for_action
from console.reading.last_digits import TooMany, ending_in, is_last_digits
from console.reading.person_file import person_file
from console.reading.sent_messages import sent_to
from console.reading.transcript import of_person
from console.sent_words import MESSAGE_KINDS, STATE_COLOURS, happened
from console.words import (
    CHANNELS,
    CLAIM_STATES,
    CONTACT_KINDS,
    GENDERS,
    GROUP_NAMES,
    HOLDERS,
    MESSAGE_STATES,
    REASONS,
    STEP_KINDS,
    category_name,
)
from roster.people import search
from roster.person import Person

blueprint = Blueprint("people", __name__, url_prefix="/nguoi-huong")
MOST_FOUND = 50


@blueprint.route("/", methods=["GET", "POST"])
@for_action(Action.PEOPLE)
def search_page() -> str:
    """The search. What is looked for is posted, so that names and numbers stand in no address and no history."""
    query = request.form.get("query", "").strip()
    people: list[Person] = []
    too_many = False
    with scoped() as session:
        if is_last_digits(query):
            try:
                people = ending_in(session, query, MOST_FOUND)
            except TooMany:
                too_many = True
        elif query:
            people = search(session, query, MOST_FOUND)
    page = "parts/found_people.html" if request.headers.get("HX-Request") else "people/search.html"
    return render_template(
        page, people=people, query=query, too_many=too_many, most=MOST_FOUND, category_name=category_name
    )


@blueprint.get("/<uuid:person_id>")
@for_action(Action.PEOPLE)
def person_page(person_id: UUID) -> str:
    """One person's file, numbers masked."""
    return _file(person_id, whole=False)


@blueprint.post("/<uuid:person_id>")
@for_action(Action.PEOPLE)
def whole_person_page(person_id: UUID) -> str:
    """The same with every number whole; that somebody looked is written down."""
    return _file(person_id, whole=True)


@blueprint.get("/<uuid:person_id>/tro-chuyen")
@for_action(Action.PEOPLE)
def conversation(person_id: UUID) -> str:
    """What was said to and about the person, fetched when somebody asks for it; that is written down."""
    with scoped() as session:
        person = found(session, Person, person_id)
        log_view(session, f"person:{person.id}", person.commune_code, "transcript")
        said = of_person(session, person.id)
    return render_template("parts/talk.html", said=said, message_states=MESSAGE_STATES)


@blueprint.get("/<uuid:person_id>/tin-da-gui")
@for_action(Action.PEOPLE)
def messages(person_id: UUID) -> str:
    """Every message to the person as it was, fetched when somebody asks for it; that is written down."""
    with scoped() as session:
        person = found(session, Person, person_id)
        log_view(session, f"person:{person.id}", person.commune_code, "messages")
        return render_template(
            "parts/sent_messages.html",
            sent=sent_to(session, person.id),
            happened=happened,
            kinds=MESSAGE_KINDS,
            step_kinds=STEP_KINDS,
            states=MESSAGE_STATES,
            colours=STATE_COLOURS,
            channels=CHANNELS,
            reason_name=reason_name,
        )


def _file(person_id: UUID, *, whole: bool) -> str:
    with scoped() as session:
        person = found(session, Person, person_id)
        shown = ("profile", "citizen_id", "phones", "accounts") if whole else ("profile",)
        log_view(session, f"person:{person.id}", person.commune_code, *shown)
        return render_template(
            "people/person.html",
            file=person_file(session, person),
            whole=whole,
            may_verify=current_desk().may(Action.VERIFY),
            genders=GENDERS,
            holders=HOLDERS,
            kinds=CONTACT_KINDS,
            states=CLAIM_STATES,
            groups=GROUP_NAMES,
            reasons=REASONS,
            category_name=category_name,
            what_happened=what_happened,
        )
