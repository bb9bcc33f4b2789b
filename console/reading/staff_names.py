"""Names of colleagues, for "taken by" and "verified by"."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.staff import Staff


def staff_names(session: Session, staff_ids: Iterable[int | None]) -> dict[int, str]:
    """Full names by id, of those that are given and exist."""
    wanted = {staff_id for staff_id in staff_ids if staff_id is not None}
    rows = session.execute(select(Staff.id, Staff.full_name).where(Staff.id.in_(wanted)))
    return dict(rows.all())
