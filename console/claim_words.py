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
from roster.survey.questions import Question

LONGEST_REASON = 300
RETURNED = (
    "{office} đã xem phần khai của ông/bà và nhờ ông/bà sửa lại: {reason}. {ask} Trợ cấp vẫn được trả như trước ạ."
)
DECLARE_ANEW = "Ông/bà nhắn CÓ để khai lại."
ASKED_BACK: Mapping[Question, str] = {
    Question.WANTS_ACCOUNT: "Ông/bà nhắn lại giúp: nhận qua tài khoản hay nhận tiền mặt.",
    Question.HAS_ACCOUNT: "Ông/bà nhắn lại giúp: đã có tài khoản của mình, chưa có, hay dùng tài khoản của người nhà.",
    Question.BANK: "Ông/bà nhắn lại giúp tên ngân hàng hoặc ví.",
    Question.ACCOUNT_NUMBER: "Ông/bà nhắn lại giúp số tài khoản. Mã OTP và mật khẩu thì không đưa cho ai.",
    Question.HOLDER_NAME: "Ông/bà nhắn lại giúp họ tên chủ tài khoản.",
    Question.HOLDER_RELATION: "Ông/bà nhắn lại giúp: chủ tài khoản là gì của người hưởng trợ cấp.",
    Question.OPENING: "Ông/bà nhắn lại giúp: muốn mở tài khoản tại nhà, tại xã, phường hay tự mở.",
    Question.VISIT_TIME: "Ông/bà nhắn lại giúp: hôm nào, buổi nào thì tiện.",
    Question.CONTACT_PHONE: "Ông/bà nhắn lại giúp một số điện thoại để cán bộ gọi khi cần.",
}
"""What the citizen is to send, where one answer alone is asked for again (`roster.survey.asking_back`)."""
REJECTED = (
    "{office} chưa nhận được phần khai của ông/bà: {reason}. "
    "Cần hỏi thêm, ông/bà nhắn tin hoặc đến xã, phường. Trợ cấp vẫn được trả như trước ạ."
)

REASONS_TO_RETURN = (
    ("tên chủ tài khoản chưa đúng với họ tên người hưởng", Question.HOLDER_NAME),
    ("số tài khoản chưa đủ hoặc thừa chữ số", Question.ACCOUNT_NUMBER),
    ("chưa rõ ngân hàng nào", Question.BANK),
)
"""Common reasons, each with the answer that is then asked for again."""
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


def tell_citizen(session: Session, claim: Claim, template: str, reason: str, asked: Question | None = None) -> bool:
    """Send the reason to the conversation in which the claim was made; False where the desk cannot reach it.

    `asked`: the one answer that is asked for again; None: the whole survey.
    """
    thread = _thread(session, claim.draft_id)
    if thread is None:
        return False
    words = template.format(
        office=_office(session, claim.commune_code),
        reason=reason.strip(" ."),
        ask=ASKED_BACK[asked] if asked else DECLARE_ANEW,
    )
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
