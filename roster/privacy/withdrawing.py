"""Consent withdrawn: what was told in the survey and has not been handed on is erased, and nothing proactive goes out.

What stays, and why, is `KEPT`. What is left of a draft or a claim is that it was there, and when: the proof that
consent was given and taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core import audit
from roster.claim import Claim, ClaimState
from roster.claim_moves import move
from roster.claim_states import may_become
from roster.person import Person
from roster.returned.returned_file import ReturnedRow
from roster.survey.draft import Closing, Draft, DraftState
from roster.visiting.visit_list import VisitRow

HANDED_ON = frozenset({ClaimState.SYNCED, ClaimState.PAID_CONFIRMED, ClaimState.RETURNED})
"""Claims that the welfare software has taken over: they are papers of a payment."""

KEPT: Mapping[str, str] = {
    "Tên, ngày sinh, số định danh, địa chỉ, diện hưởng trong danh sách": (
        "cơ quan nhà nước phải lưu để chi trả trợ cấp, không dựa trên sự đồng ý (Điều 19 Luật 91/2025/QH15)"
    ),
    "Bản khai đã chuyển sang phần mềm an sinh": "là chứng từ của việc chi trả; muốn đổi thì khai lại",
    "Danh sách đã ký": "là hồ sơ công việc, giữ nguyên như lúc ký để còn kiểm tra được; số trong đó được mã hóa",
    "Nhật ký ai đã xem, đã sửa": "để chứng minh việc xử lý dữ liệu; không ghi số tài khoản hay nội dung trò chuyện",
    "Việc đã đồng ý và đã rút lại, cùng ngày giờ": "để chứng minh sự đồng ý và việc rút lại",
}
"""What neither a withdrawal nor an erasure takes away, and the reason, as officers read them out."""


@dataclass(frozen=True)
class Erased:
    """How many of each."""

    drafts: int
    claims: int
    claims_kept: int

    def as_json(self) -> dict[str, int]:
        return {"drafts": self.drafts, "claims": self.claims, "claims_kept": self.claims_kept}


def withdraw_consent(session: Session, person: Person, actor: audit.Actor, now: datetime, why: str = "") -> Erased:
    """Do what follows from the person's withdrawal. Done again, it finds what has come since."""
    locked = session.get_one(Person, person.id, with_for_update=True, populate_existing=True)
    before = {"withdrew": locked.withdrew_at is not None}
    locked.withdrew_at = locked.withdrew_at or now
    erased = erase_survey(session, person.id, actor, now)
    audit.record(
        session, now, actor, "privacy.consent_withdrawn", f"person:{person.id}", commune_code=locked.commune_code,
        before=before, after={"withdrew": True, **erased.as_json()}, reason=why,
    )  # fmt: skip
    return erased


def erase_survey(session: Session, person_id: UUID, actor: audit.Actor, now: datetime) -> Erased:
    """Erase the answers of the person's drafts, and of the claims that were not handed on; those are withdrawn."""
    wanted = select(Draft).where(Draft.person_id == person_id, Draft.erased_at.is_(None)).order_by(Draft.id)
    drafts = session.scalars(wanted.with_for_update()).all()
    claims = session.scalars(
        select(Claim).where(Claim.person_id == person_id).order_by(Claim.id).with_for_update()
    ).all()
    for draft in drafts:
        erase_draft(draft, Closing.CONSENT_WITHDRAWN, now)
    _erase_visits(session, person_id)
    ours = [claim for claim in claims if claim.state not in HANDED_ON]
    for claim in ours:
        _erase_claim(claim)
        if may_become(claim.state, ClaimState.WITHDRAWN):
            move(session, claim, ClaimState.WITHDRAWN, actor, now)
    return Erased(len(drafts), len(ours), len(claims) - len(ours))


def _erase_visits(session: Session, person_id: UUID) -> None:
    """What was noted at the door, and what a workbook says that waits to be brought in."""
    session.execute(delete(ReturnedRow).where(ReturnedRow.person_id == person_id))
    session.execute(update(VisitRow).where(VisitRow.person_id == person_id).values(note=None))


def erase_draft(draft: Draft, closing: Closing, now: datetime) -> None:
    """Nothing of what was said stays; the survey takes no answers any more and no corrections.

    Its claim is a row of its own."""
    if draft.state is not DraftState.CLOSED:
        draft.state, draft.closing = DraftState.CLOSED, closing
    draft.answers, draft.notice, draft.open_question, draft.erased_at = {}, None, None, now


def _erase_claim(claim: Claim) -> None:
    claim.answers = {}
    claim.bank = claim.account_number = claim.account_index = claim.holder_name = None
    claim.relation = claim.reference_given = claim.reason = None
