"""What waves print for communes: which waves, where, and what is read out there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.reading.commune_choice import communes_in_sight
from core.clock import VIETNAM
from outreach.loudspeaker import Announcement, announcement
from outreach.step import Step, StepState
from outreach.step_moments import communes_of
from outreach.timing import At, FromTet
from outreach.wording import in_commune, words_of
from roster.campaign import TAKES_ANSWERS, Campaign
from roster.commune import Commune

_LET_GO = (StepState.RELEASED, StepState.SEALED, StepState.DONE)


@dataclass(frozen=True)
class ReadOut:
    """What one commune reads out."""

    commune: Commune
    announcement: Announcement


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


def read_out(campaign: Campaign, step: Step, communes: list[Commune]) -> list[ReadOut]:
    """What each of `communes` reads out beside the wave."""
    words, begins = words_of(campaign), _begins(step)
    return [ReadOut(one, announcement(step.kind, one, in_commune(words, one.code), begins)) for one in communes]


def _begins(step: Step) -> date | None:
    """The day of the wave; None where each commune or person has a day of its own."""
    return step.due_at.astimezone(VIETNAM).date() if isinstance(step.moment, At | FromTet) else None
