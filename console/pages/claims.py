"""Claims to verify: the queue, the one-minute card, and what an officer does with it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.claim_desk import shown_on_card
from console.claim_round import ClaimRound, reason_given, tell
from console.claim_words import (
    LONGEST_REASON,
    REASONS_TO_REJECT,
    REJECTED,
)
from console.desk import current_desk, found, log_view, scoped
from console.handing_over import hand_to_commune
from console.permissions import Action, for_action
from console.reading.today import TO_VERIFY
from console.reading.transcript import of_thread
from console.words import MESSAGE_STATES
from conversations.thread import Thread
from core.clock import now
from roster import verification
from roster.claim import Claim
from roster.people import search
from roster.person import Person
from roster.survey.draft import Draft

blueprint = Blueprint("claims", __name__, url_prefix="/kiem-tra")
_ROUND = ClaimRound(
    "claims", TO_VERIFY, "Cần kiểm tra", "Không còn bản khai nào cần kiểm tra. Cảm ơn anh/chị.", "Xác minh"
)
MOST_FOUND = 10


@blueprint.get("/")
@for_action(Action.VERIFY)
def waiting() -> str:
    """The queue, in the order of `roster.claim_order`."""
    return _ROUND.queue()


@blueprint.get("/tiep")
@for_action(Action.VERIFY)
def next_card() -> Response:
    """The next card; after `?sau=` the one that follows it."""
    return _ROUND.next_card()


@blueprint.get("/nhieu-ban")
@for_action(Action.VERIFY)
def together() -> str:
    """The claims in which nothing was found, to verify several at once."""
    return _ROUND.together_page()


@blueprint.post("/nhieu-ban")
@for_action(Action.VERIFY)
def verify_ticked() -> str:
    """Verify the ticked ones."""
    return _ROUND.decide_ticked(
        lambda session, claim_id: verification.verify(session, claim_id, current_desk().staff_id, now())
    )


@blueprint.get("/<uuid:claim_id>")
@for_action(Action.VERIFY)
def card(claim_id: UUID) -> str:
    """The card: roster and declaration side by side."""
    with scoped() as session:
        return render_template(
            "claims/card.html",
            **shown_on_card(session, claim_id),
            open_states=TO_VERIFY,
            longest=LONGEST_REASON,
            reasons_to_reject=REASONS_TO_REJECT,
        )


@blueprint.get("/<uuid:claim_id>/tro-chuyen")
@for_action(Action.VERIFY)
def conversation(claim_id: UUID) -> str:
    """The conversation in which the claim was made; that it was read is written down."""
    with scoped() as session:
        claim = found(session, Claim, claim_id)
        draft = session.get(Draft, claim.draft_id)
        thread = session.get(Thread, draft.thread_id) if draft else None
        log_view(session, f"claim:{claim.id}", claim.commune_code, "transcript")
        said = of_thread(session, thread) if thread else []
    return render_template("parts/talk.html", said=said, message_states=MESSAGE_STATES)


@blueprint.post("/<uuid:claim_id>/xac-minh")
@for_action(Action.VERIFY)
def verify(claim_id: UUID) -> Response:
    """The officer has compared and finds it right; somebody else approves."""
    return _ROUND.decide(
        claim_id,
        lambda session: verification.verify(session, claim_id, current_desk().staff_id, now()),
        "Đã xác minh. Bản khai chuyển sang người duyệt.",
    )


@blueprint.post("/<uuid:claim_id>/tra-lai")
@for_action(Action.VERIFY)
def send_back(claim_id: UUID) -> Response:
    """Back to the citizen, with the reason in plain words."""
    return _ROUND.send_back(claim_id)


@blueprint.post("/<uuid:claim_id>/tu-choi")
@for_action(Action.VERIFY)
def reject(claim_id: UUID) -> Response:
    """Rejected for good, with the reason in plain words."""
    reason = reason_given()

    def decide(session: Session) -> None:
        claim = verification.reject(session, claim_id, current_desk().staff_id, reason, now())
        tell(session, claim, REJECTED, reason)

    return _ROUND.decide(claim_id, decide, "Đã từ chối bản khai.")


@blueprint.post("/<uuid:claim_id>/dong-y")
@for_action(Action.VERIFY)
def agree(claim_id: UUID) -> Response:
    """The beneficiary's own yes, where a relative declared."""
    how = "gọi lại" if request.form.get("how") == "call" else "đến nhà"
    return _ROUND.stay(
        claim_id,
        lambda session: verification.record_agreement(session, claim_id, current_desk().staff_id, now(), how),
        "Đã ghi nhận người hưởng đồng ý.",
    )


@blueprint.post("/<uuid:claim_id>/nguoi-huong")
@for_action(Action.VERIFY)
def find_person(claim_id: UUID) -> str:
    """People whom the claim may be about."""
    query = request.form.get("query", "").strip()
    with scoped() as session:
        claim = found(session, Claim, claim_id)
        people = search(session, query, MOST_FOUND) if query else []
    return render_template("parts/people_to_tie.html", claim=claim, people=people, query=query)


@blueprint.post("/<uuid:claim_id>/gan")
@for_action(Action.VERIFY)
def tie(claim_id: UUID) -> Response:
    """Say whose claim it is."""
    person_id = request.form.get("person_id", type=UUID)

    def decide(session: Session) -> None:
        person = found(session, Person, person_id) if person_id else None
        if person is not None:
            claim = verification.tie_to_person(session, claim_id, person.id, current_desk().staff_id, now())
            hand_to_commune(session, claim)

    return _ROUND.stay(claim_id, decide, "Đã gắn bản khai với người hưởng.")
