"""The demo: staff, the sample roster, and a campaign whose invitations go to the phones of the stand-in provider."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from console.seed import SignIn, demo_sign_ins, demo_staff
from core.clock import VIETNAM, now
from core.database import transaction
from core.settings import ROOT, settings
from loa.stand_ins.demo import settle
from outreach.calendar import next_permitted, permitted
from outreach.campaign_setup import CampaignPlan, plan_campaign, steps_of
from outreach.delivery_settings import delivery_settings
from outreach.releasing import release_step
from roster.campaign import AccountDetails, Campaign
from roster.importing.merging import merge
from roster.importing.staging import stage

SAMPLE = ROOT / "tests" / "data" / "roster_sample.xlsx"
FACTS = {
    "phone": "024 3852 0000",
    "office": "bộ phận một cửa, trụ sở UBND",
    "hours": "8:00-11:30 và 13:30-17:00, thứ hai đến thứ sáu",
    "payday": "từ ngày 5 đến ngày 10 hằng tháng",
    "documents": "căn cước công dân",
    "opening_place": "trụ sở UBND",
}


def set_demo_clock() -> bool:
    """Outside the hours in which messages may go out, let the demo live in the next permitted morning.

    True when the clock was set. Development only: production refuses a clock of its own.
    """
    if permitted(now(), delivery_settings().hours):
        return False
    clock = ROOT / ".data" / "demo-clock"
    clock.parent.mkdir(exist_ok=True)
    clock.write_text((next_permitted(now(), delivery_settings().hours) + timedelta(hours=1)).isoformat())
    os.environ["LOA_CLOCK_FILE"] = str(clock)
    settings.cache_clear()
    return True


def load_demo() -> list[SignIn]:
    """Load the demo where the database holds no campaign yet; gives the sign-ins."""
    with transaction() as session:
        if session.scalar(select(func.count()).select_from(Campaign)):
            return demo_sign_ins()
        _import_sample(session, SAMPLE)
        sign_ins = demo_staff(session)
        settle(session)
        planner, releaser = (one.staff_id for one in sign_ins if one.role == "manager")
        _start_campaign(session, planner, releaser)
        return sign_ins


def _import_sample(session: Session, file: Path) -> None:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").digest()
    staged = stage(session, file, file.name, digest, None, now())
    merge(session, staged.id, None, now(), skip_errors=True)


def _start_campaign(session: Session, planner: int, releaser: int) -> None:
    plan = CampaignPlan(
        name="Nhận trợ cấp qua tài khoản trước Tết (bản mẫu)",
        deadline=(now() + timedelta(days=45)).astimezone(VIETNAM).date(),
        due_at=now(),
        facts=FACTS,
        account_details=AccountDetails.CHAT,
    )
    campaign = plan_campaign(session, plan, planner, now())
    for step in steps_of(session, campaign.id):
        release_step(session, step.id, releaser, now())
