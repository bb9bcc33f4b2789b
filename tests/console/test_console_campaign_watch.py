"""The page of a running campaign: its numbers, why it is slow or stands still, and its buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from core.gauges import GaugeName, set_gauge
from outreach.account_pause import pause_account
from outreach.campaign_pause import PauseReason, pause_campaign
from outreach.message import MessageState
from roster.campaign import Campaign, CampaignState
from roster.claim import ClaimState
from tests.console import ward
from tests.console.conftest import Browser
from tests.console.running import Running, running
from tests.environment import TestClock

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def emptied(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, gauge CASCADE")


@pytest.fixture
def manager(sit: Callable[..., Browser]) -> Browser:
    return sit("manager", commune=None, name="Phạm Thị Lan")


def wave() -> Running:
    """Six people of two communes: two delivered, one taken, one refused, one unknown, one still waits."""
    people = [ward.citizen(f"Người Thứ {n}") for n in range(5)] + [ward.citizen("Người Xa", commune=ward.ELSEWHERE)]
    made = running(people, ceiling_dong=1_000_000)
    made.come_to(MessageState.DELIVERED, MessageState.DELIVERED, MessageState.ACCEPTED, MessageState.REJECTED,
                 MessageState.UNKNOWN)  # fmt: skip
    ward.claim(people[0], made.campaign_id, state=ClaimState.VERIFIED, verified_by=1)
    return made


def at(made: Running, more: str = "") -> str:
    return f"/dot-khao-sat/{made.campaign_id}/theo-doi{more}"


def cells(page: str, name: str) -> list[str]:
    """The numbers on one line of the funnel."""
    line = page.split(f'<th scope="row">{name}</th>')[1].split("</tr>")[0]
    return [
        cell.split(">", 1)[1].split("</td>")[0].replace("<strong>", "").split("<")[0] for cell in line.split("<td")[1:]
    ]


def test_the_funnel_stands_by_wave_commune_category_and_channel(manager: Browser) -> None:
    made = wave()
    page = manager.page(at(made))
    assert cells(page, "Cả đợt") == ["6", "3", "2", "1", "1", "1", "1", "0"]
    assert cells(page, "Tin mời, 10/11/2026") == ["6", "3", "2", "1", "1", "1", "1", "0"]
    by_commune = manager.page(at(made, "?chia=xa"))
    assert cells(by_commune, "Phường Bồ Đề")[:3] == ["5", "3", "2"]
    assert cells(by_commune, "Xã Hạ Bằng")[:3] == ["1", "0", "0"]
    assert cells(manager.page(at(made, "?chia=kenh")), "Tin nhắn SMS")[0] == "6"
    assert cells(manager.page(at(made, "?chia=dien")), "Bảo trợ xã hội")[0] == "6"


def test_cost_ceiling_time_left_and_what_needs_a_look(manager: Browser) -> None:
    page = manager.page(at(wave()))
    assert "3.200 đ" in page and "trần 1.000.000 đ" in page
    assert "<strong>1</strong> tin chờ gửi" in page and "nữa thì gửi hết" in page
    assert "1 chưa rõ, 0 tạm giữ" in page


def test_why_it_is_slow_and_which_account_rests(manager: Browser) -> None:
    made = wave()
    with transaction() as session:
        set_gauge(session, GaugeName.WAVE_PACE, 25, now(), "Đang có 260 việc chờ cán bộ (giới hạn 200)")
        pause_account(session, "twilio", now().replace(hour=4), now(), "Không liên lạc được với nhà cung cấp.")
    page = manager.page(at(made))
    assert "Đang có 260 việc chờ cán bộ" in page and "<strong>25%</strong>" in page
    assert "Không liên lạc được với nhà cung cấp." in page and "Nghỉ đến 11:00 10/11/2026" in page


def test_a_pause_by_the_machine_says_what_was_seen(manager: Browser) -> None:
    made = wave()
    with transaction() as session:
        campaign = session.get_one(Campaign, made.campaign_id)
        pause_campaign(
            session, campaign, PauseReason.STOPS, now(), words="Trong 2 giờ qua có 31/500 (6%) người xin thôi."
        )
    page = manager.page(at(made))
    assert "Nhiều người xin thôi nhận tin cùng lúc" in page and "có 31/500 (6%) người xin thôi" in page
    assert "Hệ thống" in page and "Tạm dừng gửi tin" in page


def state(made: Running) -> CampaignState:
    with transaction() as session:
        return session.get_one(Campaign, made.campaign_id).state


def audited(action: str) -> AuditEntry:
    with transaction() as session:
        return session.scalars(
            select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id.desc())
        ).first()  # type: ignore[return-value]


def test_it_is_paused_and_goes_on_with_a_reason_that_is_kept(manager: Browser) -> None:
    made = wave()
    base = f"/dot-khao-sat/{made.campaign_id}"
    assert "Xin ghi lý do" in manager.post(f"{base}/tam-dung", reason=" ").text
    assert state(made) is CampaignState.RUNNING
    assert "Đã tạm dừng" in manager.post(f"{base}/tam-dung", reason="chờ họp giao ban").text
    assert (state(made), audited("campaign.paused").reason) == (CampaignState.PAUSED, "chờ họp giao ban")
    assert audited("campaign.paused").actor == f"staff:{manager.staff_id}"
    assert "không ở trạng thái đang chạy" in manager.post(f"{base}/tam-dung", reason="lần nữa").text
    page = manager.post(f"{base}/chay-tiep", reason="đã họp xong").text
    assert "Đã cho chạy tiếp" in page and "chờ họp giao ban" in page and "Phạm Thị Lan" in page
    assert state(made) is CampaignState.RUNNING


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"tu": "18:00", "den": "21:00"}, "Đã đổi khung giờ"),
        ({"tu": "06:00", "den": "21:00"}, "07:00 đến 22:00"),
        ({"tu": "sáu giờ", "den": "21:00"}, "Xin ghi giờ theo giờ:phút"),
        ({"chung": "1"}, "khung giờ chung"),
    ],
)
def test_its_hours_are_moved(manager: Browser, form: dict[str, str], said: str) -> None:
    made = wave()
    assert said in manager.post(f"/dot-khao-sat/{made.campaign_id}/khung-gio", reason="lịch họp dân", **form).text


def test_it_is_called_off_with_what_has_not_left(manager: Browser) -> None:
    made = wave()
    assert (
        "1 tin chưa gửi sẽ không gửi nữa"
        in manager.post(f"/dot-khao-sat/{made.campaign_id}/huy-dot", reason="đổi kế hoạch").text
    )
    assert state(made) is CampaignState.CLOSED
    assert "đã kết thúc" in manager.page(at(made))


def test_the_buttons_follow_when_the_campaign_has_changed_meanwhile(manager: Browser) -> None:
    made = wave()
    assert 'id="steering"' not in manager.page(at(made, "/hien-tai?thay=running"))
    with transaction() as session:
        pause_campaign(session, session.get_one(Campaign, made.campaign_id), PauseReason.ERRORS, now())
    changed = manager.page(at(made, "/hien-tai?thay=running"))
    assert 'id="steering"' in changed and "Cho chạy tiếp" in changed
    assert "<html" not in changed
