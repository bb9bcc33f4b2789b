"""How long what is left of a campaign will still take, account by account, at the pace they go at now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.account_pace import first_pace
from outreach.account_pause import paused_until
from outreach.campaign_hours import hours_of
from outreach.channels.registry import accounts
from outreach.forecast import Forecast
from outreach.message import Message, MessageKind, MessageState
from outreach.step import Step
from outreach.wave_forecast import forecast_wave
from outreach.wave_pace import wave_percent
from roster.campaign import Campaign


@dataclass(frozen=True)
class AccountLeft:
    """What one account has still to send. forecast: None while it sends nothing at all, or is not set up any more."""

    account: str
    messages: int
    forecast: Forecast | None


def time_left(session: Session, campaign: Campaign, now: datetime) -> list[AccountLeft]:
    """What waits to be sent of the campaign, and when it will be out, if nothing else goes over the same accounts.

    A paused campaign is reckoned as if it went on now.
    """
    return [AccountLeft(name, waiting, _forecast(session, campaign, name, waiting, per_message, now))
            for name, waiting, per_message in _waiting(session, campaign.id)]  # fmt: skip


def _waiting(session: Session, campaign_id: int) -> list[tuple[str, int, float]]:
    """(account, messages that wait, segments that its messages had so far on average)."""
    waits = func.count().filter(Message.state == MessageState.PLANNED)
    made = func.avg(Message.segments).filter(Message.segments > 0)
    rows = session.execute(
        select(Message.account, waits, made)
        .where(Message.step_id.in_(select(Step.id).where(Step.campaign_id == campaign_id)))
        .where(Message.kind == MessageKind.WAVE)
        .group_by(Message.account)
        .having(waits > 0)
        .order_by(Message.account)
    )
    return [(account, waiting, float(segments or 1)) for account, waiting, segments in rows]


def _forecast(
    session: Session, campaign: Campaign, name: str, waiting: int, per_message: float, now: datetime
) -> Forecast | None:
    account, percent = accounts().get(name), wave_percent(session)
    if account is None or not percent:
        return None
    per_second = first_pace(session, account).per_second * percent / 100
    slowed = replace(account, wave_per_second=per_second)
    rests = paused_until(session, name)
    start = now if rests is None else max(now, rests)
    hours = hours_of(campaign.sending_opens, campaign.sending_closes)
    return forecast_wave(session, slowed, waiting, round(waiting * per_message), start, hours)
