"""What follows from a payer's results: the claim moves on, or comes back with the money."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core import audit
from roster.claim import Claim, ClaimState
from roster.claim_moves import locked_claim, move
from roster.payers import UnknownPayer, load_payers, payer_named
from roster.payment_results.coming_back import Round, known_payment, settled_claim
from roster.payment_results.payment import Payment, PaymentOutcome
from roster.person import Person
from roster.returned.staging import ReturnRefused

_WAYS = {
    PaymentOutcome.PAID: {
        ClaimState.SYNCED: (ClaimState.PAID_CONFIRMED,),
        ClaimState.RETURNED: (ClaimState.SYNCED, ClaimState.PAID_CONFIRMED),
        ClaimState.PAID_CONFIRMED: (),
    },
    PaymentOutcome.RETURNED: {
        ClaimState.SYNCED: (ClaimState.RETURNED,),
        ClaimState.PAID_CONFIRMED: (ClaimState.RETURNED,),
        ClaimState.RETURNED: (),
    },
}
"""The steps that a claim takes from where it stands."""


def settle(session: Session, given: dict[str, Any], person: Person, staff_id: int | None, at: datetime) -> bool:
    """Bring in what one row says of a payment; whether it is new.

    `given` is what `read_results` kept of the row. Raises ReturnRefused where the claim has moved since.
    """
    of, outcome = _round(given), PaymentOutcome(given["outcome"])
    known = known_payment(session, person, of)
    if known is not None and (known.outcome, known.reason or "", known.dong) == (
        outcome,
        given["reason"],
        given["dong"],
    ):
        return False
    actor = audit.SYSTEM if staff_id is None else audit.staff_actor(staff_id)
    claim = _account_of(session, person) if of.payer.account else None
    before = known.outcome.value if known else None
    payment = known or Payment(
        person_id=person.id, commune_code=person.commune_code, month=of.month, payer=of.payer.key
    )
    payment.outcome, payment.dong, payment.reason = outcome, given["dong"], given["reason"] or None
    payment.claim_id = claim.id if claim else None
    payment.noted_by, payment.noted_at = staff_id, at
    session.add(payment)
    session.flush()
    if claim is not None and not _paid_since(session, claim, of):
        for state in _WAYS[outcome][claim.state]:
            move(session, claim, state, actor, at, given["reason"])
    audit.record(
        session,
        at,
        actor,
        "payment.noted",
        f"person:{person.id}",
        commune_code=person.commune_code,
        before={"payment": before},
        after={"payment": outcome.value, "month": of.month.isoformat(), "payer": of.payer.key},
    )
    return True


def _round(given: dict[str, Any]) -> Round:
    try:
        return Round(payer_named(given["payer"], load_payers()), date.fromisoformat(given["month"]))
    except UnknownPayer as problem:
        raise ReturnRefused(str(problem)) from None


def _account_of(session: Session, person: Person) -> Claim:
    claim = settled_claim(session, person)
    if claim is None:
        raise ReturnRefused("Bản khai của một người trong tệp vừa thay đổi. Xin bỏ tệp này rồi đưa lên lại.")
    return locked_claim(session, claim.id)


def _paid_since(session: Session, claim: Claim, of: Round) -> bool:
    """Whether a later month's money has come to the account: what became of an earlier one says nothing any more."""
    later = exists().where(
        Payment.claim_id == claim.id, Payment.month > of.month, Payment.outcome == PaymentOutcome.PAID
    )
    return bool(session.scalar(select(later)))
