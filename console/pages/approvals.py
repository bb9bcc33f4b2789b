"""Claims to approve: what one officer verified, a second person looks at again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from console.claim_desk import shown_on_card
from console.claim_round import ClaimRound
from console.claim_words import LONGEST_REASON
from console.desk import current_desk, scoped
from console.permissions import Action, for_action
from console.reading.today import TO_APPROVE
from core.clock import now
from roster.verification import approve

blueprint = Blueprint("approvals", __name__, url_prefix="/duyet")
_ROUND = ClaimRound(
    "approvals",
    TO_APPROVE,
    "Chờ duyệt",
    "Không còn bản khai nào chờ duyệt. Cảm ơn anh/chị.",
    "Duyệt",
    others_only=True,
)


@blueprint.get("/")
@for_action(Action.APPROVE)
def waiting() -> str:
    """What others verified; one's own verifications are not here."""
    return _ROUND.queue()


@blueprint.get("/tiep")
@for_action(Action.APPROVE)
def next_card() -> Response:
    """The next card; after `?sau=` the one that follows it."""
    return _ROUND.next_card()


@blueprint.get("/nhieu-ban")
@for_action(Action.APPROVE)
def together() -> str:
    """The verified claims in which nothing was found, to approve several at once."""
    return _ROUND.together_page()


@blueprint.post("/nhieu-ban")
@for_action(Action.APPROVE)
def approve_ticked() -> str:
    """Approve the ticked ones."""
    return _ROUND.decide_ticked(lambda session, claim_id: approve(session, claim_id, current_desk().staff_id, now()))


@blueprint.get("/<uuid:claim_id>")
@for_action(Action.APPROVE)
def card(claim_id: UUID) -> str:
    """The same card as the verifier saw, and who that was."""
    with scoped() as session:
        return render_template(
            "approvals/card.html",
            **shown_on_card(session, claim_id),
            open_states=TO_APPROVE,
            longest=LONGEST_REASON,
        )


@blueprint.post("/<uuid:claim_id>/duyet")
@for_action(Action.APPROVE)
def approve_it(claim_id: UUID) -> Response:
    """Approve, and go on to the next card."""
    return _ROUND.decide(
        claim_id, lambda session: approve(session, claim_id, current_desk().staff_id, now()), "Đã duyệt."
    )


@blueprint.post("/<uuid:claim_id>/tra-lai")
@for_action(Action.APPROVE)
def send_back(claim_id: UUID) -> Response:
    """Back to the citizen; verification starts afresh after the correction."""
    return _ROUND.send_back(claim_id)
