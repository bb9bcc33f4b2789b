"""Planning in real Chromium: from a saved audience over a wave of two rungs and its preview to a second person's word;
by keyboard, on a small screen, read aloud."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select

from core.database import transaction
from outreach.audience import Audience
from outreach.rungs import Rung
from outreach.step import Step, StepKind, StepState
from tests.console import ward
from tests.console.test_console_browser import Visit, address, chromium, visit
from tests.console.usable import HEAVIEST, NARROW, WIDE, is_usable, weight

pytestmark = pytest.mark.browser
type Manage = Callable[..., Page]
__all__ = ["address", "chromium", "visit"]


@pytest.fixture
def manage(visit: Visit) -> Manage:
    """manage(): a manager's window."""

    def signed_in(size: ViewportSize = WIDE, name: str = "Phạm Thị Lan") -> Page:
        return visit("manager", commune=None, size=size, name=name)

    return signed_in


def plan_campaign(page: Page, name: str) -> None:
    page.goto("/dot-khao-sat/moi")
    page.get_by_label("Tên đợt").fill(name)
    page.get_by_label("Số điện thoại xã, phường").fill("024 3852 0000")
    page.get_by_role("button", name="Lập đợt khảo sát").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_wave_of_two_rungs_from_a_saved_audience_to_the_second_word(manage: Manage, size: ViewportSize) -> None:
    name = f"Từ 80 tuổi ({size['width']})"
    hoa = ward.citizen("Nguyễn Thị Hoa", birth_year=1940)
    ward.shares_the_phone(hoa, ward.citizen("Trần Văn Bình", birth_year=1938, deceased_at=None))
    ward.citizen("Lê Thị Trẻ", birth_year=1990)
    page = manage(size)
    page.goto("/nhom-nguoi-nhan/")
    page.get_by_role("button", name="Lập nhóm mới").click()
    everybody = page.locator("#numbers .tile strong").first
    expect(everybody).not_to_have_text("0")
    before = everybody.inner_text()
    page.get_by_label("Từ", exact=True).fill("80")
    page.get_by_label("Từ", exact=True).press("Tab")
    expect(everybody).not_to_have_text(before)
    page.get_by_label("Tên nhóm").fill(name)
    page.get_by_role("button", name="Lưu nhóm").click()
    expect(page.get_by_text("Đã lưu nhóm")).to_be_visible()
    expect(page.get_by_text("người nhắn được, bằng")).to_be_visible()

    plan_campaign(page, f"Đợt {size['width']}")
    page.get_by_role("link", name="Tin nhắc lần cuối").click()
    expect(page.get_by_text("Chưa gửi tin mời nên tính như chưa ai trả lời")).to_be_visible()
    page.get_by_role("combobox", name="Gửi cho").select_option(label=f"Nhóm đã lưu: {name}")
    page.get_by_label("Sau tin gần nhất gửi cho từng người").check()
    page.get_by_label("Bậc 1: kênh").select_option("sms")
    page.get_by_label("Bậc 2: chờ bao nhiêu giờ").fill("24")
    page.get_by_label("Bậc 2: kênh").select_option(label="Đến nhà")
    expect(page.locator("#preview")).to_contain_text("Tin này đi dần")
    expect(page.locator("#preview")).to_contain_text("Đến nhà, sau 1 ngày")
    page.get_by_role("button", name="Lập lượt gửi").click()
    expect(page.get_by_text("SMS; 1 ngày chưa tới thì đến nhà")).to_be_visible()
    with transaction() as session:
        step = session.scalars(select(Step).where(Step.kind == StepKind.FINAL).order_by(Step.id.desc())).first()
        assert step is not None
        assert Audience.from_json(step.audience) == Audience(age_from=80)
        assert [rung.channel for rung in step.rungs] == ["sms", "visit"] and isinstance(step.rungs[1], Rung)

    wave = page.locator("section", has=page.locator(f"#step-{step.id}"))
    wave.get_by_text("Xem trước: số người").click()
    expect(wave.get_by_text("Từng bậc liên hệ")).to_be_visible()
    expect(wave.get_by_text("một người khác phải cho gửi")).to_be_visible()
    second = manage(size, "Đỗ Văn Hai")
    second.goto(page.url)
    second.locator("section", has=second.locator(f"#step-{step.id}")).get_by_role("button", name="Cho gửi").click()
    expect(second.get_by_text("Đã cho gửi. Tin sẽ đi khi đến giờ.")).to_be_visible()
    with transaction() as session:
        assert session.get_one(Step, step.id).state is StepState.RELEASED


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page_of_planning_fits_weighs_little_and_can_be_read_aloud(manage: Manage, size: ViewportSize) -> None:
    ward.citizen("Nguyễn Thị Tên Rất Dài Để Thử Màn Hình Nhỏ", birth_year=None, gender=None)
    page = manage(size)
    plan_campaign(page, "Đợt có tên rất dài để thử màn hình nhỏ của cán bộ đi cơ sở")
    campaign = page.url.partition("#")[0]
    with transaction() as session:
        step_id = session.scalars(select(Step.id).order_by(Step.id.desc())).first()
    waves = [f"{campaign}/luot/moi?loai={kind}" for kind in (StepKind.FINAL, StepKind.MONEY_CAME)]
    for path in (
        "/nhom-nguoi-nhan/", "/nhom-nguoi-nhan/moi", "/lich-gui/", "/dot-khao-sat/moi", campaign, *waves,
        f"/dot-khao-sat/luot/{step_id}/sua",
    ):  # fmt: skip
        page.goto(path)
        page.wait_for_load_state("networkidle")
        is_usable(page)
        assert weight(page) < HEAVIEST, path


def test_the_whole_form_of_a_wave_is_filled_in_by_keyboard(manage: Manage) -> None:
    ward.citizen()
    page = manage()
    plan_campaign(page, "Đợt bằng bàn phím")
    page.goto(f"{page.url.partition('#')[0]}/luot/moi?loai=final")
    page.get_by_role("combobox", name="Gửi cho").focus()
    names = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
        names.append(focused)
        if focused == "Lập lượt gửi":
            break
    wanted = ["moment", "tet_days", "tet_side", "rung_1", "wait_2", "rung_2", "text", "Lập lượt gửi"]
    assert [name for name in wanted if name not in names] == []
    assert [names.index(name) for name in wanted] == sorted(names.index(name) for name in wanted)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã lập lượt gửi")).to_be_visible()
