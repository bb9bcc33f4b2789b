"""The audit log for whoever may read it: narrowed down, the newest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from console.audit_words import Line, line_of, staff_in
from console.reading.staff_names import staff_names
from console.staff import Staff
from core.audit import AuditEntry
from core.clock import VIETNAM

ON_A_PAGE = 50


@dataclass(frozen=True)
class Narrowed:
    """What is looked for; None sets no limit. `actor`: "staff:7", "system", "thread". `subject`: a kind ("claim"), or
    one of them ("claim:<key>"). Days are Vietnam's, both included. `before`: entries older than this one."""

    actor: str | None = None
    subject: str | None = None
    action: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Page:
    """`older`: what to ask for as `before` to go on; None at the end."""

    lines: list[Line]
    older: int | None


def audit_page(session: Session, wanted: Narrowed) -> Page:
    """One page of the entries that `session` sees."""
    rows = list(
        session.scalars(
            select(AuditEntry).where(*_conditions(wanted)).order_by(AuditEntry.id.desc()).limit(ON_A_PAGE + 1)
        )
    )
    shown = rows[:ON_A_PAGE]
    names = staff_names(session, staff_in(shown))
    return Page([line_of(entry, names) for entry in shown], shown[-1].id if len(rows) > ON_A_PAGE else None)


def all_staff(session: Session) -> list[tuple[int, str]]:
    """Everybody who can have acted: id and name."""
    return [
        (row.id, row.full_name) for row in session.execute(select(Staff.id, Staff.full_name).order_by(Staff.full_name))
    ]


def _conditions(wanted: Narrowed) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.actor:
        found.append(_exact_or_kind(AuditEntry.actor, wanted.actor))
    if wanted.subject:
        found.append(_exact_or_kind(AuditEntry.subject, wanted.subject))
    if wanted.action:
        found.append(AuditEntry.action == wanted.action)
    if wanted.first_day:
        found.append(AuditEntry.at >= _midnight(wanted.first_day))
    if wanted.last_day:
        found.append(AuditEntry.at < _midnight(wanted.last_day + timedelta(days=1)))
    if wanted.before is not None:
        found.append(AuditEntry.id < wanted.before)
    return found


def _exact_or_kind(column: InstrumentedAttribute[str], wanted: str) -> ColumnElement[bool]:
    return column == wanted if ":" in wanted else column.startswith(f"{wanted}:", autoescape=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, VIETNAM)
