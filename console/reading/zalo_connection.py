"""Everything the page about Zalo shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from core.clock import now
from core.settings import settings
from outreach.account_quota import quota_left
from outreach.channels.zalo.authorising import latest
from outreach.channels.zalo.check import WEBHOOK
from outreach.channels.zalo.house import NAME, oauth
from outreach.channels.zalo.settings import zalo_settings
from outreach.channels.zalo.template_rows import ZaloTemplateRow, templates_known
from outreach.channels.zalo.token import AuthorisationOutcome
from outreach.channels.zalo.token_state import NEEDS_SOMEBODY, NOTHING, Standing, TokenState, token_state

PATIENCE = timedelta(minutes=1)
"""So long the workers may take to trade a code before the page says that they seem to stand still."""


@dataclass(frozen=True)
class Begun:
    """The authorisation that this member of staff began last. `page`: Zalo's, while one has still to go there."""

    page: str | None
    came_at: datetime | None
    outcome: AuthorisationOutcome | None
    error: str | None

    @property
    def waits(self) -> bool:
        """Whether a worker is trading the code."""
        return self.came_at is not None and self.outcome is None

    @property
    def slow(self) -> bool:
        """Whether that takes longer than it should."""
        return self.came_at is not None and self.waits and now() - self.came_at > PATIENCE


@dataclass(frozen=True)
class Connection:
    """How the OA is connected, what it may still send today, and what has to be registered at Zalo."""

    configured: bool
    standing: Standing
    tokens: TokenState
    begun: Begun | None
    quota_left: int | None
    templates: list[ZaloTemplateRow]
    way_back: str
    webhook: str


def connection(session: Session, staff_id: int, way_back: str) -> Connection:
    """For a member of staff; `way_back`: the console's address to which Zalo returns."""
    own = zalo_settings()
    tokens = token_state(session, own.oa_id) if own.configured else NOTHING
    return Connection(
        configured=own.configured,
        standing=tokens.standing(now(), timedelta(days=own.warn_days)),
        tokens=tokens,
        begun=_begun(session, staff_id) if own.configured else None,
        quota_left=quota_left(session, NAME, now()),
        templates=templates_known(session),
        way_back=way_back,
        webhook=settings().public_base + WEBHOOK,
    )


def needs_somebody(session: Session) -> Standing | None:
    """How the connection stands if somebody has to do something about it; None while all is well."""
    own = zalo_settings()
    if not own.configured:
        return None
    standing = token_state(session, own.oa_id).standing(now(), timedelta(days=own.warn_days))
    return standing if standing in NEEDS_SOMEBODY else None


def _begun(session: Session, staff_id: int) -> Begun | None:
    found = latest(session, staff_id, now())
    if found is None:
        return None
    to_go = found.came_at is None
    page = oauth().permission_page(found.redirect_url, found.state, found.verifier) if to_go else None
    return Begun(page, found.came_at, found.outcome, found.error)
