"""`loa campaign pause|resume|cancel|hours` from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from click.testing import CliRunner, Result

from core.database import transaction
from loa.cli import main
from roster.campaign import AccountDetails, Campaign, CampaignState
from tests.environment import TestClock

type Loa = Callable[..., Result]

WHO = ("--staff", "1", "--because", "theo yêu cầu của UBND")


@pytest.fixture
def campaign_id(database: str, clock: TestClock) -> int:
    with transaction() as session:
        made = Campaign(
            name="Đợt Tết",
            account_details=AccountDetails.OFFICER,
            deadline=date(2027, 1, 20),
            facts={},
            state=CampaignState.RUNNING,
            created_at=clock.now(),
        )
        session.add(made)
        session.flush()
        return made.id


@pytest.fixture
def loa(campaign_id: int) -> Loa:
    """loa("pause"): the command on the campaign, by a member of staff with a reason."""
    return lambda command, *more: CliRunner().invoke(main, ["campaign", command, str(campaign_id), *WHO, *more])


def campaign(campaign_id: int) -> Campaign:
    with transaction() as session:
        return session.get_one(Campaign, campaign_id)


def test_pause_and_resume(loa: Loa, campaign_id: int) -> None:
    assert "Đã tạm dừng" in loa("pause").output
    assert campaign(campaign_id).state is CampaignState.PAUSED
    refused = loa("pause")
    assert (refused.exit_code, "đang chạy" in refused.output) == (1, True)
    assert "Đã cho chạy tiếp" in loa("resume").output
    assert campaign(campaign_id).state is CampaignState.RUNNING


def test_hours(loa: Loa, campaign_id: int) -> None:
    assert "Đã đổi khung giờ" in loa("hours", "--from", "08:00", "--to", "17:30").output
    changed = campaign(campaign_id)
    assert (changed.sending_opens, changed.sending_closes) == (time(8), time(17, 30))
    assert "07:00 đến 22:00" in loa("hours", "--from", "06:00", "--to", "17:30").output
    assert loa("hours", "--from", "08:00").exit_code == 2
    assert loa("hours", "--usual").exit_code == 0
    assert campaign(campaign_id).sending_opens is None


def test_cancel(loa: Loa, campaign_id: int) -> None:
    assert "0 tin chưa đi" in loa("cancel").output
    assert campaign(campaign_id).state is CampaignState.CLOSED
    assert "đã kết thúc" in loa("cancel").output


@pytest.mark.usefixtures("campaign_id")
def test_a_campaign_that_is_not_there(database: str) -> None:
    said = CliRunner().invoke(main, ["campaign", "pause", "999999", *WHO])
    assert (said.exit_code, "Không có chiến dịch này" in said.output) == (1, True)


def test_nobody_acts_without_a_name_and_a_reason(campaign_id: int) -> None:
    assert CliRunner().invoke(main, ["campaign", "pause", str(campaign_id)]).exit_code == 2
