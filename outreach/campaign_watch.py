"""Watching running campaigns: errors, `stop` and worries about a scam, and the pause that follows a spike of them.

Only what has happened since a person last let the campaign go on counts: else it would be paused again at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from core.gauges import gauge
from core.logs import logger
from outreach.campaign_pause import pause_campaign, resumed_at
from outreach.channels.registry import accounts
from outreach.message import Attempt, AttemptOutcome, Message, MessageKind, MessageState
from outreach.reasons import CANNOT_ARRIVE
from outreach.rungs import BY_MESSAGE
from outreach.step import Step
from outreach.watch_rules import Seen, alarm
from outreach.watch_settings import watch_settings
from roster.campaign import Campaign, CampaignState
from roster.contact import ContactPoint

_log = logger(__name__)

_TELLING = (AttemptOutcome.ACCEPTED, AttemptOutcome.REJECTED, AttemptOutcome.UNKNOWN)
"""Attempts that say something of the campaign; being too fast, or an account that is shut, is no fault of its texts."""
_BAD = (MessageState.REJECTED, MessageState.UNDELIVERED, MessageState.HELD, MessageState.UNKNOWN)
_LATEST = 5000
"""Only this many of all attempts are searched: a campaign that has not sent for long needs no watching."""
_STALE = timedelta(minutes=10)


def watch_campaigns(session: Session, now: datetime) -> int:
    """Pause the running campaigns of which the last hours say that something is wrong; how many."""
    running = session.scalars(select(Campaign).where(Campaign.state == CampaignState.RUNNING).order_by(Campaign.id))
    return sum(_watch(session, campaign, now) for campaign in running.all())


def watched_from(session: Session, campaign_id: int, now: datetime) -> datetime:
    """What happened before this moment does not count: the window's beginning, or when somebody let it go on."""
    resumed, begins = resumed_at(session, campaign_id), now - watch_settings().window
    return begins if resumed is None else max(begins, resumed)


def worries_gauge(campaign_id: int) -> str:
    """The gauge into which conversations write how many people asked whether it is a scam, or reported one."""
    return f"scam_worries:{campaign_id}"


def _watch(session: Session, campaign: Campaign, now: datetime) -> bool:
    seen = look_at(session, campaign.id, now)
    found = alarm(seen, watch_settings())
    if found is None or not pause_campaign(session, campaign, found.reason, now, words=found.words):
        return False
    _log.error("campaign_paused", campaign=campaign.id, reason=found.reason, **vars(seen))
    return True


def look_at(session: Session, campaign_id: int, now: datetime) -> Seen:
    """What was seen of a campaign lately."""
    since = watched_from(session, campaign_id, now)
    outcomes, errors = _outcomes(session, campaign_id, since)
    return Seen(
        outcomes=outcomes,
        errors=errors,
        written_to=_written_to(session, campaign_id, since),
        stops=_stops(session, campaign_id, since),
        worries=_worries(session, campaign_id, now),
    )


def _outcomes(session: Session, campaign_id: int, since: datetime) -> tuple[int, int]:
    latest = select(func.max(Attempt.id) - _LATEST).scalar_subquery()
    last = (
        select(case((Message.state.in_(_BAD), 1), else_=0).label("bad"))
        .select_from(Attempt)
        .join(Message, Message.id == Attempt.message_id)
        .outerjoin(Step, Step.id == Message.step_id)
        .where(Attempt.id > latest, Attempt.started_at >= since, Attempt.outcome.in_(_TELLING))
        .where(Message.campaign_id == campaign_id, Message.kind == MessageKind.WAVE)
        .where(~func.coalesce(_goes_on_elsewhere(), False))
        .order_by(Attempt.id.desc())
        .limit(watch_settings().outcomes)
        .subquery()
    )
    counted, bad = session.execute(select(func.count(), func.coalesce(func.sum(last.c.bad), 0))).one()
    return int(counted), int(bad)


def _goes_on_elsewhere() -> ColumnElement[bool]:
    """SQL: the person is not on this channel, and is written to over the next: most people have no Zalo, and that says
    nothing of the campaign. NULL where nothing was refused."""
    next_channel = Step.ladder[Message.rung + 1]["channel"].astext
    return and_(Message.reason.in_(CANNOT_ARRIVE), next_channel.in_(BY_MESSAGE))


def _written_to(session: Session, campaign_id: int, since: datetime) -> int:
    """The accounts are named so that the ledger's index of what was accepted when serves."""
    lately = (Message.account.in_(list(accounts())), Message.accepted_at >= since)
    written = select(func.count()).where(*lately, Message.campaign_id == campaign_id, Message.kind == MessageKind.WAVE)
    return session.scalar(written) or 0


def _stops(session: Session, campaign_id: int, since: datetime) -> int:
    """People of those written to since, who have said stop after it."""
    written = select(Message.id).where(
        Message.contact_id == ContactPoint.id,
        Message.campaign_id == campaign_id,
        Message.kind == MessageKind.WAVE,
        Message.accepted_at >= since,
        Message.accepted_at <= ContactPoint.stopped_at,
    )
    stopped = select(func.count()).select_from(ContactPoint)
    return session.scalar(stopped.where(ContactPoint.stopped_at >= since, written.exists())) or 0


def _worries(session: Session, campaign_id: int, now: datetime) -> int:
    found = gauge(session, worries_gauge(campaign_id))
    return 0 if found is None or now - found.read_at > _STALE else found.value
