"""The pictures of one person's handsets on the page of phones: a survey begun on SMS, Zalo and Telegram alike."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from playwright.sync_api import Browser, expect

from core.audit import SYSTEM
from core.settings import ROOT, settings
from loa.rehearsal.installation import own_installation
from loa.stack import Stack
from loa.stand_ins.accounts import development_accounts, first_refresh_token
from outreach.channels.zalo.house import keeper
from roster.campaign import AccountDetails
from roster.person import Person
from tests.e2e.handsets import Sms, Telegram, Zalo
from tests.e2e.town import Town, wait_for

IMAGES = ROOT / "docs" / "images"
WIDE = {"width": 1440, "height": 900}
SMALL = {"width": 360, "height": 740}
NAMES = ("phones-all", "phones-sms-360", "phones-zalo-360", "phones-telegram-360")
_TABS = {"phones-sms-360": "Điện thoại", "phones-zalo-360": "Zalo", "phones-telegram-360": "Telegram"}
_AT_ONCE = {
    "LOA_ESMS_PER_SECOND": "200",
    "SIMULATOR_ESMS_SENT_AFTER": "0",
    "SIMULATOR_ESMS_DELIVERED_AFTER": "0",
    "SIMULATOR_ZALO_RECEIVED_AFTER": "0",
    "LOA_ZALO_SHARED_PHONE_PROVES": "true",  # the stand-in's form brings the account's own phone
}


@contextmanager
def talked_everywhere() -> Iterator[Person]:
    """An installation with every channel, in which one person has begun the survey on three; that person."""
    before = dict(os.environ)
    for account in development_accounts(settings()):
        os.environ.update(account)
    os.environ.update(_AT_ONCE)
    del os.environ["LOA_ZALO_TEMPLATES_FILE"]  # so that the invitation goes by SMS
    try:
        with own_installation(without=("console",)) as stack, _town(stack) as town:
            yield _talk(town)
    finally:
        os.environ.clear()
        os.environ.update(before)


def take(browser: Browser, name: str, person: Person) -> None:
    """Take the picture called `name` of NAMES."""
    page = browser.new_context(viewport=SMALL if name in _TABS else WIDE, locale="vi-VN").new_page()  # type: ignore[arg-type]
    page.goto(f"http://127.0.0.1:{settings().simulator_port}/")
    page.locator("#people").get_by_role("button", name=person.full_name).click()
    if name in _TABS:
        page.get_by_role("group", name="Xem máy nào").get_by_role("button", name=_TABS[name]).click()
    expect(page.locator(".handset:visible .message.theirs").last).to_be_visible()
    shown = "#tabs [aria-pressed=true]" if name in _TABS else "#people [aria-current=true]"
    expect(page.locator(f"{shown} .badge")).to_have_count(0)  # what is looked at is read
    page.screenshot(path=IMAGES / f"{name}.png")


@contextmanager
def _town(stack: Stack) -> Iterator[Town]:
    base = f"http://127.0.0.1:{settings().simulator_port}"
    with httpx.Client(base_url=base, timeout=30) as simulator, httpx.Client(base_url=settings().public_base) as public:
        yield Town(stack, simulator, public, "")


def _talk(town: Town) -> Person:
    keeper().bring(first_refresh_token(settings()), SYSTEM)
    town.import_roster()
    town.invite(AccountDetails.CHAT)
    person, phone = town.people_with_own_phone()[0]
    sms = Sms(town.phone(phone))
    wait_for("the invitation", lambda: sms.phone.inbox(), 120)
    zalo = Zalo(town.simulator, phone, person.full_name)
    telegram = Telegram(town.simulator, phone, person.full_name, person.reference)
    sms.open()
    sms.answer("Đồng ý")
    zalo.open()
    zalo.answer("Đồng ý")
    zalo.tell_who()
    zalo.answer("Chính tôi")
    zalo.answer("có mất phí không")
    telegram.open()
    telegram.answer("Đồng ý")
    telegram.answer("Chính tôi")
    telegram.answer("Nhận qua tài khoản")
    return person
