"""Everything that happened to one person's matters: from the audit log, with the claims and how much was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from console.audit_words import Line, line_of, staff_in
from console.reading.staff_names import staff_names
from conversations.escalation import Escalation
from conversations.thread import InboundMessage, Thread
from core.audit import AuditEntry
from outreach.follow_up import FollowUp
from outreach.message import Message, MessageState
from roster.claim import Claim, ClaimState
from roster.contact import PersonContact
from roster.person import Person
from roster.privacy.request import PrivacyRequest
from roster.roster_import import ImportRow

MOST = 500


@dataclass(frozen=True)
class ClaimStand:
    """Where one claim stands, without what it says."""

    id: UUID
    state: ClaimState
    group: str
    declared_at: datetime
    verified_by: str | None
    approved_by: str | None


@dataclass(frozen=True)
class Written:
    """How much was written on one channel: to the person, of that delivered, and from the person."""

    channel: str
    sent: int
    delivered: int
    received: int


@dataclass(frozen=True)
class History:
    """`views`: how often somebody looked; those entries are among the lines only if they were asked for."""

    lines: list[Line]
    claims: list[ClaimStand]
    written: list[Written]
    views: int


def person_history(session: Session, person: Person, *, with_views: bool) -> History:
    """The history of `person`, in so far as `session` sees it."""
    about = AuditEntry.subject.in_(_subjects(session, person.id))
    wanted = select(AuditEntry).where(about)
    if not with_views:
        wanted = wanted.where(AuditEntry.action != "view")
    entries = list(session.scalars(wanted.order_by(AuditEntry.id.desc()).limit(MOST)))
    views = select(func.count()).select_from(AuditEntry).where(about, AuditEntry.action == "view")
    claims = list(session.scalars(select(Claim).where(Claim.person_id == person.id).order_by(Claim.declared_at.desc())))
    colleagues = {one for claim in claims for one in (claim.verified_by, claim.approved_by) if one is not None}
    names = staff_names(session, staff_in(entries) | colleagues)
    return History(
        lines=[line_of(entry, names) for entry in entries],
        claims=[_stand(claim, names) for claim in claims],
        written=_written(session, person.id),
        views=session.scalar(views) or 0,
    )


def _subjects(session: Session, person_id: UUID) -> list[str]:
    """Whatever of this person's the audit log speaks of."""
    keys = (
        ("claim", select(Claim.id).where(Claim.person_id == person_id)),
        ("contact", select(PersonContact.contact_id).where(PersonContact.person_id == person_id)),
        ("thread", select(Thread.id).where(Thread.person_id == person_id)),
        ("escalation", select(Escalation.id).where(Escalation.person_id == person_id)),
        ("follow_up", select(FollowUp.id).where(FollowUp.person_id == person_id)),
        ("privacy_request", select(PrivacyRequest.id).where(PrivacyRequest.person_id == person_id)),
        ("import_row", select(ImportRow.id).where(ImportRow.person_id == person_id)),
    )
    found = [f"{kind}:{key}" for kind, query in keys for key in session.scalars(query)]
    return [f"person:{person_id}", *found]


def _stand(claim: Claim, names: dict[int, str]) -> ClaimStand:
    return ClaimStand(
        claim.id, claim.state, claim.outcome_group, claim.declared_at,
        names.get(claim.verified_by or 0), names.get(claim.approved_by or 0),
    )  # fmt: skip


def _written(session: Session, person_id: UUID) -> list[Written]:
    delivered = func.count().filter(Message.state == MessageState.DELIVERED)
    went_out = session.execute(
        select(Message.channel, func.count(), delivered)
        .where(Message.person_id == person_id, Message.accepted_at.is_not(None))
        .group_by(Message.channel)
    )
    came_in = session.execute(
        select(InboundMessage.channel, func.count())
        .join(Thread, Thread.id == InboundMessage.thread_id)
        .where(Thread.person_id == person_id)
        .group_by(InboundMessage.channel)
    )
    sent = {channel: (total, arrived) for channel, total, arrived in went_out}
    received = {channel.value: total for channel, total in came_in}
    channels = sorted({*sent, *received})
    return [Written(one, *sent.get(one, (0, 0)), received.get(one, 0)) for one in channels]
