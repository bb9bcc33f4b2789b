"""Consent given anew after it was withdrawn."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from roster.person import Person


def consent_again(session: Session, person_id: UUID) -> None:
    """The person has consented anew, on a phone on which he or she was invited: reminders may go out again."""
    person = session.get(Person, person_id)
    if person is not None and person.withdrew_at is not None:
        person.withdrew_at = None
