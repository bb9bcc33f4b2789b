"""Campaigns: planned by one, released by another, followed in numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import now
from core.database import transaction
from outreach.sealing import seal_due_steps
from outreach.step import Step, StepState
from outreach.usual_texts import INVITATION
from roster.campaign import Campaign, CampaignState
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

FORM = {
    "name": "Đợt trước Tết",
    "due_day": "12/11/2026",
    "due_time": "8:30",
    "deadline": "25/12/2026",
    "account_details": "officer",
    "phone": "024 3852 0000",
    "payday": "từ ngày 5",
    "invitation": INVITATION,
}


@pytest.fixture(scope="module", autouse=True)
def people(database: str) -> None:
    """Two to be reached, one without a phone that can be."""
    ward.citizen("Nguyễn Thị Hoa")
    ward.citizen("Lê Thị Lan", commune=ward.ELSEWHERE)
    ward.citizen("Đã Mất", deceased_at=now())


def plan(manager: Browser, **changes: Any) -> tuple[str, str]:
    """(path, page) after the form was sent."""
    answer = manager.post("/dot-khao-sat/moi", **{**FORM, **changes})
    return answer.request.path, answer.text


def step_of(path: str) -> Step:
    with transaction() as session:
        return session.scalars(select(Step).where(Step.campaign_id == int(path.rsplit("/", 1)[1]))).first()  # type: ignore[return-value]


def test_one_plans_and_another_releases(sit: Callable[..., Browser], clock: TestClock) -> None:
    planner, second = sit("manager", commune=None, name="Phạm Thị Lan"), sit("manager", commune=None)
    path, page = plan(planner)
    assert "Cần một người khác xem" in page and "một người khác phải cho gửi" in page
    step = step_of(path)
    assert step.due_at.isoformat() == "2026-11-12T01:30:00+00:00"
    assert "không được tự duyệt" in planner.post(f"/dot-khao-sat/luot/{step.id}/cho-gui").text
    assert "Phạm Thị Lan" in second.page(path)
    assert "Đã cho gửi" in second.post(f"/dot-khao-sat/luot/{step.id}/cho-gui").text
    assert step_of(path).state is StepState.RELEASED
    clock.set(step.due_at)
    with transaction() as session:
        seal_due_steps(session, step.due_at)
    assert "2 tin trong sổ" in sit("manager", commune=None).page(path)


def test_the_preview_counts_everybody_and_names_who_is_out_of_reach(sit: Callable[..., Browser]) -> None:
    manager = sit("manager", commune=None)
    path, _ = plan(manager)
    preview = manager.page(f"/dot-khao-sat/luot/{step_of(path).id}/xem-truoc")
    assert "<strong>2</strong> người sẽ nhận tin" in preview and "UBND Phuong Bo De" in preview
    assert "Người này đã mất: 1 người" in preview and "Đã Mất" in preview


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kính gửi {xung_ho}, gọi {dien_thoai}.", "1 tin · 800 đ"),
        ("Kính gửi {xung_ho}, xem http://abc.vn", "Sửa chỗ báo đỏ"),
        ("Đến {noi_lam_viec}", "Sửa chỗ báo đỏ"),
    ],
)
def test_a_text_is_tried_on_real_rows_while_it_is_written(sit: Callable[..., Browser], text: str, said: str) -> None:
    manager = sit("manager", commune=None)
    answer = manager.post("/dot-khao-sat/xem-truoc?tin=invitation", **{**FORM, "invitation": text}).text
    assert said in answer


def test_the_preview_follows_the_chosen_communes(sit: Callable[..., Browser]) -> None:
    manager = sit("manager", commune=None)
    answer = manager.post("/dot-khao-sat/xem-truoc?tin=invitation", **FORM, communes=ward.ELSEWHERE).text
    assert "Xa Ha Bang" in answer and "Phuong Bo De" not in answer


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "Xin đặt tên"),
        ({"deadline": "2026-12-25"}, "hạn chót theo ngày/tháng/năm"),
        ({"due_time": "tám giờ"}, "giờ gửi theo giờ:phút"),
        ({"due_time": "22:15"}, "giờ nghỉ"),
        ({"due_day": "09/11/2026"}, "đã qua"),
        ({"deadline": "12/11/2026"}, "Hạn chót phải sau"),
        ({"account_details": ""}, "nơi ghi số tài khoản"),
        ({"phone": ""}, "dien_thoai"),
    ],
)
def test_what_cannot_be_planned_is_explained_and_kept(
    sit: Callable[..., Browser], changes: dict[str, str], said: str
) -> None:
    manager = sit("manager", commune=None)
    answer = manager.post("/dot-khao-sat/moi", **{**FORM, **changes})
    assert answer.status_code == 422 and said in answer.text
    assert "từ ngày 5" in answer.text, "what was typed stays"


def test_a_step_is_taken_back_with_a_reason(sit: Callable[..., Browser]) -> None:
    manager = sit("manager", commune=None)
    path, _ = plan(manager)
    step_id = step_of(path).id
    assert "Xin ghi lý do hủy" in manager.post(f"/dot-khao-sat/luot/{step_id}/huy", reason="").text
    assert "Đã hủy lượt gửi" in manager.post(f"/dot-khao-sat/luot/{step_id}/huy", reason="sai ngày").text
    assert step_of(path).state is StepState.CANCELLED


def facts_of(path: str) -> dict[str, Any]:
    with transaction() as session:
        return session.get_one(Campaign, int(path.rsplit("/", 1)[1])).facts


def test_facts_are_changed_for_all_and_for_one_commune(sit: Callable[..., Browser]) -> None:
    manager = sit("manager", commune=None)
    path, _ = plan(manager)
    common = {"deadline": "30/12/2026", "account_details": "vneid", "phone": "024 3333 4444"}
    assert "Đã lưu" in manager.post(f"{path}/thong-tin", **common).text
    manager.post(f"{path}/thong-tin", xa=ward.HERE, phone="024 5555 6666")
    facts = facts_of(path)
    assert facts["phone"] == "024 3333 4444" and "payday" not in facts
    assert facts["communes"][ward.HERE]["phone"] == "024 5555 6666"
    assert "024 5555 6666" in manager.page(f"{path}/thong-tin?xa={ward.HERE}")
    manager.post(f"{path}/thong-tin", xa=ward.HERE)
    assert "communes" not in facts_of(path)
    page = manager.page(path)
    assert "30/12/2026" in page and "VNeID" in page


def test_a_wrong_deadline_changes_nothing(sit: Callable[..., Browser]) -> None:
    manager = sit("manager", commune=None)
    path, _ = plan(manager)
    form = {"deadline": "31/02/2027", "account_details": "chat", "phone": "1"}
    assert "Xin ghi hạn chót" in manager.post(f"{path}/thong-tin", **form).text
    assert facts_of(path)["phone"] == "024 3852 0000"


def test_a_campaign_is_ended(sit: Callable[..., Browser]) -> None:
    manager = sit("manager", commune=None)
    path, _ = plan(manager)
    manager.post(f"{path}/ket-thuc")
    with transaction() as session:
        assert session.get_one(Campaign, int(path.rsplit("/", 1)[1])).state is CampaignState.CLOSED
