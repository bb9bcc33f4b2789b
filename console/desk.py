"""Who sits at the desk in this request, and the transactions that see exactly what he or she may see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from flask import abort, g
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from console.permissions import WHOLE_DATA, Action, allowed
from console.staff import Staff, staff_communes
from console.staff_roles import StaffRole
from core import audit
from core.clock import now
from core.database import ALL_COMMUNES, Role, transaction


@dataclass(frozen=True)
class Desk:
    """The member of staff who asks. `communes` holds codes, or ALL_COMMUNES alone."""

    staff_id: int
    full_name: str
    roles: frozenset[StaffRole]
    communes: tuple[str, ...]

    @property
    def sees_all(self) -> bool:
        return self.communes == (ALL_COMMUNES,)

    def may(self, action: Action) -> bool:
        """Whether one of the roles allows `action`."""
        return allowed(self.roles, action)

    @property
    def reads_names(self) -> bool:
        """Whether names are shown whole."""
        return any(self.may(action) for action in WHOLE_DATA)

    def sees(self, commune_code: str | None) -> bool:
        """Whether rows of this commune are visible; rows of no commune are to those alone who see all."""
        return self.sees_all or commune_code in self.communes


def current_desk() -> Desk:
    """The desk of this request's signed-in user; the guard has let only signed-in users come here."""
    if "desk" not in g:
        staff: Staff = current_user._get_current_object()
        g.desk = Desk(
            staff_id=staff.id,
            full_name=staff.full_name,
            roles=staff.kinds,
            communes=_communes_of(staff),
        )
    desk: Desk = g.desk
    return desk


@contextmanager
def scoped(*, one_moment: bool = False) -> Iterator[Session]:
    """One transaction of the console's role, limited by the database to the communes of whoever is signed in.

    one_moment: for sums that must agree; see `core.database.transaction`.
    """
    desk = current_desk()
    with transaction(Role.CONSOLE, communes=desk.communes, staff_id=desk.staff_id, one_moment=one_moment) as session:
        yield session


def found[Row](session: Session, table: type[Row], key: UUID | int | str) -> Row:
    """The row with this key; 404 where there is none or the desk does not see it: both sound the same."""
    row = session.get(table, key)
    if row is None:
        abort(404)
    return row


def log_view(session: Session, subject: str, commune_code: str | None, *shown: str) -> None:
    """Put into the audit log that whole personal data was shown: `subject` is "table:key", `shown` names the fields."""
    audit.record(
        session,
        now(),
        audit.staff_actor(current_desk().staff_id),
        "view",
        subject,
        commune_code=commune_code,
        after={"shown": list(shown)},
    )


def _communes_of(staff: Staff) -> tuple[str, ...]:
    if staff.all_communes:
        return (ALL_COMMUNES,)
    with transaction(Role.CONSOLE) as session:
        codes = session.scalars(
            select(staff_communes.c.commune_code)
            .where(staff_communes.c.staff_id == staff.id)
            .order_by(staff_communes.c.commune_code)
        )
        return tuple(codes)
