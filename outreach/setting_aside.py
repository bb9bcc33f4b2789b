"""Messages that do not go out after all, and people whom a household's message leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from outreach.message import Message, MessageMember, MessageState
from outreach.rechecks import Decision, Verdict
from outreach.standing import About, Seen


def set_aside(seen: Seen, decided: Verdict, now: datetime, error_code: str | None = None) -> None:
    """Hold or cancel a message. Its row is locked and still planned, from where both ways are open."""
    if decided.decision is Decision.WAIT:
        return
    message = seen.message
    message.state = MessageState.HELD if decided.decision is Decision.HOLD else MessageState.CANCELLED
    message.reason, message.error_code, message.changed_at = decided.reason, error_code, now


def leave_out(
    session: Session, message: Message, left_out: Sequence[tuple[About, Verdict]], going: Sequence[About]
) -> None:
    """The message goes out for `going` alone. Whoever heads the row is one of those whom it is about, so where the
    first is left out, one of the others takes that place."""
    reasons = {about.member.person_id: verdict.reason for about, verdict in left_out}
    if message.person_id in reasons and going:
        first, heir = message.person_id, going[0].member
        commune = message.commune_code
        message.person_id, message.commune_code = heir.person_id, heir.commune_code
        session.flush()
        row = update(MessageMember).where(
            MessageMember.message_id == message.id, MessageMember.person_id == heir.person_id
        )
        session.execute(
            row.values(person_id=first, commune_code=commune, reason=reasons.pop(first)).execution_options(
                synchronize_session=False
            )
        )
    for person_id, reason in reasons.items():
        row = update(MessageMember).where(MessageMember.message_id == message.id, MessageMember.person_id == person_id)
        session.execute(row.values(reason=reason).execution_options(synchronize_session=False))
