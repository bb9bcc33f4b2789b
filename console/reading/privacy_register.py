"""The register of citizens' requests, in the order in which they are to be dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.commune import Commune
from roster.person import Person
from roster.privacy.request import PrivacyRequest
from roster.privacy.states import OPEN

MOST = 300


class Shelf(StrEnum):
    """Which requests are looked at."""

    OPEN = "dang-mo"
    CLOSED = "da-khep"


@dataclass(frozen=True)
class Row:
    """One request with whose it is."""

    request: PrivacyRequest
    name: str
    commune: str


def register(session: Session, shelf: Shelf) -> list[Row]:
    """What is open, the nearest deadline first; or the latest of what is closed."""
    query = (
        select(PrivacyRequest, Person.full_name, Commune.name)
        .join(Person, Person.id == PrivacyRequest.person_id)
        .join(Commune, Commune.code == PrivacyRequest.commune_code)
        .limit(MOST)
    )
    if shelf is Shelf.OPEN:
        query = query.where(PrivacyRequest.state.in_(OPEN)).order_by(PrivacyRequest.due_at)
    else:
        query = query.where(PrivacyRequest.closed_at.is_not(None)).order_by(PrivacyRequest.closed_at.desc())
    return [Row(*row) for row in session.execute(query)]
