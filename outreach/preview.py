"""What a step will do, before it is released: how many people, segments and đồng, how long, and who is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from outreach.audience import Audience, members
from outreach.channels.registry import account_for
from outreach.reasons import Reason
from outreach.sealing import wordsmith
from outreach.step import Step
from roster.campaign import Campaign

SAMPLES = 3


@dataclass
class Preview:
    """Numbers over the whole audience, and a few finished texts. `seconds` is the sending time, without pauses."""

    reachable: int = 0
    segments: int = 0
    price_dong: int = 0
    seconds: float = 0.0
    unreachable: Counter[Reason] = field(default_factory=Counter)
    samples: list[str] = field(default_factory=list)


def preview_step(session: Session, step: Step, now: datetime) -> Preview:
    """Every row as it would be sealed at `now`, within what `session` may see. Raises PlaceholderError, NoAccount."""
    campaign = session.get_one(Campaign, step.campaign_id)
    account = account_for(step.channel)
    smith = wordsmith(step, campaign, now)
    preview = Preview()
    for batch in members(session, campaign.id, Audience.from_json(step.audience)):
        for member in batch:
            if member.phone is None:
                preview.unreachable[member.unreachable or Reason.NO_PHONE] += 1
                continue
            wording = smith.word(member, member.phone)
            preview.reachable += 1
            preview.segments += wording.segments
            if len(preview.samples) < SAMPLES:
                preview.samples.append(wording.body)
    preview.price_dong = preview.segments * account.price_dong
    preview.seconds = preview.reachable / account.wave_per_second
    return preview
