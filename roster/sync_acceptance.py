"""What the welfare software says of each account that it was given: taken over, or refused and why."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from roster.claim import Claim, ClaimState
from roster.claim_moves import locked_claim
from roster.claim_states import may_become
from roster.returned.answers import Answer, load_form, read_answers
from roster.returned.staging import ReadRow, ReturnRefused
from roster.syncing import mark_synced
from roster.verification import return_for_correction

FORM = "sync"


class SyncAnswer(StrEnum):
    """What the software says."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


_GIVEN = (
    ClaimState.APPROVED,
    ClaimState.SYNCED,
    ClaimState.PAID_CONFIRMED,
    ClaimState.RETURNED,
    ClaimState.NEEDS_CORRECTION,
)
"""Claims that were given to the software, or may have been."""
_TARGETS = {SyncAnswer.ACCEPTED: ClaimState.SYNCED, SyncAnswer.REFUSED: ClaimState.NEEDS_CORRECTION}
_ALREADY = {
    SyncAnswer.ACCEPTED: (ClaimState.SYNCED, ClaimState.PAID_CONFIRMED, ClaimState.RETURNED),
    SyncAnswer.REFUSED: (ClaimState.NEEDS_CORRECTION,),
}
"""Where the answer says nothing new; an old acceptance does not undo a payment that came back."""


def read_sync_answers(session: Session, content: bytes, at: datetime) -> list[ReadRow]:
    """The rows that were answered. Raises `roster.intake.IntakeError`."""
    today = at.astimezone(VIETNAM).date()
    return [_read(session, answer) for answer in read_answers(session, content, load_form(FORM), today)]


def accept(session: Session, given: dict[str, Any], staff_id: int, at: datetime) -> bool:
    """Bring in what one row says; whether it is new. The reason of a refusal goes to the citizen's claim, too.

    Raises ReturnRefused where the claim has moved since the row was read.
    """
    claim = locked_claim(session, UUID(given["claim"]))
    answer, target = SyncAnswer(given["answer"]), _TARGETS[SyncAnswer(given["answer"])]
    if claim.state in _ALREADY[answer]:
        return False
    if not may_become(claim.state, target):
        raise ReturnRefused("Bản khai của một người trong tệp vừa thay đổi. Xin bỏ tệp này rồi đưa lên lại.")
    if answer is SyncAnswer.ACCEPTED:
        mark_synced(session, [claim.id], staff_id, at)
    else:
        return_for_correction(session, claim.id, staff_id, given["reason"], at)
    return True


def _read(session: Session, answer: Answer) -> ReadRow:
    form = load_form(FORM)
    if answer.person is None or answer.answer is None:
        return answer.read
    said = SyncAnswer(answer.answer)
    claim = _claim_of(session, answer)
    if claim is None:
        answer.refuse(form.title("account"), "Không có tài khoản này trong các bản khai đã duyệt của người này.")
        return answer.read
    answer.read.given = {"claim": str(claim.id), "answer": said.value, "reason": answer.reason}
    if said is SyncAnswer.REFUSED and not answer.reason:
        answer.refuse(form.title("reason"), "Từ chối thì phải ghi lý do: cán bộ gọi cho người dân cần biết.")
    if claim.state not in _ALREADY[said] and not may_become(claim.state, _TARGETS[said]):
        words = {
            SyncAnswer.ACCEPTED: "Bản khai đã trả lại để sửa, chưa duyệt lại.",
            SyncAnswer.REFUSED: "Bản khai này đã ghi là đồng bộ xong: xin hỏi lại bên phần mềm.",
        }
        answer.refuse(form.title("result"), words[said])
    return answer.read


def _claim_of(session: Session, answer: Answer) -> Claim | None:
    """The newest of the person's claims with this account; with any, where the file names none."""
    assert answer.person is not None
    given = select(Claim).where(Claim.person_id == answer.person.id, Claim.state.in_(_GIVEN))
    if answer.account_index is not None:
        given = given.where(Claim.account_index == answer.account_index)
    return session.scalars(given.where(Claim.account_index.is_not(None)).order_by(Claim.declared_at.desc())).first()
