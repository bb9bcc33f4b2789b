"""The console on a database of the module's own, and members of staff who sit at it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.console import ward
from tests.environment import TestClock

_TOKEN = re.compile(r'X-CSRFToken": "([^"]+)"')


class Browser:
    """A signed-in member of staff without JavaScript: gets pages, and posts forms with the page's own token."""

    def __init__(self, client: FlaskClient, staff_id: int = 0, email: str = "") -> None:
        self.client = client
        self.staff_id = staff_id
        self.email = email

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def page(self, path: str) -> str:
        """The text of a page that is there."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def post(self, path: str, follow: bool = True, token: bool = True, here: bool = False, **form: Any) -> TestResponse:
        """`here`: the form stands on the page of the same address."""
        data = {**({"csrf_token": self.token(path if here else "/doi-mat-khau")} if token else {}), **form}
        return self.client.post(path, data=data, follow_redirects=follow)

    def token(self, on: str = "/doi-mat-khau") -> str:
        found = _TOKEN.search(self.client.get(on, follow_redirects=True).text)
        assert found is not None
        return found.group(1)

    def sign_in(self, email: str, password: str = ward.PASSWORD, next_page: str = "") -> TestResponse:
        query = f"?next={next_page}" if next_page else ""
        return self.post(f"/dang-nhap{query}", follow=False, email=email, password=password)


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The sign-in as an installation has it that sets nothing."""
    from console.sign_in_settings import SignInSettings, sign_in_settings

    for name in ("second_factor_roles", "idle_minutes"):
        monkeypatch.setenv(f"LOA_SIGN_IN_{name.upper()}", str(SignInSettings.model_fields[name].default))
    sign_in_settings.cache_clear()
    yield
    monkeypatch.undo()
    sign_in_settings.cache_clear()


@pytest.fixture(scope="module")
def app(database: str) -> Flask:
    """The console."""
    from console.app import create_app

    return create_app()


@pytest.fixture
def stranger(app: Flask, clock: TestClock) -> Browser:
    """Somebody who has not signed in."""
    return Browser(app.test_client())


@pytest.fixture
def sit(app: Flask, clock: TestClock) -> Iterator[Callable[..., Browser]]:
    """sit("officer", commune=HERE): a new member of staff with these roles, signed in."""

    def seated(*roles: str, commune: str | None = ward.HERE, name: str = "Cán Bộ Thử") -> Browser:
        staff_id, email = ward.staff(*roles, commune=commune, name=name)
        browser = Browser(app.test_client(), staff_id, email)
        assert browser.sign_in(email).status_code == 302
        return browser

    yield seated
