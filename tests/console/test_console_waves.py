"""Waves in the console: whom, when, over which ladder, with what text; looked at on real rows before, and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import psycopg
import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from outreach.audience import Audience
from outreach.campaign_setup import CampaignPlan, plan_campaign
from outreach.releasing import release_step
from outreach.rungs import ONLY_SMS, Rung
from outreach.saved_audience import save_audience
from outreach.step import Step, StepKind, StepState
from outreach.timing import At, FromOwnStep, FromPayday, FromTet, Timing
from outreach.usual_texts import USUAL_TEXTS
from roster.campaign import Campaign, CampaignState
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

SOMEBODY = 1
FACTS = {"phone": "024 3852 0000", "payday": "từ ngày 5 đến ngày 10 hằng tháng"}
FORM = {
    "whom": "all",
    "moment": "tet",
    "tet_days": "30",
    "tet_side": "before",
    "tet_time": "9:00",
    "rung_1": "sms",
    "text": USUAL_TEXTS[StepKind.FINAL],
}
TEXT = USUAL_TEXTS[StepKind.FINAL]


@pytest.fixture(autouse=True)
def nobody(database: str, clock: TestClock) -> Iterator[None]:
    """An empty roster after each test."""
    yield
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("TRUNCATE campaign, person, contact_point, saved_audience CASCADE")


@pytest.fixture
def manager(sit: Callable[..., Browser]) -> Browser:
    return sit("manager", commune=None)


@pytest.fixture
def campaign_id(database: str, clock: TestClock) -> int:
    """A planned campaign with an invitation for 12 November, its last day for answers on 25 January."""
    plan = CampaignPlan(
        "Trước Tết", date(2027, 1, 25), datetime(2026, 11, 12, 2, tzinfo=UTC), FACTS, reminder=None, ladder=ONLY_SMS
    )
    with transaction() as session:
        return plan_campaign(session, plan, SOMEBODY, now()).id


def step_of(campaign_id: int, kind: StepKind = StepKind.FINAL) -> Step:
    with transaction() as session:
        return session.scalars(select(Step).where(Step.campaign_id == campaign_id, Step.kind == kind)).one()


def path(campaign_id: int, kind: StepKind = StepKind.FINAL, what: str = "moi") -> str:
    return f"/dot-khao-sat/{campaign_id}/luot/{what}?loai={kind}"


@pytest.mark.parametrize(
    ("typed", "timing"),
    [
        ({"moment": "at", "at_day": "20/01/2027", "at_time": "8:30"}, At(datetime(2027, 1, 20, 1, 30, tzinfo=UTC))),
        ({}, FromTet(-30, time(9))),
        ({"moment": "payday", "payday_days": "2", "payday_side": "after", "payday_time": "10:00"},
         FromPayday(2, time(10))),
        ({"moment": "own_step", "own_count": "3", "own_unit": "d"}, FromOwnStep(timedelta(days=3))),
        ({"moment": "own_step", "own_count": "12", "own_unit": "h"}, FromOwnStep(timedelta(hours=12))),
    ],
)  # fmt: skip
def test_each_kind_of_moment_is_planned_and_shown_again(
    manager: Browser, campaign_id: int, typed: dict[str, str], timing: Timing
) -> None:
    page = manager.post(path(campaign_id), **{**FORM, **typed}).text
    assert "Đã lập lượt gửi" in page and "một người khác phải cho gửi" in page
    step = step_of(campaign_id)
    assert step.moment == timing
    form = manager.page(f"/dot-khao-sat/luot/{step.id}/sua")
    chosen = typed.get("moment", "tet")
    assert f'value="{chosen}" checked' in form
    for name, value in typed.items():
        if name.endswith(("_days", "_count", "_day")):
            assert f'name="{name}"' in form and f'value="{value}"' in form


def test_a_ladder_is_planned_in_its_order_and_read_out(manager: Browser, campaign_id: int) -> None:
    ladder = {"rung_1": "zalo", "rung_2": "sms", "wait_2": "6", "rung_3": "call", "wait_3": "24", "rung_4": "visit"}
    page = manager.post(path(campaign_id), **{**FORM, **ladder}).text
    assert step_of(campaign_id).rungs == (
        Rung("zalo"), Rung("sms", timedelta(hours=6)), Rung("call", timedelta(hours=24)), Rung("visit"),
    )  # fmt: skip
    assert "Zalo; 6 giờ chưa tới thì SMS; 1 ngày chưa tới thì gọi điện; không tới thì đến nhà" in page
    form = manager.page(f"/dot-khao-sat/luot/{step_of(campaign_id).id}/sua")
    assert 'name="wait_2" inputmode="numeric" maxlength="3" value="6"' in form
    assert "Zalo (chưa cài đặt)" in form


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"moment": ""}, "Xin chọn khi nào gửi"),
        ({"moment": "at", "at_day": "09/11/2026", "at_time": "9:00"}, "Giờ gửi đã qua"),
        ({"moment": "at", "at_day": "20/11/2026", "at_time": "21:00"}, "giờ nghỉ"),
        ({"moment": "at", "at_day": "26/01/2027", "at_time": "9:00"}, "sau hạn chót"),
        ({"tet_days": "2", "tet_side": "after"}, "Những ngày Tết"),
        ({"tet_days": "10"}, "sau hạn chót"),
        ({"tet_time": "23:00"}, "trong khoảng 07:30 đến 20:30"),
        ({"moment": "own_step", "own_count": "0"}, "bao lâu"),
        ({"rung_1": ""}, "kênh gửi đầu tiên"),
        ({"rung_1": "call"}, "Bậc đầu tiên phải là tin nhắn"),
        ({"rung_2": "sms"}, "Mỗi kênh chỉ được dùng một lần"),
        ({"rung_2": "visit", "wait_2": "999"}, "từ 0 đến 720"),
        ({"whom": "987654"}, "không còn"),
        ({"text": "Xem https://abc.vn"}, "không được có đường dẫn"),
    ],
)
def test_what_cannot_be_planned_is_explained_and_what_was_typed_stays(
    manager: Browser, campaign_id: int, typed: dict[str, str], said: str
) -> None:
    answer = manager.post(path(campaign_id), **{**FORM, "own_count": "77", **typed})
    assert answer.status_code == 422 and said in answer.text
    assert typed.get("own_count", "77") in answer.text
    with transaction() as session:
        assert session.scalars(select(Step.kind)).all() == [StepKind.INVITATION]


def test_payday_must_be_known_everywhere(manager: Browser, campaign_id: int) -> None:
    with transaction() as session:
        session.get_one(Campaign, campaign_id).facts = {"phone": "024 3852 0000"}
    typed = {"moment": "payday", "payday_days": "2", "payday_time": "9:00"}
    assert "Chưa khai ngày chi trả" in manager.post(path(campaign_id), **{**FORM, **typed}).text


def test_a_saved_audience_is_copied_into_the_wave(manager: Browser, campaign_id: int) -> None:
    with transaction() as session:
        old = save_audience(session, "Từ 80 tuổi", Audience(age_from=80), SOMEBODY, now())
    assert "Từ 80 tuổi trở lên" in manager.post(path(campaign_id), **{**FORM, "whom": str(old)}).text
    step = step_of(campaign_id)
    assert Audience.from_json(step.audience) == Audience(age_from=80)
    change = f"/dot-khao-sat/luot/{step.id}/sua"
    manager.post(change, **{**FORM, "whom": "kept", "tet_days": "25"})
    assert Audience.from_json(step_of(campaign_id).audience) == Audience(age_from=80)
    manager.post(change, **{**FORM, "whom": "chosen", "communes": ward.HERE})
    assert Audience.from_json(step_of(campaign_id).audience) == Audience(communes=(ward.HERE,))


def test_the_preview_follows_what_is_typed(manager: Browser, campaign_id: int) -> None:
    ward.citizen("Nguyễn Thị Hoa")
    ward.citizen("Lê Thị Lan", commune=ward.ELSEWHERE)
    shown = manager.post(path(campaign_id, what="xem-truoc"), **FORM).text
    assert "<strong>2</strong> người sẽ nhận tin, nhiều nhất" in shown and "3.200 đ" in shown
    assert "từ 09:00 07/01/2027" in shown and "Gửi xong trước giờ nghỉ" in shown
    narrow = {**FORM, "whom": "chosen", "communes": ward.ELSEWHERE, "rung_2": "visit"}
    shown = manager.post(path(campaign_id, what="xem-truoc"), **narrow).text
    assert "<strong>1</strong> người" in shown and "Xa Ha Bang" in shown and "Xã Hạ Bằng" in shown
    assert "cán bộ làm, không tốn tiền tin" in shown
    assert (
        "không có chỗ điền này" in manager.post(path(campaign_id, what="xem-truoc"), **{**FORM, "text": "{ten}"}).text
    )
    assert (
        "giờ nghỉ"
        in manager.post(
            path(campaign_id, what="xem-truoc"), **{**FORM, "moment": "at", "at_day": "1/12/2026", "at_time": "22:30"}
        ).text
    )


def test_whoever_changes_a_wave_may_not_release_it_and_its_planner_may(
    manager: Browser, sit: Callable[..., Browser], campaign_id: int
) -> None:
    manager.post(path(campaign_id), **FORM)
    step = step_of(campaign_id)
    second = sit("manager", commune=None)
    assert "Đã lưu" in second.post(f"/dot-khao-sat/luot/{step.id}/sua", **{**FORM, "tet_days": "20"}).text
    assert step_of(campaign_id).planned_by == second.staff_id
    assert "không được tự duyệt" in second.post(f"/dot-khao-sat/luot/{step.id}/cho-gui").text
    assert "Đã cho gửi" in manager.post(f"/dot-khao-sat/luot/{step.id}/cho-gui").text
    with transaction() as session:
        changed = select(AuditEntry).where(AuditEntry.action == "step.changed", AuditEntry.subject == f"step:{step.id}")
        entry = session.scalars(changed).one()
        assert (entry.before, entry.after) == (
            {"timing": {"tet": -30, "time": "09:00"}}, {"timing": {"tet": -20, "time": "09:00"}},
        )  # fmt: skip


def test_a_released_wave_stays_as_it_is(manager: Browser, campaign_id: int) -> None:
    manager.post(path(campaign_id), **FORM)
    step = step_of(campaign_id)
    with transaction() as session:
        release_step(session, step.id, SOMEBODY, now())
    answer = manager.post(f"/dot-khao-sat/luot/{step.id}/sua", **{**FORM, "tet_days": "20"})
    assert answer.status_code == 422 and "không sửa được nữa" in answer.text
    assert (step_of(campaign_id).moment, step_of(campaign_id).state) == (FromTet(-30, time(9)), StepState.RELEASED)


def test_a_refused_change_leaves_the_wave_as_it_was(manager: Browser, campaign_id: int) -> None:
    manager.post(path(campaign_id), **FORM)
    with transaction() as session:
        session.get_one(Campaign, campaign_id).facts = {"phone": "024 3852 0000"}
    step = step_of(campaign_id)
    typed = {**FORM, "moment": "payday", "payday_days": "2", "payday_time": "9:00", "whom": "chosen"}
    manager.post(f"/dot-khao-sat/luot/{step.id}/sua", **typed, communes=ward.HERE)
    assert (step_of(campaign_id).moment, step_of(campaign_id).audience) == (step.moment, step.audience)


def test_a_campaign_that_is_over_takes_no_further_wave(manager: Browser, campaign_id: int) -> None:
    with transaction() as session:
        session.get_one(Campaign, campaign_id).state = CampaignState.CLOSED
    assert "đã kết thúc, không thêm" in manager.post(path(campaign_id), **FORM).text
    assert "Thêm lượt gửi" not in manager.page(f"/dot-khao-sat/{campaign_id}")


@pytest.mark.parametrize("kind", StepKind)
def test_every_kind_has_its_form_with_its_usual_text(manager: Browser, campaign_id: int, kind: StepKind) -> None:
    page = manager.page(path(campaign_id, kind))
    assert USUAL_TEXTS[kind].split("{")[0] in page
    assert manager.get(f"/dot-khao-sat/{campaign_id}/luot/moi?loai=khac").status_code == 404
