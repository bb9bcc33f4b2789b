"""Making members of staff, by command and by the administrator's page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from console.seed import StaffRefused, create_staff, demo_sign_ins, demo_staff
from console.staff import Staff
from console.staff_roles import StaffRole
from core.database import transaction
from tests.console import ward
from tests.console.conftest import Browser

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    ("email", "name", "password", "roles", "communes", "said"),
    [
        ("a@b.example", "A", "mat khau dai", ["boss"], [], "Vai trò phải là"),
        ("a@b.example", "A", "mat khau dai", [], [], "Vai trò phải là"),
        ("a@b.example", "A", "ngan", ["officer"], [ward.HERE], "ít nhất 10 ký tự"),
        ("khong phai email", "A", "mat khau dai", ["officer"], [ward.HERE], "họ tên và email"),
        ("a@b.example", " ", "mat khau dai", ["officer"], [ward.HERE], "họ tên và email"),
        ("a@b.example", "A", "mat khau dai", ["manager"], [ward.HERE], "toàn thành phố"),
        ("a@b.example", "A", "mat khau dai", ["officer", "administrator"], [ward.HERE], "toàn thành phố"),
        ("a@b.example", "A", "mat khau dai", ["department"], [ward.HERE], "toàn thành phố"),
        ("a@b.example", "A", "mat khau dai", ["auditor"], [ward.HERE], "toàn thành phố"),
        ("a@b.example", "A", "mat khau dai", ["auditor", "administrator"], [], "không kiêm"),
    ],
)
def test_who_cannot_be_made(
    email: str, name: str, password: str, roles: list[str], communes: list[str], said: str
) -> None:
    with transaction() as session, pytest.raises(StaffRefused, match=said):
        create_staff(session, email, name, password, roles, communes)


def test_an_email_serves_one_account() -> None:
    _, email = ward.staff("officer")
    with transaction() as session, pytest.raises(StaffRefused, match="đã có tài khoản"):
        create_staff(session, f" {email.upper()}", "Ai Đó", ward.PASSWORD, ["officer"], [ward.HERE])


def test_passwords_are_kept_as_argon2() -> None:
    _, email = ward.staff("officer")
    with transaction() as session:
        kept = session.scalars(select(Staff.password).where(Staff.email == email)).one()
    assert kept.startswith("$argon2id$") and ward.PASSWORD not in kept


def test_everybody_of_the_demo_can_sign_in(app: Flask) -> None:
    with transaction() as session:
        made = demo_staff(session)
    assert [one.email for one in made] == [one.email for one in demo_sign_ins()]
    assert [one.role for one in made].count(StaffRole.MANAGER) == 2
    for one in made:
        browser = Browser(app.test_client())
        assert browser.sign_in(one.email, one.password).status_code == 302, one.title
        assert browser.get("/").status_code == 200


def test_an_administrator_adds_somebody_who_can_work(sit: Callable[..., Browser], app: Flask) -> None:
    administrator = sit("administrator", commune=None)
    form = {"full_name": "Đặng Thị Mới", "email": "moi@thu.example", "password": "mat khau dau tien"}
    answer = administrator.post("/can-bo/", **form, roles="officer", reach="some", communes=ward.HERE)
    assert "Đã thêm cán bộ" in answer.text and "Phường Bồ Đề" in answer.text
    browser = Browser(app.test_client())
    assert browser.sign_in("moi@thu.example", "mat khau dau tien").status_code == 302
    assert browser.get("/kiem-tra/").location == "/doi-mat-khau", "the administrator knows the first password"
    own = {
        "password": "mat khau dau tien",
        "new_password": "mot cau cua rieng",
        "new_password_confirm": "mot cau cua rieng",
    }
    browser.post("/doi-mat-khau", **own)
    assert browser.sign_in("moi@thu.example", "mot cau cua rieng").status_code == 302
    assert browser.get("/kiem-tra/").status_code == 200


def test_an_officer_without_a_commune_is_asked_about(sit: Callable[..., Browser]) -> None:
    form = {"full_name": "Không Xã", "email": "khongxa@thu.example", "password": "mat khau dau tien"}
    answer = sit("administrator", commune=None).post("/can-bo/", **form, roles="officer", reach="some")
    assert "Xin chọn ít nhất một xã, phường" in answer.text


def test_a_forgotten_password_is_replaced(sit: Callable[..., Browser], app: Flask) -> None:
    officer = sit("officer")
    administrator = sit("administrator", commune=None)
    assert "ít nhất 10" in administrator.post(f"/can-bo/{officer.staff_id}/mat-khau", password="ngan").text
    administrator.post(f"/can-bo/{officer.staff_id}/mat-khau", password="mat khau moi cap")
    assert officer.get("/").status_code == 302, "sessions under the old password end"
    assert Browser(app.test_client()).sign_in(officer.email, "mat khau moi cap").status_code == 302


def test_an_administrator_does_not_shut_the_own_account(sit: Callable[..., Browser]) -> None:
    administrator = sit("administrator", commune=None)
    answer = administrator.post(f"/can-bo/{administrator.staff_id}/mo-khoa", active="0")
    assert "Không tự khóa" in answer.text and administrator.get("/").status_code == 200
