"""The tokens of one OA: an access token for hours, a refresh token for months that works once and is then another.

As with the real service a refresh whose answer is lost has still taken the old refresh token: only a new
authorisation helps then.
"""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from simulator.provider import World
from simulator.zalo.config import ZaloConfig
from simulator.zalo.resource import PROVIDER

_KEY = "tokens"


@dataclass(frozen=True, slots=True)
class Pair:
    """What a grant hands out; `lives` is the access token's life in seconds."""

    access_token: str
    refresh_token: str
    lives: float


class GrantRefused(Exception):
    """A refresh token or code that is unknown, used or too old. The text says which, in Zalo's words."""


class Tokens:
    """Kept in the ledger, so that a restarted stand-in knows what it has given out."""

    def __init__(self, world: World, config: ZaloConfig) -> None:
        self._world = world
        self._config = config
        self._lock = threading.Lock()
        self._born = world.clock()

    def refresh(self, refresh_token: str) -> Pair:
        """Trade a refresh token for a new pair. GrantRefused."""
        with self._lock:
            state = self._state()
            if not secrets.compare_digest(refresh_token.encode(), state["refresh"].encode()):
                raise GrantRefused("Invalid refresh token")
            if self._past(state["refresh_until"]):
                raise GrantRefused("Refresh token expired")
            return self._grant(state)

    def authorise(self, challenge: str) -> str:
        """The code that an administrator's consent gives; it works once. `challenge`: PKCE (S256), or none."""
        with self._lock:
            state = self._state()
            code = secrets.token_urlsafe(48)
            codes = {**state["codes"], code: [self._until(self._config.code_lives), challenge]}
            self._world.ledger.keep(PROVIDER, _KEY, {**state, "codes": codes})
            return code

    def exchange(self, code: str, challenge: str) -> Pair:
        """Trade an authorisation code for a pair. `challenge` is made from the verifier given. GrantRefused."""
        with self._lock:
            state = self._state()
            until, wanted = state["codes"].get(code, (None, ""))
            if until is None:
                raise GrantRefused("Invalid authorization code")
            if self._past(until):
                raise GrantRefused("Authorization code expired")
            if wanted and wanted != challenge:
                raise GrantRefused("Invalid code verifier")
            left = {other: kept for other, kept in state["codes"].items() if other != code}
            return self._grant({**state, "codes": left})

    def knows(self, access_token: str) -> bool:
        """Whether this access token was ever given out."""
        return access_token in self._state()["access"]

    def is_good(self, access_token: str) -> bool:
        """Whether it was given out and still lives."""
        until = self._state()["access"].get(access_token)
        return until is not None and not self._past(until)

    def _grant(self, state: dict[str, Any]) -> Pair:
        pair = Pair(secrets.token_urlsafe(128), secrets.token_urlsafe(128), self._config.access_lives)
        older = _latest(state["access"], 9)
        if self._config.revokes_old_access:
            older = dict.fromkeys(older, self._until(0))
        state = {
            "access": {**older, pair.access_token: self._until(self._config.access_lives)},
            "refresh": pair.refresh_token,
            "refresh_until": self._until(self._config.refresh_lives),
            "codes": state["codes"],
        }
        self._world.ledger.keep(PROVIDER, _KEY, state)
        return pair

    def _state(self) -> dict[str, Any]:
        """What was given out; before the first grant, the pair that the configuration names."""
        kept: dict[str, Any] | None = self._world.ledger.kept(PROVIDER, _KEY)
        return kept or {
            "access": {self._config.access_token: (self._born + self._for(self._config.access_lives)).isoformat()},
            "refresh": self._config.refresh_token,
            "refresh_until": (self._born + self._for(self._config.refresh_lives)).isoformat(),
            "codes": {},
        }

    def _until(self, lives: float) -> str:
        return (self._world.clock() + self._for(lives)).isoformat()

    def _past(self, until: str) -> bool:
        return self._world.clock() >= datetime.fromisoformat(until)

    @staticmethod
    def _for(lives: float) -> timedelta:
        return timedelta(seconds=lives)


def _latest(tokens: dict[str, str], count: int) -> dict[str, str]:
    return dict(list(tokens.items())[-count:])
