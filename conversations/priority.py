"""How soon an officer should look at an escalation: a rule, kept in no column, unless an officer settled it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, case, cast, func, select

from conversations.escalation import Escalation, Priority, Reason
from roster.claim_order import claim_order
from roster.person import Entitlement, Person

URGENT_REASONS = frozenset({Reason.SCAM, Reason.DEATH, Reason.MONEY_MISSING, Reason.COMPLAINT})
"""Money or a life at stake."""
HIGH_REASONS = frozenset({Reason.BOT_FAILURE})
"""Our own fault: the person did nothing to deserve the wait."""
LONG_WAIT = timedelta(days=1)
"""Whoever has waited so long comes before those who came today."""


def priority_of(now: datetime) -> ColumnElement[str]:
    """SQL: the priority of an `Escalation` joined with its `Person` (which may be missing), as the enum's value.

    The old and those of the categories with a head start are the same people as in the queue of claims.
    """
    high = Escalation.reason.in_(HIGH_REASONS) | (Escalation.opened_at < now - LONG_WAIT) | _vulnerable(now.year)
    by_rule = case(
        (Escalation.reason.in_(URGENT_REASONS), Priority.URGENT.value),
        (high, Priority.HIGH.value),
        else_=Priority.NORMAL.value,
    )
    return func.coalesce(cast(Escalation.priority_set, String), by_rule)


def place_of(priority: ColumnElement[str]) -> ColumnElement[int]:
    """SQL: 0 for what comes first, and so on."""
    return case({one.value: place for place, one in enumerate(Priority)}, value=priority)


def _vulnerable(year: int) -> ColumnElement[bool]:
    order = claim_order()
    old = Person.birth_year <= year - order.old_age
    cared_for = select(Entitlement.id).where(
        Entitlement.person_id == Person.id, Entitlement.category.in_(order.category_days)
    )
    return func.coalesce(old, False) | cared_for.correlate(Person).exists()
