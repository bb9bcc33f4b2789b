"""One desk's round through the claims: its queue, the next card, a decision and on to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.claim_bulk import (
    MOST_AT_ONCE,
    MOST_LOOKED_AT,
    Decision,
    LeftOut,
    decide_together,
    nothing_to_see,
)
from console.claim_words import LONGEST_REASON, RETURNED, order_words, tell_citizen
from console.desk import current_desk, found, scoped
from console.reading.claim_queue import next_claim, queue_page
from console.words import GROUP_NAMES, category_names
from core.clock import now
from roster.claim import Claim, ClaimState
from roster.claim_errors import ClaimRefused
from roster.claim_order import claim_order
from roster.claim_states import TransitionRefused
from roster.survey.asking_back import CAN_BE_ASKED_BACK, ask_back
from roster.survey.questions import Question
from roster.verification import return_for_correction


@dataclass(frozen=True)
class ClaimRound:
    """The round of those who work the claims in `states`, at the pages of `blueprint`."""

    blueprint: str
    states: tuple[ClaimState, ...]
    title: str
    nothing: str
    together: str
    """What is done to several at once, as the button says it: "Xác minh"."""
    others_only: bool = False
    """Whether claims that this very member of staff verified are left out."""

    def queue(self) -> str:
        """The page of what waits, in the order in which it is worked."""
        with scoped() as session:
            return render_template(
                "claims/queue.html",
                queue=queue_page(session, self.states, request.args.get("trang", 1, type=int), not_by=self._not_by()),
                title=self.title,
                nothing=self.nothing,
                together=self.together,
                blueprint=self.blueprint,
                order_words=order_words(claim_order(), category_names()),
                groups={group.value: name for group, name in GROUP_NAMES.items()},
            )

    def together_page(self, done: int | None = None, left_out: Sequence[LeftOut] = ()) -> str:
        """The claims in which nothing is left to decide; after a decision what became of the ticked ones."""
        with scoped() as session:
            return render_template(
                "claims/together.html",
                rows=nothing_to_see(session, self.states, self._not_by()),
                looked_at=MOST_LOOKED_AT,
                most=MOST_AT_ONCE,
                title=self.title,
                together=self.together,
                blueprint=self.blueprint,
                done=done,
                left_out=left_out,
                groups={group.value: name for group, name in GROUP_NAMES.items()},
            )

    def decide_ticked(self, decision: Decision) -> str:
        """Decide the ticked claims, each by itself, and show the page again."""
        return self.together_page(*decide_together(request.form.getlist("claim", type=UUID), decision))

    def next_card(self) -> Response:
        """To the next card; after `?sau=` to the one that follows it."""
        after = request.args.get("sau", type=UUID)
        with scoped() as session:
            return self._on(session, found(session, Claim, after) if after else None)

    def decide(self, claim_id: UUID, what: Callable[[Session], object], done: str) -> Response:
        """Do it and go on to the next card; where it is refused, say why and stay."""
        try:
            with scoped() as session:
                what(session)
                session.flush()
                claim = found(session, Claim, claim_id)
                flash(done, "success")
                return self._on(session, claim)
        except (ClaimRefused, TransitionRefused) as refusal:
            flash(str(refusal), "error")
            return self._card(claim_id)

    def send_back(self, claim_id: UUID) -> Response:
        """Back to the citizen, with the reason in plain words; the bot asks again for the one answer that is named."""
        reason, question = reason_given(), _asked_back()

        def back(session: Session) -> None:
            claim = return_for_correction(session, claim_id, current_desk().staff_id, reason, now())
            asks = question is not None and ask_back(session, claim.draft_id, question, now())
            tell(session, claim, RETURNED, reason, question if asks else None)

        return self.decide(claim_id, back, "Đã trả lại để người dân sửa.")

    def stay(self, claim_id: UUID, what: Callable[[Session], object], done: str) -> Response:
        """Do it and show the same card again."""
        try:
            with scoped() as session:
                what(session)
            flash(done, "success")
        except (ClaimRefused, TransitionRefused) as refusal:
            flash(str(refusal), "error")
        return self._card(claim_id)

    def _on(self, session: Session, after: Claim | None) -> Response:
        following = next_claim(session, self.states, after=after, not_by=self._not_by())
        return self._card(following) if following else redirect(url_for(f"{self.blueprint}.waiting"))

    def _card(self, claim_id: UUID) -> Response:
        return redirect(url_for(f"{self.blueprint}.card", claim_id=claim_id))

    def _not_by(self) -> int | None:
        return current_desk().staff_id if self.others_only else None


def reason_given() -> str:
    """The reason that was typed or chosen, cut to its limit."""
    return request.form.get("reason", "").strip()[:LONGEST_REASON]


def tell(session: Session, claim: Claim, template: str, reason: str, asked: Question | None = None) -> None:
    """Tell the citizen in plain words; where that cannot be done from here, tell the officer so."""
    if not tell_citizen(session, claim, template, reason, asked):
        flash("Chưa nhắn được cho người dân từ đây. Xin gọi điện báo.", "info")


def _asked_back() -> Question | None:
    """The one answer that the officer wants to be asked for again; None: all of them."""
    wanted = request.form.get("question", "")
    return Question(wanted) if wanted in CAN_BE_ASKED_BACK else None
