"""An installation for the outreach benchmarks: a database of its own, a stand-in provider, and many people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from core.clock import now, today
from core.database import admin_engine, transaction
from loa.crash_test.running import FACTS
from loa.many_people import add_people
from loa.rehearsal.installation import own_installation, read_settings_anew
from loa.stack import Stack
from outreach.audience import Audience
from outreach.campaign_setup import CampaignPlan, plan_campaign, steps_of
from outreach.releasing import release_step
from outreach.rungs import ONLY_SMS
from outreach.sealing import seal_due_steps

ALL_BUT_STAND_INS = ("rasa", "actions", "answers", "waves", "scheduler", "public", "console")
AS_FAST_AS_IT_GOES = {
    "LOA_TWILIO_PER_SECOND": "1000000",
    "LOA_TWILIO_DAILY_QUOTA": "1000000000",
    "LOA_ESMS_API_KEY": "",
    "LOA_SPEEDSMS_TOKEN": "",
    # Receipts are measured apart: here the stand-in's calls fail at once.
    "LOA_PUBLIC_URL": "http://127.0.0.1:9",
}
_PLANNER, _RELEASER = 1, 2


@dataclass(frozen=True)
class Site:
    """A running installation. `stack`: with the stand-ins' process."""

    stack: Stack


@contextmanager
def site(people: int, *, without: tuple[str, ...] = ALL_BUT_STAND_INS, **settings: str) -> Iterator[Site]:
    """An installation with so many people; `settings` are environment variables."""
    with own_installation(without=without) as stack:
        os.environ.update({**AS_FAST_AS_IT_GOES, **settings})
        read_settings_anew()
        add_people(people, now())
        yield Site(stack)


def release_wave(*communes: str) -> None:
    """An invitation over SMS to everybody in these communes (all, if none is named), due now."""
    plan = CampaignPlan(
        name="Đo tốc độ",
        deadline=today() + timedelta(days=60),
        due_at=now(),
        facts=FACTS,
        audience=Audience(communes=communes),
        ladder=ONLY_SMS,
        reminder=None,
    )
    with transaction() as session:
        campaign = plan_campaign(session, plan, _PLANNER, now())
        for step in steps_of(session, campaign.id):
            release_step(session, step.id, _RELEASER, now())


def database_pid() -> int:
    """The database server's first process."""
    with admin_engine().connect() as connection:
        folder = connection.scalar(text("SHOW data_directory"))
    return int((Path(str(folder)) / "postmaster.pid").read_text().splitlines()[0])


def seal() -> int:
    """Seal what is due; how many steps."""
    with transaction() as session:
        return seal_due_steps(session, now())
