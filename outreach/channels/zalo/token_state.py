"""How the OA's connection stands, without the tokens: for the console, for `loa channels check`, for warnings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.channels.zalo.token import ZaloToken


class Standing(StrEnum):
    """What an operator has to know."""

    NEVER = "never"
    """Nobody has authorised yet."""
    GOOD = "good"
    ENDING = "ending"
    """The right to renew ends within weeks."""
    FADING = "fading"
    """Renewing is refused; messages still go out until the access token ends."""
    LOST = "lost"
    """Nothing goes out until an administrator of the OA authorises anew."""
    SILENT = "silent"
    """The access token is over and the answer to its renewing has not come."""


NEEDS_SOMEBODY = frozenset({Standing.NEVER, Standing.ENDING, Standing.FADING, Standing.LOST})


@dataclass(frozen=True)
class TokenState:
    """The row of tokens as the console may read it."""

    access_expires_at: datetime | None
    refresh_expires_at: datetime | None
    obtained_at: datetime | None
    asking_since: datetime | None
    lost_at: datetime | None
    last_error: str | None

    def standing(self, now: datetime, warn: timedelta) -> Standing:
        """Where it stands at `now`; `warn`: how long before the end of the right to renew one says so."""
        sends = self.access_expires_at is not None and now < self.access_expires_at
        if self.lost_at is not None:
            return Standing.FADING if sends else Standing.LOST
        if self.refresh_expires_at is None:
            return Standing.NEVER
        if now >= self.refresh_expires_at:
            return Standing.FADING if sends else Standing.LOST
        if now >= self.refresh_expires_at - warn:
            return Standing.ENDING
        return Standing.GOOD if sends else Standing.SILENT


NOTHING = TokenState(None, None, None, None, None, None)


def token_state(session: Session, oa_id: str) -> TokenState:
    """The state of the OA's tokens, read by the columns that every role may read."""
    row = session.execute(
        select(
            ZaloToken.access_expires_at,
            ZaloToken.refresh_expires_at,
            ZaloToken.obtained_at,
            ZaloToken.asking_since,
            ZaloToken.lost_at,
            ZaloToken.last_error,
        ).where(ZaloToken.oa_id == oa_id)
    ).one_or_none()
    return TokenState(*row) if row else NOTHING
