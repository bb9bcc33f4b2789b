"""Which communes a desk may choose from, and the one that the page is about."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from console.desk import current_desk
from roster.commune import Commune


def communes_in_sight(session: Session) -> Sequence[Commune]:
    """The desk's communes by name; all of them for one that sees all."""
    desk = current_desk()
    communes = select(Commune).order_by(Commune.folded_name)
    return session.scalars(communes if desk.sees_all else communes.where(Commune.code.in_(desk.communes))).all()


def chosen_commune(session: Session) -> Commune | None:
    """The commune asked for (`xa`); else the desk's only one; 404 for one that the desk does not see."""
    code = request.values.get("xa")
    desk = current_desk()
    if not code:
        return session.get_one(Commune, desk.communes[0]) if len(desk.communes) == 1 and not desk.sees_all else None
    commune = session.get(Commune, code)
    if commune is None or not desk.sees(code):
        abort(404)
    return commune
