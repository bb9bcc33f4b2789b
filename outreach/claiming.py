"""Claiming messages for sending: checked once more, and their attempts written, in one transaction before any call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from outreach.attempts import Batch, begin
from outreach.channels.registry import accounts
from outreach.delivery_settings import delivery_settings
from outreach.due import due_campaigns, lock_due
from outreach.message import Message, MessageKind, MessageState
from outreach.rechecks import Decision, Verdict, verdict
from outreach.setting_aside import set_aside
from outreach.standing import look_at, select_messages
from outreach.wave_claims import claim_looked_at


def claim_wave(session: Session, account: str, limit: int, now: datetime, worker: int) -> Batch:
    """Claim up to `limit` due wave messages of `account` for the run with the key `worker`. May write audit (a campaign
    that reaches its ceiling is paused), so it comes last in its transaction."""
    batch = Batch([], 0)
    for campaign_id in due_campaigns(session, account, now):
        ids = lock_due(session, account, campaign_id, limit - batch.looked_at, now)
        wanted = select_messages().where(Message.id.in_(ids)).order_by(Message.due_at, Message.id)
        seen = look_at(session, wanted, now)
        claimed = claim_looked_at(session, accounts()[account], campaign_id, seen, now, worker)
        batch = Batch([*batch.claimed, *claimed], batch.looked_at + len(seen))
        if batch.looked_at >= limit:
            break
    return batch


def claim_replies(session: Session, message_ids: Sequence[int], now: datetime, worker: int) -> Batch:
    """Claim those of `message_ids` that still wait to go out, in their order."""
    waiting = (
        select_messages()
        .where(Message.id.in_(message_ids), Message.state == MessageState.PLANNED, Message.kind != MessageKind.WAVE)
        .order_by(Message.reply_to, Message.id)
    )
    seen, going = look_at(session, waiting, now), []
    for one in seen:
        decided = verdict(one.alone, now, one.hours, delivery_settings().most_attempts)
        if decided.decision is Decision.SEND:
            going.append(one)
        else:
            set_aside(one, decided, now)
    return Batch(begin(session, going, now, worker), len(seen))


def check_again(session: Session, message_id: int, now: datetime, *, most_attempts: int) -> Verdict | None:
    """Whether one message, in whatever state, may go out once more just as it is, at `now`; None where another
    transaction holds its row. Of a household everybody must still be meant: the text names them all."""
    seen = look_at(session, select_messages().where(Message.id == message_id), now)
    if not seen:
        return None
    verdicts = [verdict(standing, now, seen[0].hours, most_attempts) for standing in seen[0].standings]
    return next((one for one in verdicts if one.decision is not Decision.SEND), verdicts[0])
