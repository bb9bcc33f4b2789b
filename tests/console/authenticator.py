"""A member of staff's phone with the authenticator app on it, and the pages on which it is set up and used."""

from __future__ import annotations

import re

from passlib.totp import TOTP

from core.clock import now
from tests.console import ward
from tests.console.conftest import Browser

_KEY = re.compile(r'<code class="typed-secret">([^<]+)</code>')
_CODE = re.compile(r"<li><code>([0-9a-f-]+)</code></li>")
STEP = 30


class Phone:
    """Shows codes for the key that was typed into it."""

    def __init__(self, key: str) -> None:
        self._totp = TOTP(key=key)

    def code(self, steps: int = 0) -> str:
        """What it shows now, or `steps` times 30 seconds later."""
        return str(self._totp.generate(time=now().timestamp() + steps * STEP).token)


def set_up(browser: Browser, password: str = ward.PASSWORD) -> tuple[Phone, list[str]]:
    """Sign in for the first time with a role that needs a second factor: the phone, and the printed codes."""
    answer = browser.sign_in(browser.email, password)
    assert answer.status_code == 302 and answer.location == "/xac-thuc-hai-lop"
    page = browser.post("/xac-thuc-hai-lop", here=True, setup="authenticator").text
    phone = Phone(key_on(page))
    assert browser.post("/ma-xac-thuc", follow=False, here=True, code=phone.code()).status_code == 302
    return phone, print_codes(browser)


def key_on(page: str) -> str:
    """The key to type, as the page shows it."""
    found = _KEY.search(page)
    assert found is not None
    return found.group(1)


def print_codes(browser: Browser) -> list[str]:
    """Have printed codes made."""
    return _CODE.findall(browser.post("/ma-du-phong").text)
