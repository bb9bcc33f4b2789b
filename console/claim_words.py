"""What a citizen is told when a claim comes back, and what the desk reads above the queue.

To a citizen no name, no category, no number: whoever holds the phone reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from conversations.replies import write_officer_word
from conversations.routing import CannotBeWritten
from conversations.thread import Thread
from core.clock import now
from roster.claim import Claim
from roster.claim_order import ClaimOrder
from roster.commune import Commune, office_of
from roster.survey.draft import Draft

LONGEST_REASON = 300
RETURNED = (
    "{office} đã xem phần khai của ông/bà và nhờ ông/bà sửa lại: {reason}. "
    "Ông/bà nhắn CÓ để khai lại. Trợ cấp vẫn được trả như trước ạ."
)
REJECTED = (
    "{office} chưa nhận được phần khai của ông/bà: {reason}. "
    "Cần hỏi thêm, ông/bà nhắn tin hoặc đến xã, phường. Trợ cấp vẫn được trả như trước ạ."
)

REASONS_TO_RETURN = (
    "tên chủ tài khoản chưa đúng với họ tên người hưởng",
    "số tài khoản chưa đủ hoặc thừa chữ số",
    "chưa rõ ngân hàng nào",
)
REASONS_TO_REJECT = (
    "người khai không phải người hưởng hoặc người thân",
    "đã có bản khai khác được duyệt",
)


def order_words(order: ClaimOrder, labels: Mapping[str, str]) -> str:
    """The order of the queue as the desk reads it. `labels`: the categories' names."""
    first = (
        [f"người từ {order.old_age} tuổi xếp như đã chờ thêm {order.old_age_days} ngày"] if order.old_age_days else []
    )
    further = [f"{labels.get(one, one)} thêm {days} ngày" for one, days in order.category_days.items() if days]
    return f"Thứ tự: {'; '.join(['ai chờ lâu nhất làm trước', *first, *further])}."


def tell_citizen(session: Session, claim: Claim, template: str, reason: str) -> bool:
    """Send the reason to the conversation in which the claim was made; False where the desk cannot reach it."""
    thread = _thread(session, claim.draft_id)
    if thread is None:
        return False
    words = template.format(office=_office(session, claim.commune_code), reason=reason.strip(" ."))
    try:
        write_officer_word(session, thread, words, now())
    except CannotBeWritten:
        return False
    return True


def _thread(session: Session, draft_id: UUID) -> Thread | None:
    draft = session.get(Draft, draft_id)
    return None if draft is None else session.get(Thread, draft.thread_id)


def _office(session: Session, commune_code: str | None) -> str:
    commune = session.get(Commune, commune_code) if commune_code else None
    return office_of(commune) if commune else "Xã, phường"
