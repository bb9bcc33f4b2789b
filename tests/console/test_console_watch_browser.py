"""The manager's way through a running campaign in real Chromium: seen live, paused, moved, decided, certified."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from playwright.sync_api import ViewportSize, expect

from core.clock import now
from core.database import transaction
from outreach.campaign_pause import PauseReason, pause_campaign
from outreach.certificate import RECEIPT_PATIENCE
from outreach.message import MessageState
from outreach.reasons import Reason
from roster.campaign import Campaign
from tests.console import ward
from tests.console.running import TEXT, Running, come_to, running
from tests.console.test_console_browser import Visit, address, chromium, visit
from tests.console.usable import NARROW, WIDE, fits, is_usable
from tests.environment import TestClock

__all__ = ["address", "chromium", "visit"]

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def emptied(database: str) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, gauge CASCADE")


def wave(clock: TestClock) -> Running:
    """Three people: one delivered, one of unknown fate that nobody can look up, one not sent yet."""
    people = [ward.citizen(name) for name in ("Nguyễn Thị Hoa", "Trần Văn Bình", "Lê Thị Lan")]
    made = running(people, ceiling_dong=1_000_000)
    made.come_to(MessageState.DELIVERED, MessageState.UNKNOWN)
    with transaction() as session:
        session.merge(made.message(people[1].person_id)).reason = Reason.NOBODY_CAN_TELL
    clock.advance(timedelta(minutes=10))
    return made


def test_from_the_pause_to_the_certificate(visit: Visit, clock: TestClock) -> None:
    made = wave(clock)
    page = visit("manager", commune=None)
    page.get_by_role("link", name="Đợt khảo sát").click()
    page.get_by_role("link", name="Đợt trước Tết").click()
    page.get_by_role("button", name="Theo dõi và điều khiển").click()
    page.get_by_text("Tạm dừng", exact=True).click()
    page.get_by_label("Lý do").first.fill("chờ họp giao ban")
    page.get_by_role("button", name="Tạm dừng ngay").click()
    expect(page.locator("#live").get_by_text("Cán bộ cho tạm dừng")).to_be_visible()
    page.get_by_label("Đã xem và xử lý thế nào").fill("đã họp xong")
    page.get_by_role("button", name="Cho chạy tiếp").click()
    expect(page.get_by_text("Đã cho chạy tiếp.")).to_be_visible()
    page.get_by_text("Đổi khung giờ gửi").click()
    page.get_by_label("Từ", exact=True).fill("17:00")
    page.get_by_label("đến", exact=True).fill("19:30")
    page.locator("form[action$='khung-gio']").get_by_label("Lý do").fill("bà con đi chợ về")
    page.get_by_role("button", name="Đổi giờ").click()
    expect(page.locator("#log + table")).to_contain_text("bà con đi chợ về")
    page.get_by_role("link", name="tin cần xem").click()
    page.get_by_role("table").locator("summary").click()
    page.get_by_role("table").get_by_label("Đã đến").check()
    page.get_by_role("table").get_by_label("Đã hỏi lại thế nào").fill("đã gọi, ông nhận được rồi")
    page.get_by_role("button", name="Ghi").click()
    expect(page.get_by_text("Không có tin nào chờ quyết định.")).to_be_visible()
    page.goto(f"/dot-khao-sat/{made.campaign_id}/theo-doi")
    page.get_by_text("Hủy hẳn đợt này").click()
    page.locator("form[action$='huy-dot']").get_by_label("Lý do").fill("hết đợt")
    page.get_by_role("button", name="Hủy hẳn").click()
    expect(page.get_by_text("1 tin chưa gửi sẽ không gửi nữa")).to_be_visible()
    clock.advance(RECEIPT_PATIENCE)
    again = visit("manager", commune=None)
    again.goto(f"/dot-khao-sat/{made.campaign_id}")
    again.get_by_role("button", name="Xác nhận kết quả gửi tin").click()
    expect(again.get_by_role("heading", level=1, name="Giấy xác nhận kết quả gửi tin")).to_be_visible()
    with again.expect_download() as taken:
        again.get_by_role("button", name="Tải bảng Excel").click()
    assert taken.value.suggested_filename.startswith("xac-nhan-gui-tin")


def test_the_page_follows_by_itself_and_brings_the_other_buttons(visit: Visit, clock: TestClock) -> None:
    """The browser's own clock is moved on, so that the next look is due."""
    made = wave(clock)
    page = visit("manager", commune=None)
    page.clock.install()
    page.goto(f"/dot-khao-sat/{made.campaign_id}/theo-doi")
    expect(page.get_by_text("Tạm dừng", exact=True)).to_be_visible()
    come_to(made.message(made.people[2].person_id).id, MessageState.DELIVERED)
    with transaction() as session:
        campaign = session.get_one(Campaign, made.campaign_id)
        pause_campaign(session, campaign, PauseReason.ERRORS, now(), words="84/200 (42%) tin gửi lỗi")
    page.clock.fast_forward(11_000)
    expect(page.get_by_text("84/200 (42%) tin gửi lỗi")).to_be_visible()
    expect(page.get_by_role("button", name="Cho chạy tiếp")).to_be_visible()
    expect(page.get_by_text("Tạm dừng", exact=True)).to_have_count(0)
    expect(page.locator("tr.sum")).to_contain_text("66,6%")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("where", ["theo-doi?chia=xa", "tin-chua-ro", "xac-nhan", "hoa-don"])
def test_the_pages_fit_and_are_read_out(visit: Visit, clock: TestClock, where: str, size: ViewportSize) -> None:
    made = wave(clock)
    page = visit("manager", commune=None, size=size)
    page.goto(f"/dot-khao-sat/{made.campaign_id}/{where}" if where != "hoa-don" else "/dot-khao-sat/hoa-don")
    fits(page)
    if size is NARROW:
        is_usable(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_message_of_a_person_is_fetched_on_the_persons_page(
    visit: Visit, clock: TestClock, size: ViewportSize
) -> None:
    made = wave(clock)
    page = visit("manager", commune=None, size=size)
    page.goto(f"/nguoi-huong/{made.people[0].person_id}")
    expect(page.get_by_text(TEXT)).to_have_count(0)
    page.get_by_role("button", name="Xem từng tin").click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    page.get_by_text("Diễn biến").click()
    expect(page.get_by_text("Nhà mạng báo: đã tới máy")).to_be_visible()
    fits(page)
    if size is NARROW:
        is_usable(page)
