"""What a step will do, before it is released: how many people, segments and đồng, how long, and who is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from core.clock import VIETNAM
from outreach.channels.provider import Account, Unit
from outreach.channels.registry import account_for
from outreach.looking import households
from outreach.reach import Aim, aim_of, count_reached
from outreach.reasons import Reason
from outreach.smiths import smith_for
from outreach.step import Step
from outreach.wording import CannotWord, Wording
from roster.campaign import Campaign

SAMPLES = 3
LOOKED_AT = 500
"""So many texts are made to reckon with, spread over the whole audience; of a smaller one every text is made."""


@dataclass
class Preview:
    """Numbers over the whole audience, and a few finished texts.

    reachable: people; messages: what is sent to them, for a household gets one. segments, price_dong: exact where
    `exact`, else reckoned from LOOKED_AT texts. samples: the shortest, the longest, and some between. without_text: of
    the texts looked at, those that cannot be made, by why. seconds: the sending time, without pauses.
    """

    reachable: int = 0
    messages: int = 0
    segments: int = 0
    price_dong: int = 0
    exact: bool = True
    seconds: float = 0.0
    unreachable: Counter[Reason] = field(default_factory=Counter)
    samples: list[str] = field(default_factory=list)
    without_text: Counter[str] = field(default_factory=Counter)


def preview_step(session: Session, step: Step, now: datetime) -> Preview:
    """What would be sealed at `now`, within what `session` may see. Raises NoAccount."""
    campaign = session.get_one(Campaign, step.campaign_id)
    account, aim = account_for(step.channel), aim_of(step, now)
    reached = count_reached(session, aim)
    preview = Preview(reachable=reached.people, messages=reached.messages, unreachable=reached.unreachable)
    texts = _texts(session, step, campaign, account, aim, reached.messages, preview)
    looked_at = len(texts) + preview.without_text.total()
    preview.exact = looked_at >= reached.messages
    found = sum(text.segments for text in texts)
    preview.segments = found if preview.exact else round(found * reached.messages / max(1, looked_at))
    preview.price_dong = preview.segments * account.price_dong
    units = preview.segments if account.counts is Unit.SEGMENTS else preview.messages
    preview.seconds = units / account.wave_per_second
    preview.samples = _samples(texts)
    return preview


def _texts(
    session: Session, step: Step, campaign: Campaign, account: Account, aim: Aim, messages: int, preview: Preview
) -> list[Wording]:
    smith = smith_for(step, campaign, account, aim.now.astimezone(VIETNAM).date())
    texts = []
    for people in households(session, aim, LOOKED_AT, messages):
        try:
            texts.append(smith.word(people))
        except CannotWord as error:
            preview.without_text[error.why] += 1
    return texts


def _samples(texts: list[Wording]) -> list[str]:
    by_length = sorted({text.body for text in texts}, key=len)
    if len(by_length) <= SAMPLES:
        return by_length
    return [by_length[0], by_length[len(by_length) // 2], by_length[-1]]
