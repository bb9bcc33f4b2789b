"""The page about the connection to Zalo, and the whole way of an authorisation."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from flask import Flask
from sqlalchemy import select, text

from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from outreach.channels.zalo import house, jobs
from outreach.channels.zalo.authorising import EXCHANGE
from outreach.channels.zalo.token import AuthorisationOutcome, ZaloAuthorisation
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.console.conftest import Browser
from tests.environment import TestClock
from tests.outreach.conftest import read_settings_anew
from tests.simulator.zalo_customer import APP_ID, OA_ID, ZaloStandIn

__all__ = ["zalo_site"]

PAGE = "/ket-noi-zalo/"
type Sit = Callable[..., Browser]


@pytest.fixture
def site(zalo_site: StartSite) -> ZaloStandIn:
    return zalo_site()


@pytest.fixture
def manager(site: ZaloStandIn, sit: Sit) -> Browser:
    return sit("manager", commune=None)


def zalos_page(shown: str) -> str:
    """The address behind the button that leads to Zalo."""
    found = re.search(r'href="(http[^"]+/v4/oa/permission[^"]*)"', shown)
    assert found is not None, "no way to Zalo"
    return html.unescape(found.group(1))


def consent(address: str) -> str:
    """The OA's administrator lets us in on Zalo's page; where the browser is sent then: path and query."""
    answer = httpx.post(address)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def onwards(browser: Browser, returned: str) -> str:
    """Where the page of return sends the browser on to."""
    shown = browser.page(returned)
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', shown)
    assert found is not None
    return html.unescape(found.group(1))


def work() -> int:
    """A worker does what waits; how many codes it traded."""
    with transaction() as session:
        wanted = text("DELETE FROM procrastinate_jobs WHERE task_name = :task RETURNING args")
        waiting = [args for (args,) in session.execute(wanted, {"task": EXCHANGE})]
    for args in waiting:
        jobs.exchange(**args)
    return len(waiting)


def authorisation() -> ZaloAuthorisation:
    with transaction() as session:
        return session.scalars(select(ZaloAuthorisation).order_by(ZaloAuthorisation.id.desc())).first()  # type: ignore[return-value]


def begin(browser: Browser) -> str:
    """Begin and go to Zalo's page; its address."""
    return zalos_page(browser.post(PAGE).text)


def test_an_authorisation_from_the_first_page_to_the_first_call(manager: Browser, site: ZaloStandIn) -> None:
    assert "Chưa kết nối" in manager.page(PAGE)
    address = begin(manager)
    asked = parse_qs(urlsplit(address).query)
    assert asked["app_id"] == [APP_ID]
    assert asked["redirect_uri"] == ["http://localhost/ket-noi-zalo/tra-ve"]
    assert len(asked["state"][0]) > 40 and len(asked["code_challenge"][0]) == 43
    answer = manager.get(onwards(manager, consent(address)), follow_redirects=True)
    assert "đang hoàn tất" in answer.text
    assert work() == 1
    shown = manager.page(PAGE)
    assert "Đã kết nối xong" in shown and "Đang kết nối" in shown
    assert "<strong>5.000</strong> tin theo mẫu" in shown and "Thư mời kê khai" in shown and "Đã duyệt" in shown
    site.access_token = house.keeper().current()
    assert site.get("/business/message/quota").json()["error"] == 0
    with transaction() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "zalo.authorised")).all()[-1]
    assert entry.actor == f"staff:{manager.staff_id}"


def test_the_page_of_return_knows_nobody_and_changes_nothing(manager: Browser, app: Flask) -> None:
    """A browser that comes from Zalo brings no session along."""
    returned = consent(begin(manager))
    answer = app.test_client().get(returned)
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (200, None)
    assert authorisation().came_at is None


@pytest.mark.parametrize("tampering", ["state", "person", "oa", "code", "twice", "late"])
def test_what_is_not_the_answer_to_ones_own_request_is_not_taken(
    manager: Browser, sit: Sit, clock: TestClock, tampering: str
) -> None:
    path = onwards(manager, consent(begin(manager)))
    browser, said = manager, "không còn dùng được"
    match tampering:
        case "state":
            path = re.sub(r"state=[^&]+", "state=forged", path)
        case "person":
            browser = sit("administrator", commune=None)
        case "oa":
            path, said = path.replace(OA_ID, "1"), "Official Account khác"
        case "code":
            path, said = re.sub(r"code=[^&]+", "code=", path), "Zalo không gửi mã về"
        case "twice":
            manager.get(path)
            assert work() == 1
        case "late":
            clock.advance(timedelta(minutes=31))
    answer = browser.get(path, follow_redirects=True)
    assert said in html.unescape(answer.text)
    assert work() == 0


def test_a_forged_code_is_refused_by_zalo_and_said(manager: Browser) -> None:
    path = re.sub(r"code=[^&]+", "code=forged", onwards(manager, consent(begin(manager))))
    manager.get(path)
    work()
    assert authorisation().outcome is AuthorisationOutcome.REFUSED
    assert "Zalo không nhận lượt kết nối vừa rồi" in manager.page(PAGE)
    assert "Sang trang của Zalo" in manager.post(PAGE).text


def test_a_code_is_of_no_use_without_the_verifier_that_we_keep(manager: Browser, site: ZaloStandIn) -> None:
    code = parse_qs(urlsplit(consent(begin(manager))).query)["code"][0]
    assert site.token(grant_type="authorization_code", code=code, code_verifier="guess")["error"] != 0


def test_an_answer_that_is_lost_is_said(manager: Browser, site: ZaloStandIn) -> None:
    manager.get(onwards(manager, consent(begin(manager))))
    site.fault("dropped_after_accept", count=1)
    work()
    assert authorisation().outcome is AuthorisationOutcome.NO_ANSWER
    assert "Zalo không trả lời nên chưa kết nối được" in manager.page(PAGE)


def test_the_workers_that_stand_still_are_named(manager: Browser, clock: TestClock) -> None:
    manager.get(onwards(manager, consent(begin(manager))))
    assert "hx-trigger" in manager.page(PAGE)
    clock.advance(timedelta(minutes=2))
    assert "tiến trình nền chưa xử lý" in manager.page(PAGE)


def test_a_lost_connection_is_on_the_first_page_until_somebody_authorises_anew(
    manager: Browser, site: ZaloStandIn, clock: TestClock
) -> None:
    authorise()
    assert "Zalo:" not in manager.page("/")
    clock.advance(timedelta(hours=26))
    site.fault("refused", count=1, code=-14014)
    house.keeper().renew_when_due()
    assert manager.sign_in(manager.email).status_code == 302  # it is another day
    assert "Zalo: mất kết nối" in manager.page("/")
    assert "Zalo từ chối (mã -14014)" in manager.page(PAGE)
    manager.get(onwards(manager, consent(begin(manager))))
    assert work() == 1
    assert "Zalo:" not in manager.page("/")
    assert house.keeper().current()


def test_who_keeps_no_connection_sees_nothing_of_it(site: ZaloStandIn, sit: Sit) -> None:
    officer = sit("officer")
    assert "Zalo:" not in officer.page("/") and "Kết nối Zalo" not in officer.page("/")
    assert officer.get(PAGE).status_code == 403


def test_an_administrator_may_too(site: ZaloStandIn, sit: Sit) -> None:
    administrator = sit("administrator", commune=None)
    assert "Kết nối Zalo" in administrator.page("/")
    assert "Zalo: chưa kết nối" in administrator.page("/")


def test_where_no_oa_is_set_up_the_page_says_so(site: ZaloStandIn, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_ZALO_APP_ID", "")
    read_settings_anew()
    manager = sit("manager", commune=None)
    assert "Zalo:" not in manager.page("/")
    assert "Chưa khai Official Account" in manager.page(PAGE)
    assert "Chưa khai Official Account" in manager.post(PAGE).text


def test_nothing_secret_stands_on_the_page_or_in_the_job(manager: Browser) -> None:
    returned = consent(begin(manager))
    code = parse_qs(urlsplit(returned).query)["code"][0]
    manager.get(onwards(manager, returned))
    with transaction() as session:
        queued = str(session.execute(text("SELECT args FROM procrastinate_jobs")).all())
        kept = session.execute(text("SELECT zalo_authorisation::text FROM zalo_authorisation")).all()
    assert code not in queued and code not in str(kept)
    work()
    token = house.keeper().current()
    assert token not in manager.page(PAGE)
    assert now() > authorisation().started_at and authorisation().code is None
