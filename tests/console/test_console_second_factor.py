"""The second factor: who needs one, setting it up, signing in with it, and what helps whoever lost the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select

from console.sign_in_settings import SignInSettings
from console.staff import Staff
from console.staff_roles import StaffRole
from core.audit import AuditEntry
from core.database import transaction
from tests.console import ward
from tests.console.authenticator import Phone, key_on, print_codes, set_up
from tests.console.conftest import Browser
from tests.environment import TestClock

pytestmark = pytest.mark.usefixtures("strict")
NEEDED = (StaffRole.ADMINISTRATOR, StaffRole.APPROVER, StaffRole.MANAGER)


@pytest.fixture
def newcomer(app: Flask, clock: TestClock) -> Callable[..., Browser]:
    """newcomer("manager"): a member of staff who has not signed in yet."""

    def made(role: str) -> Browser:
        staff_id, email = ward.staff(role, commune=ward.HERE if role in ("officer", "approver") else None)
        return Browser(app.test_client(), staff_id, email)

    return made


def happened(staff_id: int) -> list[str]:
    with transaction() as session:
        entries = select(AuditEntry.action).where(AuditEntry.subject == f"staff:{staff_id}").order_by(AuditEntry.id)
        return list(session.scalars(entries))


@pytest.mark.parametrize("role", NEEDED)
def test_these_roles_set_one_up_at_their_first_sign_in(newcomer: Callable[..., Browser], role: str) -> None:
    browser = newcomer(role)
    assert browser.sign_in(browser.email).location == "/xac-thuc-hai-lop"
    assert browser.get("/").location == "/dang-nhap", "the password alone opens nothing"
    page = browser.post("/xac-thuc-hai-lop", here=True, setup="authenticator").text
    assert "data:image/svg+xml;base64," in page and "Mã 6 số" in page
    assert "chưa đúng" in browser.post("/ma-xac-thuc", here=True, code="000000").text
    assert browser.get("/").status_code == 302
    assert browser.post("/ma-xac-thuc", here=True, follow=False, code=Phone(key_on(page)).code()).status_code == 302
    assert browser.get("/").location == "/ma-du-phong", "first the codes are printed"
    codes = print_codes(browser)
    assert len(set(codes)) == 10
    assert browser.get("/").status_code == 200
    assert happened(browser.staff_id) == ["set_up_second_factor", "sign_in"]


def test_which_roles_need_one_is_set_by_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    assert SignInSettings(_env_file=None).roles_with_second_factor == set(NEEDED)  # type: ignore[call-arg]
    monkeypatch.setenv("LOA_SIGN_IN_SECOND_FACTOR_ROLES", "officer, auditor")
    assert SignInSettings().roles_with_second_factor == {StaffRole.OFFICER, StaffRole.AUDITOR}
    monkeypatch.setenv("LOA_SIGN_IN_SECOND_FACTOR_ROLES", "boss")
    with pytest.raises(ValueError, match="boss"):
        SignInSettings()


def test_the_code_is_asked_at_every_sign_in_and_leads_where_one_wanted(
    newcomer: Callable[..., Browser], clock: TestClock
) -> None:
    browser = newcomer("manager")
    phone, _ = set_up(browser)
    browser.post("/dang-xuat")
    clock.advance(timedelta(minutes=2))
    assert browser.sign_in(browser.email, next_page="/danh-sach/").location == "/ma-xac-thuc?next=/danh-sach/"
    assert browser.get("/danh-sach/").status_code == 302
    shown = phone.code()
    answer = browser.post("/ma-xac-thuc?next=/danh-sach/", here=True, follow=False, code=f"{shown[:3]} {shown[3:]}")
    assert answer.location == "/danh-sach/"
    assert browser.get("/danh-sach/").status_code == 200


def test_a_code_serves_once(newcomer: Callable[..., Browser], app: Flask, clock: TestClock) -> None:
    browser = newcomer("manager")
    phone, _ = set_up(browser)
    clock.advance(timedelta(minutes=2))
    overlooked = phone.code()
    for enters in (True, False):
        again = Browser(app.test_client())
        again.sign_in(browser.email)
        answer = again.post("/ma-xac-thuc", here=True, follow=False, code=overlooked)
        assert (answer.status_code == 302) is enters


def test_a_phones_clock_may_be_half_a_minute_off_and_no_more(
    newcomer: Callable[..., Browser], app: Flask, clock: TestClock
) -> None:
    browser = newcomer("manager")
    phone, _ = set_up(browser)
    clock.advance(timedelta(minutes=10))
    for steps, enters in ((-3, False), (3, False), (-1, True), (1, True)):
        again = Browser(app.test_client())
        again.sign_in(browser.email)
        assert (
            again.post("/ma-xac-thuc", here=True, follow=False, code=phone.code(steps)).status_code == 302
        ) is enters, steps


def test_secrets_are_encrypted_where_they_lie(newcomer: Callable[..., Browser], database: str) -> None:
    browser = newcomer("approver")
    _, codes = set_up(browser)
    with transaction() as session:
        key = session.get_one(Staff, browser.staff_id).tf_totp_secret
    assert key is not None and len(key) == 32 and key.isalnum()
    with psycopg.connect(database) as owner:
        query = "SELECT staff::text FROM staff WHERE id = %s"
        [(row,)] = owner.execute(query, [browser.staff_id]).fetchall()
    for secret in (key, *codes):
        assert secret not in row and secret.encode().hex() not in row


def test_the_key_is_not_readable_in_the_browsers_cookie(newcomer: Callable[..., Browser]) -> None:
    browser = newcomer("manager")
    browser.sign_in(browser.email)
    key = (
        key_on(browser.post("/xac-thuc-hai-lop", here=True, setup="authenticator").text)
        .replace("-", "")
        .replace(" ", "")
    )
    with browser.client.session_transaction() as cookie:
        kept = str(dict(cookie))
    assert "sealed:" in kept and key not in kept


def test_a_printed_code_opens_once(newcomer: Callable[..., Browser], app: Flask) -> None:
    browser = newcomer("manager")
    _, codes = set_up(browser)
    typed = codes[3].upper().replace("-", " ")
    for enters in (True, False):
        again = Browser(app.test_client())
        again.sign_in(browser.email)
        answer = again.post("/dung-ma-du-phong", here=True, code=typed)
        assert ("còn 9 mã" in answer.text) is enters
        assert (again.get("/").status_code == 200) is enters
    assert "chưa đúng hoặc đã dùng rồi" in answer.text


def test_new_printed_codes_end_the_old_ones(newcomer: Callable[..., Browser], app: Flask) -> None:
    browser = newcomer("manager")
    _, old = set_up(browser)
    new = print_codes(browser)
    assert not set(old) & set(new)
    again = Browser(app.test_client())
    again.sign_in(browser.email)
    assert "chưa đúng" in again.post("/dung-ma-du-phong", here=True, code=old[0]).text
    assert "còn 9 mã" in again.post("/dung-ma-du-phong", here=True, code=new[0]).text


def test_printed_codes_are_shown_when_they_are_made_and_never_again(newcomer: Callable[..., Browser]) -> None:
    browser = newcomer("manager")
    _, codes = set_up(browser)
    for page in ("/ma-du-phong", "/ma-du-phong?show_codes=1"):
        shown = browser.page(page)
        assert not [code for code in codes if code in shown]
        assert "<strong>10</strong> mã chưa dùng" in shown


def test_wrong_codes_shut_the_account(newcomer: Callable[..., Browser], clock: TestClock) -> None:
    browser = newcomer("manager")
    phone, codes = set_up(browser)
    browser.post("/dang-xuat")
    browser.sign_in(browser.email)
    for guess in ("/ma-xac-thuc", "/dung-ma-du-phong", "/ma-xac-thuc", "/dung-ma-du-phong", "/ma-xac-thuc"):
        assert browser.post(guess, here=True, code="123456").status_code == 200
    assert browser.post("/ma-xac-thuc", here=True, code=phone.code(1)).status_code == 429
    assert browser.post("/dung-ma-du-phong", here=True, code=codes[0]).status_code == 429
    clock.advance(timedelta(minutes=16))
    assert browser.post("/ma-xac-thuc", here=True, follow=False, code=phone.code()).status_code == 302
    assert happened(browser.staff_id)[-2:] == ["lock_out", "sign_in"]


def test_an_officer_may_have_one_and_give_it_up(newcomer: Callable[..., Browser], app: Flask) -> None:
    browser = newcomer("officer")
    assert browser.sign_in(browser.email).location == "/"
    page = browser.post("/xac-thuc-hai-lop", here=True, setup="authenticator").text
    action = page.split('action="/xac-thuc-hai-lop/')[1].split('"')[0]
    done = browser.post(f"/xac-thuc-hai-lop/{action}", code=Phone(key_on(page)).code())
    assert "Đã cài đặt xác thực hai lớp" in done.text
    print_codes(browser)
    again = Browser(app.test_client())
    assert again.sign_in(browser.email).location.startswith("/ma-xac-thuc")
    assert "Đã tắt" in browser.post("/xac-thuc-hai-lop", here=True, setup="disable").text
    assert Browser(app.test_client()).sign_in(browser.email).location == "/"
    assert happened(browser.staff_id) == ["sign_in", "set_up_second_factor", "disable_second_factor", "sign_in"]


def test_a_manager_cannot_give_it_up(newcomer: Callable[..., Browser]) -> None:
    browser = newcomer("manager")
    set_up(browser)
    assert "không tắt được" in browser.post("/xac-thuc-hai-lop", here=True, setup="disable").text
    with transaction() as session:
        assert session.get_one(Staff, browser.staff_id).has_second_factor


def test_an_administrator_resets_it_with_a_reason_and_never_the_own(
    newcomer: Callable[..., Browser], app: Flask
) -> None:
    manager, administrator = newcomer("manager"), newcomer("administrator")
    phone, _ = set_up(manager)
    set_up(administrator)
    reset = f"/can-bo/{manager.staff_id}/dat-lai-hai-lop"
    assert "Xin ghi lý do" in administrator.post(reset, reason=" ").text
    assert manager.get("/").status_code == 200
    assert "Đã đặt lại" in administrator.post(reset, reason="Mất điện thoại, đã gặp trực tiếp").text
    assert manager.get("/").status_code == 302, "whoever is signed in is out"
    again = Browser(app.test_client(), manager.staff_id, manager.email)
    new_phone, _ = set_up(again)
    assert new_phone.code() != phone.code()
    own = administrator.post(f"/can-bo/{administrator.staff_id}/dat-lai-hai-lop", reason="Tiện tay")
    assert "không tự làm cho tài khoản của mình" in own.text
    with transaction() as session:
        asked = select(AuditEntry).where(AuditEntry.action == "reset_second_factor")
        [entry] = session.scalars(asked)
    assert entry.subject == f"staff:{manager.staff_id}" and entry.actor == f"staff:{administrator.staff_id}"
    assert entry.reason == "Mất điện thoại, đã gặp trực tiếp"
    assert (entry.before, entry.after) == ({"second_factor": True}, {"second_factor": False})


def test_whoever_needs_one_by_now_is_signed_out_to_set_it_up(
    newcomer: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    from console.sign_in_settings import sign_in_settings

    browser = newcomer("officer")
    browser.sign_in(browser.email)
    assert browser.get("/").status_code == 200
    monkeypatch.setenv("LOA_SIGN_IN_SECOND_FACTOR_ROLES", "officer")
    sign_in_settings.cache_clear()
    assert "cần xác thực hai lớp" in browser.client.get("/", follow_redirects=True).text
    assert browser.sign_in(browser.email).location == "/xac-thuc-hai-lop"


def test_long_after_the_password_it_is_asked_again_before_anything_changes(newcomer: Callable[..., Browser]) -> None:
    browser = newcomer("manager")
    set_up(browser)
    with browser.client.session_transaction() as cookie:
        cookie["fs_paa"] -= 3600
        cookie.pop("fs_gexp", None)
    asked = browser.post("/ma-du-phong", follow=False)
    assert asked.location.startswith("/nhap-lai-mat-khau")
    assert "chưa đúng" in browser.post(asked.location, here=True, password="khong phai the").text
    assert browser.post(asked.location, follow=False, here=True, password=ward.PASSWORD).status_code == 302
    assert len(print_codes(browser)) == 10
