"""Where access tokens come from, as whoever calls Zalo sees it."""

from __future__ import annotations

from typing import Protocol


class NoToken(RuntimeError):
    """There is no access token to call with, so nothing was sent; the text is a code that says why."""


class Tokens(Protocol):
    """Kept by `outreach.channels.zalo.keeper`."""

    def current(self) -> str:
        """The access token to call with. Raises NoToken."""

    def renew(self, stale: str) -> str:
        """Another one than `stale`, which Zalo has refused. Raises NoToken."""
