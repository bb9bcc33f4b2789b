"""The hours in which a campaign's messages go out, its own or the installation's; and which campaigns wait just now."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from core.audit import record, staff_actor
from outreach.calendar import LAW_CLOSES, LAW_OPENS, Hours, permitted
from outreach.campaign_pause import lock_campaign
from outreach.delivery_settings import delivery_settings
from outreach.message import Message
from roster.campaign import Campaign, CampaignState


class HoursRefused(ValueError):
    """Hours that may not be; the text, in Vietnamese, says why."""


def hours_of(opens: time | None, closes: time | None) -> Hours:
    """A campaign's hours from its two columns; the installation's where it has none of its own."""
    if opens is None or closes is None:
        return delivery_settings().hours
    return Hours(opens, closes)


def change_hours(
    session: Session, campaign_id: int, hours: tuple[time, time] | None, staff_id: int, now: datetime, words: str
) -> None:
    """Give a campaign hours of its own (opens, closes), or None: the installation's again. Counts from now on, also for
    a wave that is under way. Raises HoursRefused outside of the law's hours."""
    opens, closes = hours or (None, None)
    try:
        hours_of(opens, closes)
    except ValueError:
        raise HoursRefused(f"Giờ gửi phải nằm trong khoảng {LAW_OPENS:%H:%M} đến {LAW_CLOSES:%H:%M}.") from None
    campaign = lock_campaign(session, campaign_id)
    before = _told(campaign)
    campaign.sending_opens, campaign.sending_closes = opens, closes
    record(
        session,
        now,
        staff_actor(staff_id),
        "campaign.hours",
        f"campaign:{campaign.id}",
        before=before,
        after=_told(campaign),
        reason=words,
    )


def waiting_campaigns(session: Session, now: datetime) -> list[int]:
    """Campaigns of which nothing proactive may go out at `now`: paused, or outside of their hours."""
    alive = select(Campaign.id, Campaign.state, Campaign.sending_opens, Campaign.sending_closes).where(
        Campaign.state.in_((CampaignState.RUNNING, CampaignState.PAUSED))
    )
    return [
        row.id
        for row in session.execute(alive)
        if row.state is CampaignState.PAUSED or not permitted(now, hours_of(row.sending_opens, row.sending_closes))
    ]


def may_go_now(session: Session, now: datetime) -> ColumnElement[bool]:
    """SQL on Message: its campaign does not wait. In the query itself, so that a paused campaign's rows do not stand in
    the way of others behind them."""
    waiting = waiting_campaigns(session, now)
    return or_(Message.campaign_id.is_(None), Message.campaign_id.not_in(waiting)) if waiting else true()


def _told(campaign: Campaign) -> dict[str, str | None]:
    return {"opens": _written(campaign.sending_opens), "closes": _written(campaign.sending_closes)}


def _written(at: time | None) -> str | None:
    return None if at is None else f"{at:%H:%M}"
