"""Zalo's oauth host: trading a refresh token, or an administrator's consent, for a pair of tokens.

Source: `shared/providers.md`, "Token", and
https://developers.zalo.me/docs/official-account/bat-dau/xac-thuc-va-uy-quyen-cho-ung-dung-new. Of its error numbers
little is known: what can be relied upon is that a refusal holds `error` and no `access_token`.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import httpx

from outreach.channels.adapter import NotSent
from outreach.channels.fused_httpx import broken_call, fused_client
from outreach.channels.zalo.errors import CALL_LIMIT

_TOKEN = "/v4/oa/access_token"
_PERMISSION = "/v4/oa/permission"
_CAUTIOUS = timedelta(hours=1)
"""Taken for an access token's life where the answer names none: the pair is worth more than the number."""


@dataclass(frozen=True)
class Grant:
    """A pair of tokens. `refresh_lives` None: the answer does not say how long the refresh token lasts."""

    access_token: str
    refresh_token: str
    access_lives: timedelta
    refresh_lives: timedelta | None = None


class GrantRefused(Exception):
    """Zalo refuses the token or the code. The text is its code."""


class GrantAway(Exception):
    """No answer. `asked` False: the question certainly never left, so what it offered was not used up."""

    def __init__(self, reason: str, asked: bool) -> None:
        super().__init__(reason)
        self.asked = asked


class Oauth:
    """The host for one app. `timeout`: seconds, for each phase of a call."""

    def __init__(self, url: str, app_id: str, app_secret: str, timeout: float) -> None:
        self._url = url.rstrip("/")
        self._app_id = app_id
        self._secret = app_secret
        self._http = fused_client(connect_seconds=timeout / 2, read_seconds=timeout)

    def refresh(self, refresh_token: str) -> Grant:
        """Trade a refresh token, which is used up by it. Raises GrantRefused, GrantAway."""
        return self._grant({"grant_type": "refresh_token", "refresh_token": refresh_token})

    def exchange(self, code: str, verifier: str) -> Grant:
        """Trade the code that an administrator's consent gave. Raises GrantRefused, GrantAway."""
        return self._grant({"grant_type": "authorization_code", "code": code, "code_verifier": verifier})

    def permission_page(self, redirect_url: str, state: str, verifier: str) -> str:
        """The address of the page on which an administrator of the OA lets the app in."""
        asked = {
            "app_id": self._app_id,
            "redirect_uri": redirect_url,
            "code_challenge": challenge(verifier),
            "state": state,
        }
        return f"{self._url}{_PERMISSION}?{urlencode(asked)}"

    def _grant(self, asked: dict[str, str]) -> Grant:
        try:
            answer = self._http.post(
                self._url + _TOKEN, data={"app_id": self._app_id, **asked}, headers={"secret_key": self._secret}
            )
        except httpx.HTTPError as error:
            broken = broken_call(error)
            raise GrantAway(broken.reason, asked=not isinstance(broken, NotSent)) from None
        return _read(answer)


def challenge(verifier: str) -> str:
    """PKCE's S256 (RFC 7636, section 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _read(answer: httpx.Response) -> Grant:
    try:
        body = answer.json()
        if body.get("access_token") and body.get("refresh_token"):
            return Grant(
                access_token=str(body["access_token"]),
                refresh_token=str(body["refresh_token"]),
                access_lives=_lives(body.get("expires_in")) or _CAUTIOUS,
                refresh_lives=_lives(body.get("refresh_token_expires_in")),
            )
        refusal = int(body["error"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise GrantAway(f"http_{answer.status_code}", asked=True) from None
    if refusal == CALL_LIMIT:
        raise GrantAway(str(refusal), asked=False)
    raise GrantRefused(str(refusal))


def _lives(seconds: object) -> timedelta | None:
    """Zalo writes numbers as strings."""
    try:
        lives = timedelta(seconds=float(str(seconds)))
    except (ValueError, OverflowError):
        return None
    return lives if lives > timedelta() else None
