"""A campaign while it runs: how far it has come, what it costs, how fast it goes and why not faster."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.audit import AuditEntry
from core.gauges import GaugeName, gauge
from outreach.account_health import failing_since
from outreach.account_pace import why_slow
from outreach.account_pause import paused_until, why_paused
from outreach.campaign_watch import look_at
from outreach.channels.registry import accounts
from outreach.funnel import Split, Stages, stages, stages_by
from outreach.message import Message, MessageState
from outreach.spending import spent
from outreach.step import Step
from outreach.time_left import AccountLeft, time_left
from outreach.watch_rules import Seen
from outreach.wave_pace import wave_percent
from roster.campaign import Campaign, CampaignState

_STEERING = ("campaign.paused", "campaign.resumed", "campaign.hours", "campaign.ceiling", "campaign.cancelled")
_NEWEST = 12


@dataclass(frozen=True)
class AccountStanding:
    """An account that serves the campaign and does not go as fast as it could: until when it rests, and why."""

    name: str
    rests_until: datetime | None
    failing_since: datetime | None
    why: str | None


@dataclass(frozen=True)
class Watch:
    """What the page shows of `campaign` at this moment. seen: None where the campaign sends nothing by itself."""

    campaign: Campaign
    whole: Stages
    lines: Mapping[str, Stages]
    spent_dong: int
    left: list[AccountLeft]
    percent: int
    why_slow: str | None
    accounts: list[AccountStanding]
    seen: Seen | None
    paused_because: str | None
    unknown: int
    held: int

    @property
    def waiting(self) -> int:
        return sum(one.messages for one in self.left)

    @property
    def ends(self) -> datetime | None:
        """When the last message is out; None where nothing waits, or nobody can tell."""
        ends = [one.forecast.ends if one.forecast else None for one in self.left]
        return None if not ends or None in ends else max(end for end in ends if end is not None)


def watch(session: Session, campaign: Campaign, split: Split, now: datetime) -> Watch:
    """The campaign as it stands at `now`, its people split as wanted."""
    slow = gauge(session, GaugeName.WAVE_PACE)
    return Watch(
        campaign=campaign,
        whole=stages(session, campaign.id),
        lines=stages_by(session, campaign.id, split),
        spent_dong=spent(session, campaign.id),
        left=time_left(session, campaign, now),
        percent=wave_percent(session),
        why_slow=slow.note if slow else None,
        accounts=_accounts(session, campaign.id, now),
        seen=look_at(session, campaign.id, now) if campaign.state is CampaignState.RUNNING else None,
        paused_because=_paused_because(session, campaign),
        unknown=_rows(session, campaign.id, (MessageState.UNKNOWN,)),
        held=_rows(session, campaign.id, (MessageState.HELD,)),
    )


def steering_log(session: Session, campaign_id: int) -> list[AuditEntry]:
    """Who paused it, let it go on, moved its hours, and why; the newest first."""
    rows = select(AuditEntry).where(AuditEntry.subject == f"campaign:{campaign_id}", AuditEntry.action.in_(_STEERING))
    return list(session.scalars(rows.order_by(AuditEntry.id.desc()).limit(_NEWEST)))


def _accounts(session: Session, campaign_id: int, now: datetime) -> list[AccountStanding]:
    used = select(Message.account).where(Message.step_id.in_(_steps(campaign_id))).distinct()
    standing = [_standing(session, name, now) for name in sorted(session.scalars(used))]
    return [one for one in standing if one.rests_until or one.failing_since or one.why]


def _standing(session: Session, name: str, now: datetime) -> AccountStanding:
    until = paused_until(session, name)
    rests = until if until is not None and until > now else None
    account = accounts().get(name)
    slow = why_slow(session, account) if account else "Tài khoản này không còn được khai trong hệ thống."
    return AccountStanding(name, rests, failing_since(session, name), why_paused(session, name) if rests else slow)


def _paused_because(session: Session, campaign: Campaign) -> str | None:
    """What was seen, or what whoever paused it gave as the reason."""
    if campaign.state is not CampaignState.PAUSED:
        return None
    paused = select(AuditEntry.reason).where(
        AuditEntry.subject == f"campaign:{campaign.id}", AuditEntry.action == "campaign.paused"
    )
    return session.scalar(paused.order_by(AuditEntry.id.desc()).limit(1))


def _rows(session: Session, campaign_id: int, states: Collection[MessageState]) -> int:
    counted = select(func.count()).where(Message.step_id.in_(_steps(campaign_id)), Message.state.in_(states))
    return session.scalar(counted) or 0


def _steps(campaign_id: int) -> Select[int]:
    return select(Step.id).where(Step.campaign_id == campaign_id)
