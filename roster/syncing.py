"""What goes into the welfare software: approved claims with an account, and the explicit step that says they went."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import audit
from language.banks import bank_by_name
from roster.claim import Claim, ClaimState
from roster.claim_moves import move
from roster.commune import Commune
from roster.list_rows import by_commune_and_name, standing_claims
from roster.person import Person


@dataclass(frozen=True)
class SyncRow:
    """One account to be taken over. `napas_bin` is "" where it is not known."""

    claim_id: UUID
    reference: str
    full_name: str
    citizen_id: str | None
    bank: str
    napas_bin: str
    account_number: str
    holder_name: str
    commune: str


@dataclass(frozen=True)
class Marked:
    """Which claims became `synced`, and which were not `approved` any more."""

    marked: list[UUID]
    passed_over: list[UUID]


def sync_rows(session: Session, campaign_id: int, communes: Collection[str] | None = None) -> Iterator[SyncRow]:
    """The approved accounts, by commune and given name.

    Held back: people who declared anew since (the newer claim is looked at first; not a stranger's, see
    `standing_claims`) or whose death was reported.
    """
    newest = standing_claims(campaign_id)
    query = (
        select(Claim, Person, Commune.name)
        .join(newest, newest.c.id == Claim.id)
        .join(Person, Person.id == Claim.person_id)
        .join(Commune, Commune.code == Person.commune_code)
        .where(Claim.state == ClaimState.APPROVED, Claim.account_index.is_not(None), Claim.bank.is_not(None))
        .where(Person.deceased_at.is_(None), Person.paused_at.is_(None))
        .order_by(*by_commune_and_name())
    )
    if communes is not None:
        query = query.where(Person.commune_code.in_(communes))
    for claim, person, commune in session.execute(query.execution_options(yield_per=500)):
        yield _row(claim, person, commune)


def mark_synced(session: Session, claim_ids: Collection[UUID], staff_id: int, now: datetime) -> Marked:
    """Say that the welfare software has taken these claims over; only those still `approved` become `synced`."""
    found = session.scalars(
        select(Claim)
        .where(Claim.id == func.any(list(claim_ids)), Claim.state == ClaimState.APPROVED)
        .order_by(Claim.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for claim in found:
        move(session, claim, ClaimState.SYNCED, audit.staff_actor(staff_id), now)
    session.flush()
    marked = {claim.id for claim in found}
    return Marked([one for one in claim_ids if one in marked], [one for one in claim_ids if one not in marked])


def _row(claim: Claim, person: Person, commune: str) -> SyncRow:
    bank = bank_by_name(claim.bank or "")
    return SyncRow(
        claim_id=claim.id,
        reference=person.reference,
        full_name=person.full_name,
        citizen_id=person.citizen_id,
        bank=claim.bank or "",
        napas_bin=bank.napas_bin if bank else "",
        account_number=claim.account_number or "",
        holder_name=claim.holder_name or "",
        commune=commune,
    )
