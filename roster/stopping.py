"""`stop` and `resume`: said on one address, they hold for all addresses of the same phone.

Whoever writes from a Zalo or Telegram account and has shared the phone means the phone, too; and who takes `stop` back
on any of them takes it back on all.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster.contact import ContactPoint


def stop(session: Session, contact: ContactPoint, at: datetime) -> None:
    """Nothing proactive any more: to this address, and to the phone that its holder has shared."""
    contact.stopped_at = at
    phone = session.get(ContactPoint, contact.same_as, with_for_update=True) if contact.same_as else None
    if phone is not None:
        phone.stopped_at = phone.stopped_at or at


def resume(session: Session, contact: ContactPoint) -> None:
    """Undo `stop` on this address, on its phone, and on every account of that phone."""
    phone = contact.same_as or contact.id
    family = select(ContactPoint).where(or_(ContactPoint.id == phone, ContactPoint.same_as == phone))
    for one in session.scalars(family.order_by(ContactPoint.id).with_for_update()):
        one.stopped_at = None
    contact.stopped_at = None


def has_stopped(session: Session, contact: ContactPoint) -> bool:
    """Whether `stop` holds for this address or for one that shares its phone."""
    phone = contact.same_as or contact.id
    family = select(ContactPoint.id).where(or_(ContactPoint.id == phone, ContactPoint.same_as == phone))
    stopped = family.where(ContactPoint.stopped_at.is_not(None)).limit(1)
    return contact.stopped_at is not None or session.scalar(stopped) is not None
