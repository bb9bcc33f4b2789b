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

    def post(self, path: str, follow: bool = True, token: bool = True, **form: Any) -> TestResponse:
        data = {**({"csrf_token": self.token()} if token else {}), **form}
        return self.client.post(path, data=data, follow_redirects=follow)

    def token(self) -> str:
        found = _TOKEN.search(self.client.get("/doi-mat-khau", follow_redirects=True).text)
        assert found is not None
        return found.group(1)

    def sign_in(self, email: str, password: str = ward.PASSWORD, next_page: str = "") -> TestResponse:
        query = f"?next={next_page}" if next_page else ""
        return self.post(f"/dang-nhap{query}", follow=False, email=email, password=password)


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
