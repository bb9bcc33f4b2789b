"""The keeper of the tokens: one refresher at a time, and a new pair committed before anybody uses it.

A refresh token works once, so what a crash leaves behind matters:

- before the call left: nothing has changed, and the next one asks again;
- while it was away, or its answer lost: nobody knows whether the token was used up. It is tried again. If Zalo takes
  it, all is well; if not, the row says "lost", the present access token goes on while it lives, and an administrator of
  the OA has to authorise anew;
- after the commit: the next process finds the new pair.

A frozen process that wakes up asks no more (its fuse has blown), and one that asked writes nothing over a newer pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.audit import SYSTEM, Actor
from core.clock import now as the_time
from core.logs import logger
from outreach.channels.fuse import Fuse, FuseBlown
from outreach.channels.fused_httpx import guarded_by
from outreach.channels.zalo.oauth import Grant, GrantAway, GrantRefused, Oauth
from outreach.channels.zalo.token_lock import Busy, only_refresher
from outreach.channels.zalo.token_rows import (
    Kept,
    keep_grant,
    keep_refresh_token,
    note_asking,
    note_no_answer,
    note_refused,
    read_tokens,
)
from outreach.channels.zalo.tokens import NoToken

_log = logger(__name__)

_REMEMBERED = timedelta(seconds=30)
"""So long a process uses the access token that it has read, without looking whether there is a newer one."""


@dataclass(frozen=True)
class KeeperTerms:
    """What an installation has set: see `outreach.channels.zalo.settings`."""

    oa_id: str
    refresh_ahead: timedelta
    refresh_life: timedelta
    ask_again_after: timedelta
    lock_patience: float


@dataclass
class TokenKeeper:
    """Keeps the tokens of one OA; any number of processes may each have one. `clock`: the time, aware."""

    oauth: Oauth
    terms: KeeperTerms
    clock: Callable[[], datetime] = the_time
    _remembered: tuple[str, datetime] | None = field(default=None, init=False)
    """An access token, and until when it is used without looking."""

    def current(self) -> str:
        """The access token to call with: the one there is while it lives, else a new one. Raises NoToken."""
        now = self.clock()
        if self._remembered is not None and now < self._remembered[1]:
            return self._remembered[0]
        kept = read_tokens(self.terms.oa_id)
        if kept is None:
            raise NoToken("never_authorised")
        return self._usable(kept, now) or self._renew(lambda fresh, at: fresh.access_until(at) is None)

    def renew(self, stale: str) -> str:
        """Another access token than `stale`, which Zalo has refused. Raises NoToken."""
        self._remembered = None
        return self._renew(lambda kept, now: kept.access_token == stale or kept.access_until(now) is None)

    def renew_when_due(self) -> bool:
        """Replace the pair if its access token ends soon; whether it was replaced.

        While the replacing fails the present token goes on to its end, so a failure here raises nothing.
        """
        kept, now = read_tokens(self.terms.oa_id), self.clock()
        if kept is None or not self._is_due(kept, now) or self._refused_lately(kept, now):
            return False
        try:
            self._renew(self._is_due)
        except NoToken as error:
            _log.warning("zalo_token_not_renewed", reason=str(error))
            return False
        return True

    def exchange(self, code: str, verifier: str, by: Actor) -> None:
        """Trade an administrator's consent for a pair. Raises GrantRefused, GrantAway."""
        asked_at = self.clock()
        try:
            with self._alone():
                keep_grant(self.terms.oa_id, None, self.oauth.exchange(code, verifier), self.terms.refresh_life,
                           asked_at, by)  # fmt: skip
        except (Busy, FuseBlown) as error:
            raise GrantAway(type(error).__name__.lower(), asked=False) from None
        self._remembered = None

    def bring(self, refresh_token: str, by: Actor) -> None:
        """Take a refresh token that somebody has got from Zalo's own tool, and trade it at once. Raises NoToken."""
        keep_refresh_token(self.terms.oa_id, refresh_token, self.terms.refresh_life, self.clock(), by)
        self._remembered = None
        self.current()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Be the only one who asks, and not for longer than others wait. Raises Busy."""
        with only_refresher(self.terms.lock_patience), guarded_by(Fuse(self.terms.lock_patience)):
            yield

    def _renew(self, wanted: Callable[[Kept, datetime], bool]) -> str:
        """A new pair's access token, unless, once it is one's turn, the pair that stands there is no longer `wanted`
        to be replaced."""
        try:
            with self._alone():
                kept = read_tokens(self.terms.oa_id)
                if kept is None:
                    raise NoToken("never_authorised")
                now = self.clock()
                usable = None if wanted(kept, now) else self._usable(kept, now)
                return usable or self._replace(kept)
        except Busy:
            raise NoToken("busy") from None

    def _replace(self, kept: Kept) -> str:
        asked_at = self.clock()
        if kept.refresh_token is None:
            raise NoToken("never_authorised")
        if self._refused_lately(kept, asked_at):
            raise NoToken("lost")
        note_asking(self.terms.oa_id, asked_at)
        grant = self._ask(kept.refresh_token, kept.generation, asked_at)
        if not keep_grant(self.terms.oa_id, kept.generation, grant, self.terms.refresh_life, asked_at, SYSTEM):
            _log.error("zalo_token_overtaken")
            raise NoToken("overtaken")
        _log.info("zalo_token_renewed", generation=kept.generation + 1)
        self._remembered = grant.access_token, asked_at + min(_REMEMBERED, grant.access_lives)
        return grant.access_token

    def _ask(self, refresh_token: str, generation: int, asked_at: datetime) -> Grant:
        try:
            return self.oauth.refresh(refresh_token)
        except GrantRefused as refusal:
            if note_refused(self.terms.oa_id, generation, str(refusal), asked_at):
                _log.error("zalo_token_lost", code=str(refusal))
            raise NoToken("lost") from None
        except GrantAway as away:
            note_no_answer(self.terms.oa_id, str(away), away.asked)
            raise NoToken("no_answer" if away.asked else "away") from None
        except FuseBlown:
            note_no_answer(self.terms.oa_id, "fuse_blown", asked=False)
            raise NoToken("away") from None

    def _usable(self, kept: Kept, now: datetime) -> str | None:
        until = kept.access_until(now)
        if kept.access_token is None or until is None:
            return None
        self._remembered = kept.access_token, min(until, now + _REMEMBERED)
        return kept.access_token

    def _refused_lately(self, kept: Kept, now: datetime) -> bool:
        return kept.refused_at is not None and now - kept.refused_at < self.terms.ask_again_after

    def _is_due(self, kept: Kept, now: datetime) -> bool:
        """Ahead of the end by `refresh_ahead`, but never within the first two thirds of the token's life."""
        if kept.access_expires_at is None or kept.obtained_at is None:
            return True
        ahead = min(self.terms.refresh_ahead, (kept.access_expires_at - kept.obtained_at) / 3)
        return now >= kept.access_expires_at - ahead
