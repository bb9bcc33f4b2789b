"""A payer's result file: every row looked at before anything holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from roster.claim import Claim, ClaimState
from roster.intake.amounts import read_amount
from roster.payers import Payer
from roster.payment_results.payment import Payment, PaymentOutcome
from roster.payments import settled_claims
from roster.person import Person
from roster.returned.answers import Answer, load_form, read_answers
from roster.returned.staging import ReadRow, ReturnRefused

FORM = "payments"
EARLIEST = date(2020, 1, 1)


@dataclass(frozen=True)
class Round:
    """Which payments a file speaks of: one payer's, for one month (its first day)."""

    payer: Payer
    month: date


def read_results(session: Session, content: bytes, of: Round, at: datetime) -> list[ReadRow]:
    """The rows that were answered. Raises ReturnRefused for a month to come, and `roster.intake.IntakeError`."""
    today = at.astimezone(VIETNAM).date()
    if not EARLIEST <= of.month <= today:
        raise ReturnRefused("Tháng chi trả chưa đúng: xin chọn tháng này hoặc một tháng đã qua.")
    return [_read(session, answer, of) for answer in read_answers(session, content, load_form(FORM), today)]


def settled_claim(session: Session, person: Person) -> Claim | None:
    """The claim whose account the person is paid into, or was until the money came back."""
    newest = settled_claims()
    return session.scalars(
        select(Claim).join(newest, newest.c.id == Claim.id).where(Claim.person_id == person.id)
    ).first()


def known_payment(session: Session, person: Person, of: Round) -> Payment | None:
    """What was said of it before."""
    same = select(Payment).where(Payment.person_id == person.id, Payment.month == of.month)
    return session.scalars(same.where(Payment.payer == of.payer.key)).first()


def _read(session: Session, answer: Answer, of: Round) -> ReadRow:
    if answer.person is None or answer.answer is None:
        return answer.read
    outcome = PaymentOutcome(answer.answer)
    answer.read.given = {
        "payer": of.payer.key,
        "month": of.month.isoformat(),
        "outcome": outcome.value,
        "dong": read_amount(answer.row.get("amount")),
        "reason": answer.reason if outcome is PaymentOutcome.RETURNED else "",
    }
    _money(answer, answer.person)
    if of.payer.account:
        _account(session, answer, answer.person)
    if outcome is PaymentOutcome.RETURNED and not answer.reason:
        answer.remark(load_form(FORM).title("reason"), "Chưa ghi lý do: cán bộ gọi sẽ không biết vì sao.")
    known = known_payment(session, answer.person, of)
    if known is not None and known.outcome is not outcome:
        answer.remark(load_form(FORM).title("result"), "Lần trước ghi khác: xin xem lại, dòng này sẽ thay thế.")
    return answer.read


def _money(answer: Answer, person: Person) -> None:
    title = load_form(FORM).title("amount")
    written, dong = answer.row.get("amount"), answer.read.given["dong"]
    due = sum(one.monthly_dong or 0 for one in person.entitlements)
    if written and dong is None:
        answer.refuse(title, f"Không đọc được số tiền “{written[:30]}”.")
    elif dong is not None and due and dong != due:
        answer.remark(title, "Khác với mức hưởng trong danh sách.")
    if person.deceased_at is not None:
        answer.remark(load_form(FORM).title("name"), "Danh sách ghi người này đã mất.")


def _account(session: Session, answer: Answer, person: Person) -> None:
    form, claim = load_form(FORM), settled_claim(session, person)
    if claim is None or claim.account_index is None:
        answer.refuse(
            form.title("account"), "Người này chưa có tài khoản đã đồng bộ: có phải tệp của nơi chi tiền mặt?"
        )
    elif answer.account_index is not None and answer.account_index != claim.account_index:
        answer.refuse(form.title("account"), "Số tài khoản khác với tài khoản đã đồng bộ.")
    elif claim.state is ClaimState.RETURNED and answer.read.given["outcome"] == PaymentOutcome.PAID:
        answer.remark(form.title("result"), "Trước đây ghi tiền bị trả lại; nay ghi tài khoản này đã nhận.")
