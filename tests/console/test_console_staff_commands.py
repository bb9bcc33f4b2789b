"""Members of staff from the command line: made, and helped where nobody else can."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from console.staff import Staff
from core.audit import AuditEntry
from core.database import transaction
from loa.cli import main
from tests.console import ward
from tests.console.authenticator import set_up
from tests.console.conftest import Browser

pytestmark = pytest.mark.usefixtures("database")


def loa(*command: str) -> Result:
    return CliRunner().invoke(main, ["staff", *command])


def member(email: str) -> Staff:
    with transaction() as session:
        return session.scalars(select(Staff).where(Staff.email == email)).one()


def last_entry() -> tuple[str, str, str, str]:
    with transaction() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
        return entry.actor, entry.action, entry.subject, entry.reason


def test_the_first_password_is_changed_at_the_first_sign_in(app: Flask, stranger: Browser) -> None:
    form = ("--email", "canh@thu.example", "--name", "Cảnh Sát Khu Vực", "--role", "team_police")
    made = loa("add", *form, "--commune", "Phường Bồ Đề", "--password", ward.PASSWORD)
    assert made.exit_code == 0, made.output
    assert last_entry()[:3] == ("system:loa", "add_staff", f"staff:{member('canh@thu.example').id}")
    stranger.sign_in("canh@thu.example")
    assert stranger.get("/").location == "/doi-mat-khau"
    assert "đã có tài khoản" in loa("add", *form, "--password", ward.PASSWORD).output


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (("--role", "boss"), "Vai trò phải là"),
        (("--role", "officer", "--commune", "Phường Không Có"), "Không có xã/phường"),
        (("--role", "auditor", "--commune", "Phường Bồ Đề"), "toàn thành phố"),
    ],
)
def test_what_cannot_be_made_is_said(form: tuple[str, ...], said: str) -> None:
    refused = loa("add", "--email", "x@thu.example", "--name", "X", "--password", ward.PASSWORD, *form)
    assert refused.exit_code == 1 and said in refused.output


def test_the_last_administrator_is_helped_by_the_operator(
    strict: None, app: Flask, stranger: Browser, sit: Callable[..., Browser]
) -> None:
    staff_id, email = ward.staff("administrator", commune=None)
    lost = Browser(app.test_client(), staff_id, email)
    set_up(lost)
    assert loa("reset-second-factor", "--email", email, "--reason", " ").exit_code == 2
    assert loa("reset-second-factor", "--email", "ai@thu.example", "--reason", "Mất").exit_code == 1
    assert loa("reset-second-factor", "--email", email, "--reason", "Mất điện thoại, đã gặp").exit_code == 0
    assert last_entry() == ("system:loa", "reset_second_factor", f"staff:{staff_id}", "Mất điện thoại, đã gặp")
    assert lost.get("/").status_code == 302 and not member(email).has_second_factor
    for _ in range(5):
        stranger.sign_in(email, "sai mat khau roi")
    assert stranger.sign_in(email).status_code == 429
    assert loa("unlock", "--email", email).exit_code == 0
    assert stranger.sign_in(email).location == "/xac-thuc-hai-lop"
