"""The pictures of the officers' guide (docs/officers-guide.md), taken in real Chromium; no test, run by name:

.venv/bin/python -m pytest tests/console/pictures.py
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from conversations.escalation import Reason
from core.clock import now
from core.database import transaction
from core.settings import ROOT
from outreach.message import MessageState
from outreach.reasons import Reason as SendingReason
from roster.claim import ClaimState
from tests.console import ward
from tests.console.conftest import Browser
from tests.console.running import Running, running
from tests.console.test_console_browser import Visit, address, chromium, visit
from tests.environment import TestClock

__all__ = ["address", "chromium", "visit"]

IMAGES = ROOT / "docs" / "images"
SCREEN = {"width": 1100, "height": 760}
NEIGHBOURS = (
    ("Nguyễn Thị Hoa", "Số 4, ngõ 5 phố Lâm Hạ, Tổ 3", 1941),
    ("Trần Văn Bình", "Số 12, ngõ 5 phố Lâm Hạ, Tổ 3", 1948),
    ("Lê Thị Lan", "Số 20, ngõ 5 phố Lâm Hạ, Tổ 3", 1956),
    ("Phạm Văn Tư", "Số 3, phố Ngọc Lâm, Tổ 7", 1939),
    ("Đỗ Thị Mười", "Số 8, phố Ngọc Lâm, Tổ 7", 1950),
    ("Vũ Đình Khang", "Số 15, phố Ngọc Lâm, Tổ 7", 1945),
)
FATES = (MessageState.DELIVERED, MessageState.DELIVERED, MessageState.UNKNOWN, MessageState.ACCEPTED)


def shoot(visit: Visit, role: str, **paths: str) -> None:
    """One picture a page, of what a screen shows; `paths` by the picture's name."""
    page = visit(role, commune=None if role == "manager" else ward.HERE, size=SCREEN)
    for name, path in paths.items():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=IMAGES / f"{name.replace('_', '-')}.png")


def wave(people: list[ward.Citizen], clock: TestClock) -> Running:
    """A wave half done, with one message whose fate only a person can decide."""
    made = running(people, ceiling_dong=1_000_000)
    made.come_to(*FATES)
    with transaction() as session:
        session.merge(made.message(people[2].person_id)).reason = SendingReason.NOBODY_CAN_TELL
    clock.advance(timedelta(minutes=10))
    return made


def test_pictures(sit: Callable[..., Browser], visit: Visit, clock: TestClock) -> None:
    people = [ward.citizen(name, address=where, birth_year=year) for name, where, year in NEIGHBOURS]
    campaign = wave(people, clock).campaign_id
    officer = sit("officer")
    visits = officer.post("/di-tham/", xa=ward.HERE).request.path
    ward.claim(people[0], campaign, holder_name="NGUYEN VAN HAI", declared_at=now() - timedelta(days=2))
    ward.claim(people[1], campaign, holder_name="TRAN VAN BINH", account_number="0011004555666")
    ward.claim(people[4], campaign, state=ClaimState.VERIFIED, verified_by=901)
    ward.says(people[3], "tiền tháng trước của tôi chưa thấy")
    ward.escalation(people[3], Reason.MONEY_MISSING, summary="Chưa nhận được tiền tháng trước.")
    shoot(visit, "officer", guide_queue="/kiem-tra/", guide_inbox="/tro-chuyen/", guide_visits=visits)
    where = f"/dot-khao-sat/{campaign}"
    shoot(visit, "manager", guide_watch=f"{where}/theo-doi", guide_certificate=f"{where}/xac-nhan",
          guide_calendar="/lich-gui/")  # fmt: skip
