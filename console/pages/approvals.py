"""Claims to approve: what one officer verified, a second person looks at again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.claim_desk import shown_on_card
from console.claim_words import LONGEST_REASON, RETURNED, tell_citizen
from console.desk import current_desk, found, scoped
from console.permissions import Action, for_action
from console.reading.claim_queue import next_claim, queue_page
from console.reading.today import TO_APPROVE
from console.words import GROUP_NAMES
from core.clock import now
from roster.claim import Claim
from roster.claim_errors import ClaimRefused
from roster.claim_states import TransitionRefused
from roster.verification import approve, return_for_correction

blueprint = Blueprint("approvals", __name__, url_prefix="/duyet")


@blueprint.get("/")
@for_action(Action.APPROVE)
def waiting() -> str:
    """What others verified; one's own verifications are not here."""
    with scoped() as session:
        page = request.args.get("trang", 1, type=int)
        return render_template(
            "claims/queue.html",
            queue=queue_page(session, TO_APPROVE, page, not_by=current_desk().staff_id),
            title="Chờ duyệt",
            nothing="Không còn bản khai nào chờ duyệt. Cảm ơn anh/chị.",
            blueprint="approvals",
            groups={group.value: name for group, name in GROUP_NAMES.items()},
        )


@blueprint.get("/tiep")
@for_action(Action.APPROVE)
def next_card() -> Response:
    """The next card; after `?sau=` the one that follows it."""
    after = request.args.get("sau", type=UUID)
    with scoped() as session:
        return _to_next(session, found(session, Claim, after) if after else None)


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
    try:
        with scoped() as session:
            claim = approve(session, claim_id, current_desk().staff_id, now())
            flash("Đã duyệt.", "success")
            return _to_next(session, claim)
    except (ClaimRefused, TransitionRefused) as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("approvals.card", claim_id=claim_id))


@blueprint.post("/<uuid:claim_id>/tra-lai")
@for_action(Action.APPROVE)
def send_back(claim_id: UUID) -> Response:
    """Back to the citizen; verification starts afresh after the correction."""
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    try:
        with scoped() as session:
            claim = return_for_correction(session, claim_id, current_desk().staff_id, reason, now())
            if not tell_citizen(session, claim, RETURNED, reason):
                flash("Chưa nhắn được cho người dân từ đây. Xin gọi điện báo.", "info")
            flash("Đã trả lại để người dân sửa.", "success")
            return _to_next(session, claim)
    except (ClaimRefused, TransitionRefused) as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("approvals.card", claim_id=claim_id))


def _to_next(session: Session, after: Claim | None) -> Response:
    following = next_claim(session, TO_APPROVE, after=after, not_by=current_desk().staff_id)
    if following is None:
        return redirect(url_for("approvals.waiting"))
    return redirect(url_for("approvals.card", claim_id=following))
