"""Pausing a campaign and letting it go on. Paused: nothing proactive goes out; whoever writes is answered as before.

The machine may pause (a ceiling reached, too many errors, a spike of `stop` or of scam questions); only a person lets
it go on again.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import SYSTEM, Actor, record, staff_actor
from core.gauges import gauge, set_gauge
from roster.campaign import Campaign, CampaignState


class PauseReason(StrEnum):
    """Why a campaign is paused: stored in `campaign.pause_reason`."""

    BY_HAND = "by_hand"
    CEILING = "ceiling"
    ERRORS = "errors"
    STOPS = "stops"
    SCAM_WORRIES = "scam_worries"


WORDS: dict[PauseReason, str] = {
    PauseReason.BY_HAND: "Cán bộ cho tạm dừng",
    PauseReason.CEILING: "Đã chạm mức trần kinh phí của đợt",
    PauseReason.ERRORS: "Quá nhiều tin gửi lỗi",
    PauseReason.STOPS: "Nhiều người xin thôi nhận tin cùng lúc",
    PauseReason.SCAM_WORRIES: "Nhiều người hỏi hoặc báo có phải lừa đảo không",
}
"""What managers read."""


class NotPossible(RuntimeError):
    """The campaign is not in a state that allows it; the text, in Vietnamese, says why."""


def pause_campaign(
    session: Session,
    campaign: Campaign,
    reason: PauseReason,
    now: datetime,
    *,
    actor: Actor = SYSTEM,
    words: str = "",
) -> bool:
    """Pause a running campaign; False where it does not run, or somebody else is changing it at this moment.

    words: what was seen, for the audit log (numbers, or what a person gave as the reason). Never waits for the row:
    a caller that holds messages could stand in a circle with somebody who cancels the campaign. Writes audit, so call
    it last.
    """
    running = select(Campaign).where(Campaign.id == campaign.id, Campaign.state == CampaignState.RUNNING)
    locked = session.scalars(
        running.with_for_update(key_share=True, skip_locked=True).execution_options(populate_existing=True)
    ).one_or_none()
    if locked is None:
        return False
    locked.state, locked.pause_reason, locked.paused_at = CampaignState.PAUSED, reason, now
    record(
        session,
        now,
        actor,
        "campaign.paused",
        f"campaign:{campaign.id}",
        before={"state": CampaignState.RUNNING},
        after={"state": CampaignState.PAUSED, "reason": reason},
        reason=words or WORDS[reason],
    )
    return True


def pause_by_hand(session: Session, campaign_id: int, staff_id: int, now: datetime, words: str) -> None:
    """A member of staff pauses. Raises NotPossible where the campaign does not run."""
    campaign = lock_campaign(session, campaign_id)
    if not pause_campaign(session, campaign, PauseReason.BY_HAND, now, actor=staff_actor(staff_id), words=words):
        raise NotPossible(f"Đợt này không ở trạng thái đang chạy ({campaign.name}).")


def resume_campaign(session: Session, campaign_id: int, staff_id: int, now: datetime, words: str) -> None:
    """A member of staff lets a paused campaign go on. Raises NotPossible where it is not paused.

    What was seen before this moment pauses it no more: see `outreach.campaign_watch`.
    """
    campaign = lock_campaign(session, campaign_id)
    if campaign.state is not CampaignState.PAUSED:
        raise NotPossible(f"Đợt này không bị tạm dừng ({campaign.name}).")
    before = campaign.pause_reason
    campaign.state, campaign.pause_reason, campaign.paused_at = CampaignState.RUNNING, None, None
    set_gauge(session, _resumed(campaign_id), math.ceil(now.timestamp()), now)
    record(
        session,
        now,
        staff_actor(staff_id),
        "campaign.resumed",
        f"campaign:{campaign.id}",
        before={"state": CampaignState.PAUSED, "reason": before},
        after={"state": CampaignState.RUNNING},
        reason=words,
    )


def resumed_at(session: Session, campaign_id: int) -> datetime | None:
    """When somebody last let the campaign go on; None when nobody ever had to."""
    found = gauge(session, _resumed(campaign_id))
    return None if found is None else datetime.fromtimestamp(found.value, UTC)


def lock_campaign(session: Session, campaign_id: int) -> Campaign:
    """The campaign, locked against other changes of it, but not against rows that are being added to it."""
    wanted = select(Campaign).where(Campaign.id == campaign_id).with_for_update(key_share=True)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def _resumed(campaign_id: int) -> str:
    return f"campaign_resumed_at:{campaign_id}"


def pause_words(campaign: Campaign) -> str | None:
    """Why it is paused, as a manager reads it; None where it is not."""
    return WORDS[PauseReason(campaign.pause_reason)] if campaign.pause_reason else None
