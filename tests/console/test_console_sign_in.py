"""Signing in and out, the brake on guessing, sessions that end, and what every answer carries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select

from console.app import create_app
from console.permissions import Action, for_action
from console.sign_in_settings import sign_in_settings
from core.audit import AuditEntry
from core.database import transaction
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

_WRITTEN_BY_CHANCE = re.compile(r"[\w-]{20,}\.[\w-]+\.[\w-]+")
"""The pages' tokens."""
WRONG = "Email hoặc mật khẩu chưa đúng"


def actions_on(staff_id: int) -> list[str]:
    with transaction() as session:
        entries = select(AuditEntry.action).where(AuditEntry.subject == f"staff:{staff_id}").order_by(AuditEntry.id)
        return list(session.scalars(entries))


def test_a_member_of_staff_signs_in_and_out(app: Flask, stranger: Browser) -> None:
    _, email = ward.staff("officer", name="Trần Thu Hà")
    assert stranger.sign_in(email.upper()).status_code == 302
    assert "Trần Thu Hà" in stranger.page("/")
    stranger.post("/dang-xuat")
    assert stranger.get("/").status_code == 302


def test_signing_out_takes_a_form_not_a_link(sit: Callable[..., Browser]) -> None:
    browser = sit("officer")
    assert browser.get("/dang-xuat").status_code == 405
    assert browser.get("/").status_code == 200


def test_a_wrong_password_and_an_unknown_account_sound_the_same(app: Flask, stranger: Browser) -> None:
    _, email = ward.staff("officer")
    answers = [stranger.sign_in(email, "sai mat khau roi"), stranger.sign_in("khong@co.example", "sai mat khau roi")]
    for answer in answers:
        assert answer.status_code == 200 and WRONG in answer.text
    shown = [_WRITTEN_BY_CHANCE.sub("", answer.text) for answer in answers]
    assert shown[0].replace(email, "") == shown[1].replace("khong@co.example", "")


def shut(browser: Browser, email: str, times: int = 5) -> None:
    for _ in range(times):
        assert browser.sign_in(email, "doan mo thoi ma").status_code == 200


def test_five_wrong_passwords_shut_the_account_wherever_one_comes_from(
    app: Flask, stranger: Browser, clock: TestClock
) -> None:
    staff_id, email = ward.staff("officer")
    shut(stranger, email)
    refused = stranger.sign_in(email)
    assert (
        refused.status_code == 429 and "15 phút, đến 10:15" in refused.text and "người quản trị mở khóa" in refused.text
    )
    elsewhere = Browser(app.test_client())
    elsewhere.client.environ_base["REMOTE_ADDR"] = "10.1.2.3"
    assert elsewhere.sign_in(f" {email.upper()}").status_code == 429
    _, other = ward.staff("officer")
    assert stranger.sign_in(other).status_code == 302
    clock.advance(timedelta(minutes=15, seconds=5))
    assert elsewhere.sign_in(email).status_code == 302
    assert actions_on(staff_id) == ["lock_out", "sign_in"]


def test_an_account_that_nobody_has_is_shut_just_the_same(app: Flask, stranger: Browser) -> None:
    shut(stranger, "khong-ai@co.example")
    refused = stranger.sign_in("khong-ai@co.example")
    assert refused.status_code == 429 and "15 phút" in refused.text


def test_an_administrator_opens_it_again(app: Flask, stranger: Browser, sit: Callable[..., Browser]) -> None:
    staff_id, email = ward.staff("officer", name="Đào Quên Mật Khẩu")
    shut(stranger, email)
    administrator = sit("administrator", commune=None)
    assert "Tạm dừng đăng nhập đến 10:15" in administrator.page("/can-bo/")
    assert "Đã mở" in administrator.post(f"/can-bo/{staff_id}/cho-thu-lai").text
    assert "Tạm dừng đăng nhập" not in administrator.page("/can-bo/")
    assert stranger.sign_in(email).status_code == 302
    assert actions_on(staff_id) == ["lock_out", "unlock_staff", "sign_in"]


def test_an_address_from_which_many_accounts_are_tried_is_shut(app: Flask) -> None:
    guesser = Browser(app.test_client())
    guesser.client.environ_base["REMOTE_ADDR"] = "10.9.9.9"
    for number in range(sign_in_settings().wrong_per_address):
        assert guesser.sign_in(f"ai-do-{number}@thu.example", "doan mo thoi ma").status_code == 200
    _, email = ward.staff("officer")
    assert guesser.sign_in(email).status_code == 429
    assert Browser(app.test_client()).sign_in(email).status_code == 302


def test_a_right_password_forgives_the_wrong_ones_before(app: Flask, stranger: Browser) -> None:
    _, email = ward.staff("officer")
    for _ in range(3):
        shut(stranger, email, times=4)
        assert stranger.sign_in(email).status_code == 302
        stranger.post("/dang-xuat")


def test_the_brake_holds_over_all_processes(app: Flask, stranger: Browser) -> None:
    _, email = ward.staff("officer")
    shut(stranger, email)
    assert Browser(create_app().test_client()).sign_in(email).status_code == 429


def test_typed_emails_and_addresses_are_kept_as_fingerprints(stranger: Browser, database: str) -> None:
    shut(stranger, "lo-go-mat-khau@thu.example", times=1)
    with psycopg.connect(database) as owner:
        kept = str(owner.execute("SELECT * FROM sign_in_failure").fetchall())
    assert "lo-go-mat-khau" not in kept and "127.0.0.1" not in kept


def test_right_passwords_are_not_counted(app: Flask, stranger: Browser) -> None:
    _, email = ward.staff("officer")
    for _ in range(7):
        assert stranger.sign_in(email).status_code == 302
        stranger.post("/dang-xuat")


def test_a_session_ends_with_the_working_day(strict: None, sit: Callable[..., Browser], clock: TestClock) -> None:
    browser = sit("officer")
    for _ in range(24):
        clock.advance(timedelta(minutes=24))
        assert browser.get("/").status_code == 200
    clock.advance(timedelta(minutes=25))
    assert browser.get("/").status_code == 302
    assert "Phiên làm việc đã hết" in browser.get("/dang-nhap").text


def test_a_session_that_nobody_uses_ends(strict: None, sit: Callable[..., Browser], clock: TestClock) -> None:
    browser = sit("officer")
    clock.advance(timedelta(minutes=29))
    assert browser.get("/").status_code == 200
    clock.advance(timedelta(minutes=31))
    assert browser.get("/").status_code == 302
    assert "Trang để lâu không dùng" in browser.get("/dang-nhap").text


def test_what_a_page_fetches_by_itself_keeps_nobody_signed_in(
    strict: None, sit: Callable[..., Browser], clock: TestClock
) -> None:
    browser = sit("officer")
    for _ in range(3):
        clock.advance(timedelta(minutes=9))
        assert browser.get("/", headers={"X-Unattended": "1"}).status_code == 200
    clock.advance(timedelta(minutes=9))
    assert browser.get("/", headers={"X-Unattended": "1"}).status_code == 302


def test_a_cookie_kept_from_before_the_sign_out_opens_nothing(app: Flask, sit: Callable[..., Browser]) -> None:
    browser = sit("officer")
    stolen = app.test_client()
    cookie = browser.client.get_cookie("loa_console")
    assert cookie is not None
    stolen.set_cookie("loa_console", cookie.value)
    assert stolen.get("/").status_code == 200
    browser.post("/dang-xuat")
    assert stolen.get("/").status_code == 302


def test_no_cookie_outlives_the_browser(app: Flask, stranger: Browser) -> None:
    _, email = ward.staff("officer")
    answer = stranger.sign_in(email)
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "Expires" not in cookie and "Max-Age" not in cookie
    assert "remember" not in stranger.get("/dang-nhap").text


def test_an_htmx_request_without_a_session_leads_to_the_sign_in_page(stranger: Browser) -> None:
    answer = stranger.get("/tro-chuyen/1/moi", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/dang-nhap"


def test_after_signing_in_one_is_where_one_wanted_to_be(app: Flask, stranger: Browser) -> None:
    _, email = ward.staff("officer")
    assert stranger.get("/danh-sach/").location == "/dang-nhap?next=/danh-sach/"
    assert stranger.sign_in(email, next_page="/danh-sach/").location == "/danh-sach/"


@pytest.mark.parametrize("elsewhere", ["https://xau.example/", "//xau.example"])
def test_nobody_is_led_to_another_site(app: Flask, stranger: Browser, elsewhere: str) -> None:
    _, email = ward.staff("officer")
    answer = stranger.sign_in(email, next_page=elsewhere)
    assert answer.status_code == 200 and "Không chuyển sang trang ngoài hệ thống được" in answer.text


def test_changing_ones_own_password(sit: Callable[..., Browser], app: Flask) -> None:
    browser = sit("officer")
    form = {"password": ward.PASSWORD, "new_password": "mot cau de nho", "new_password_confirm": "mot cau de nho"}
    elsewhere = Browser(app.test_client())
    elsewhere.sign_in(browser.email)
    said = browser.post("/doi-mat-khau", **form).text
    assert "Đã đổi mật khẩu" in said and "Đăng nhập" in said
    assert browser.get("/").status_code == elsewhere.get("/").status_code == 302, "every session has ended"
    again = Browser(app.test_client())
    assert again.sign_in(browser.email).status_code == 200
    assert again.sign_in(browser.email, "mot cau de nho").status_code == 302
    assert again.get("/").status_code == 200
    assert actions_on(browser.staff_id) == ["sign_in", "sign_in", "change_password", "sign_in"]


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("khong phai", "mot cau de nho", "mot cau de nho", "Mật khẩu chưa đúng"),
        (ward.PASSWORD, "ngan", "ngan", "ít nhất 10 ký tự"),
        (ward.PASSWORD, "mot cau de nho", "mot cau khac", "chưa giống nhau"),
        (ward.PASSWORD, ward.PASSWORD, ward.PASSWORD, "phải khác mật khẩu đang dùng"),
    ],
)
def test_a_password_that_cannot_be_taken(
    sit: Callable[..., Browser], old: str, new: str, again: str, said: str
) -> None:
    answer = sit("officer").post("/doi-mat-khau", password=old, new_password=new, new_password_confirm=again)
    assert said in answer.text


def test_whoever_finds_an_open_session_cannot_guess_the_password_on_it(sit: Callable[..., Browser]) -> None:
    browser = sit("officer")
    for _ in range(7):  # the old one is right, the new one is not taken: nothing is guessed
        browser.post("/doi-mat-khau", password=ward.PASSWORD, new_password="ngan", new_password_confirm="ngan")
    guess = {"password": "doan mo thoi ma", "new_password": "mot cau de nho", "new_password_confirm": "mot cau de nho"}
    for _ in range(5):
        assert browser.post("/doi-mat-khau", **guess).status_code == 200
    right = {**guess, "password": ward.PASSWORD}
    assert browser.post("/doi-mat-khau", **right).status_code == 429


def test_a_shut_account_is_out_at_once(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    administrator = sit("administrator", commune=None)
    administrator.post(f"/can-bo/{officer.staff_id}/mo-khoa", active="0")
    assert officer.get("/").status_code == 302
    assert officer.sign_in(officer.email).status_code == 200


def test_every_answer_keeps_the_page_to_itself(stranger: Browser) -> None:
    headers = stranger.get("/dang-nhap").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY" and headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert len(headers["X-Request-Id"]) == 32


def test_the_cookie_is_for_this_site_and_no_script(app: Flask, stranger: Browser) -> None:
    _, email = ward.staff("officer")
    cookie = stranger.sign_in(email).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [("/khong-co", 404, "Không tìm thấy"), ("/can-bo/", 403, "Không có quyền"), ("/dang-xuat", 405, "không hợp lệ")],
)
def test_an_error_is_a_page_with_a_request_id(sit: Callable[..., Browser], path: str, status: int, title: str) -> None:
    answer = sit("officer").get(path)
    assert answer.status_code == status and title in answer.text
    assert answer.headers["X-Request-Id"] in answer.text


def test_a_failure_shows_and_logs_nothing_personal(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    app = create_app()

    @for_action(Action.PUBLIC)
    def fails() -> str:
        raise ValueError("Nguyễn Thị Bí Mật 001148000001")

    app.add_url_rule("/hong", "fails", fails)
    answer = app.test_client().get("/hong")
    logged = capsys.readouterr().err
    assert answer.status_code == 500 and answer.headers["X-Request-Id"] in answer.text
    for shown in (answer.text, logged):
        assert "Bí Mật" not in shown and "001148000001" not in shown
    assert answer.headers["X-Request-Id"] in logged and "ValueError" in logged
