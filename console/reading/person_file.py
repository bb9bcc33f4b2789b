"""One person's file: phones, claims, open surveys, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.escalation import Escalation
from core.audit import AuditEntry
from roster.claim import Claim
from roster.commune import Commune
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Person
from roster.survey.draft import Draft

HISTORY = 50


@dataclass(frozen=True)
class Phone:
    """A way to reach the person."""

    kind: ContactKind
    address: str
    holder: Holder
    relation: str | None
    stopped_at: datetime | None
    unlinked_at: datetime | None


@dataclass(frozen=True)
class PersonFile:
    """All that the person page shows besides the conversation."""

    person: Person
    commune: str
    phones: list[Phone]
    claims: list[Claim]
    drafts: list[Draft]
    escalations: list[Escalation]
    history: list[AuditEntry]


def person_file(session: Session, person: Person) -> PersonFile:
    """The file of `person`, in so far as `session` sees it."""
    return PersonFile(
        person=person,
        commune=session.get_one(Commune, person.commune_code).name,
        phones=_phones(session, person.id),
        claims=_claims(session, person.id),
        drafts=_drafts(session, person.id),
        escalations=_escalations(session, person.id),
        history=_history(session, person.id),
    )


def _phones(session: Session, person_id: UUID) -> list[Phone]:
    rows = session.execute(
        select(
            ContactPoint.kind,
            ContactPoint.address,
            PersonContact.holder,
            PersonContact.relation,
            ContactPoint.stopped_at,
            PersonContact.unlinked_at,
        )
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .where(PersonContact.person_id == person_id)
        .order_by(PersonContact.rank)
    )
    return [Phone(*row) for row in rows]


def _claims(session: Session, person_id: UUID) -> list[Claim]:
    return list(session.scalars(select(Claim).where(Claim.person_id == person_id).order_by(Claim.declared_at.desc())))


def _drafts(session: Session, person_id: UUID) -> list[Draft]:
    return list(session.scalars(select(Draft).where(Draft.person_id == person_id).order_by(Draft.started_at.desc())))


def _escalations(session: Session, person_id: UUID) -> list[Escalation]:
    mine = select(Escalation).where(Escalation.person_id == person_id)
    return list(session.scalars(mine.order_by(Escalation.opened_at.desc())))


def _history(session: Session, person_id: UUID) -> list[AuditEntry]:
    about = [f"person:{person_id}", *(f"claim:{claim.id}" for claim in _claims(session, person_id))]
    rows = select(AuditEntry).where(AuditEntry.subject.in_(about), AuditEntry.action != "view")
    return list(session.scalars(rows.order_by(AuditEntry.id.desc()).limit(HISTORY)))
