"""What waves print for communes: which waves, where, and what is read out there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.reading.commune_choice import communes_in_sight
from core.clock import VIETNAM
from outreach.loudspeaker import Announcement, announcement, read_as_written
from outreach.loudspeaker_text import LoudspeakerText, own_texts
from outreach.step import Step, StepState
from outreach.step_moments import communes_of
from outreach.timing import At, FromTet
from outreach.wording import in_commune, words_of
from roster.campaign import TAKES_ANSWERS, Campaign
from roster.commune import Commune

_LET_GO = (StepState.RELEASED, StepState.SEALED, StepState.DONE)


@dataclass(frozen=True)
class ReadOut:
    """What one commune reads out; `own`: where somebody has changed it, that; `made`: what it was made from."""

    commune: Commune
    announcement: Announcement
    made: Announcement
    own: LoudspeakerText | None


def waves_to_print(session: Session) -> list[tuple[Step, Campaign]]:
    """The released waves of the campaigns that run, the newest first."""
    wanted = (
        select(Step, Campaign)
        .join(Campaign, Campaign.id == Step.campaign_id)
        .where(Campaign.state.in_(TAKES_ANSWERS), Step.state.in_(_LET_GO))
        .order_by(Campaign.id.desc(), Step.due_at.desc(), Step.id)
    )
    return [(step, campaign) for step, campaign in session.execute(wanted)]


def communes_of_wave(session: Session, step: Step) -> list[Commune]:
    """The communes in sight where the wave goes, by name."""
    meant = set(communes_of(session, step))
    return [commune for commune in communes_in_sight(session) if commune.code in meant]


def read_out(session: Session, campaign: Campaign, step: Step, communes: Sequence[Commune]) -> list[ReadOut]:
    """What each of `communes` reads out beside the wave."""
    own = own_texts(session, step.id)
    return [_read_out(campaign, step, one, own.get(one.code)) for one in communes]


def _read_out(campaign: Campaign, step: Step, commune: Commune, own: LoudspeakerText | None) -> ReadOut:
    words = in_commune(words_of(campaign), commune.code)
    made = announcement(step.kind, commune, words, _begins(step))
    said = read_as_written(own.text, words) if own and own.text else made
    return ReadOut(commune, said, made, own)


def _begins(step: Step) -> date | None:
    """The day of the wave; None where each commune or person has a day of its own."""
    return step.due_at.astimezone(VIETNAM).date() if isinstance(step.moment, At | FromTet) else None
