"""Whether an account works: what its last outcomes say, how long it rests, and whether others should take over.

A failing provider pauses only its own account. After trouble one single message is tried first: a provider's bad hour
must not turn a wave into lost answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from core.gauges import gauge, set_gauge
from outreach.account_pause import hold_until, is_paused, pause_account
from outreach.channels.adapter import Accepted, ErrorClass, NotSent, Outcome, Rejected, Throttled, Unknown
from outreach.delivery_settings import delivery_settings

_OBEYED_AT_MOST = timedelta(days=1)
"""A longer time is somebody's mistake: it is asked again after a day."""
_ENOUGH_AWAY = 8
"""So many calls one after the other that reach nobody, or whose answers are lost: the provider is away."""
_HELD_BACK = "account_rests"


class Trouble(StrEnum):
    """What is wrong with an account."""

    SHUT = "shut"
    """The provider refuses the account itself."""
    AWAY = "away"
    """The provider cannot be reached, or answers are lost."""
    TOO_FAST = "too_fast"
    """The provider names a time before which it takes nothing."""


@dataclass(frozen=True)
class Finding:
    """Trouble as outcomes show it. codes: the provider's; wait: the time it names."""

    trouble: Trouble
    codes: tuple[str, ...] = ()
    wait: timedelta | None = None


class Brake:
    """Stops what has not left yet, once a few outcomes show that the account does not work. For many threads."""

    def __init__(self) -> None:
        self._pulled = False
        self._away_in_a_row = 0

    def see(self, outcome: Outcome) -> None:
        """Take note of one outcome."""
        self._away_in_a_row = self._away_in_a_row + 1 if _away(outcome) else 0
        if _shuts(outcome) or _names_a_time(outcome) or self._away_in_a_row >= _ENOUGH_AWAY:
            self.pull()

    def pull(self) -> None:
        """Nothing more leaves."""
        self._pulled = True

    def refusal(self) -> NotSent | None:
        """What becomes of a message that is about to leave; None: it may."""
        return NotSent(_HELD_BACK) if self._pulled else None


def diagnose(outcomes: Sequence[Outcome]) -> Finding | None:
    """What the outcomes of one batch say of the account; None where it works, or nothing was tried. Pure."""
    outcomes = [outcome for outcome in outcomes if outcome != NotSent(_HELD_BACK)]
    shut = {outcome.code for outcome in outcomes if isinstance(outcome, Rejected) and _shuts(outcome)}
    if shut:
        return Finding(Trouble.SHUT, tuple(sorted(shut)))
    if outcomes and all(_away(outcome) for outcome in outcomes):
        return Finding(Trouble.AWAY)
    waits = [outcome.retry_after for outcome in outcomes if isinstance(outcome, Throttled) and outcome.retry_after]
    if waits:
        return Finding(Trouble.TOO_FAST, wait=min(timedelta(seconds=max(waits)), _OBEYED_AT_MOST))
    return None


def works(outcomes: Sequence[Outcome]) -> bool:
    """Whether the provider took something, or refused it for its own sake. Pure."""
    return any(isinstance(outcome, Accepted | Rejected) and not _shuts(outcome) for outcome in outcomes)


def rest(session: Session, account: str, finding: Finding, now: datetime) -> timedelta:
    """Let the account rest, longer each time while it fails; for how long. Where the provider has named a time, replies
    wait for it too."""
    since = failing_since(session, account) or now
    pause = _pause(finding, now - since)
    if finding.trouble is Trouble.TOO_FAST:
        hold_until(session, account, now + pause, now)
    else:
        set_gauge(session, _since(account), int(since.timestamp()), now, finding.trouble)
    pause_account(session, account, now + pause, now, _words(finding))
    return pause


def note_working(session: Session, account: str, now: datetime) -> None:
    """The provider takes messages again."""
    set_gauge(session, _since(account), 0, now)


def failing_since(session: Session, account: str) -> datetime | None:
    """Since when nothing has got through; None where the account works."""
    found = gauge(session, _since(account))
    return datetime.fromtimestamp(found.value, UTC) if found is not None and found.value else None


def needs_help(session: Session, account: str, now: datetime) -> bool:
    """Whether others should send what the account has not begun: its provider has shut it, or is away for long.

    Only while it rests: what is new after that is tried on it again.
    """
    found = gauge(session, _since(account))
    if found is None or not found.value or not is_paused(session, account, now):
        return False
    patience = timedelta(seconds=delivery_settings().fail_over_after_seconds)
    return found.note == Trouble.SHUT or now - datetime.fromtimestamp(found.value, UTC) >= patience


def _pause(finding: Finding, failing_for: timedelta) -> timedelta:
    own = delivery_settings()
    longest = timedelta(seconds=own.account_pause_seconds)
    match finding.trouble:
        case Trouble.SHUT:
            return longest
        case Trouble.AWAY:
            # As long again as it has failed so far: 30 s, 30 s, 1 min, 2 min, … up to the longest.
            return min(max(timedelta(seconds=own.retry_pause_seconds), failing_for), longest)
        case Trouble.TOO_FAST:
            return finding.wait or timedelta(0)


def _words(finding: Finding) -> str:
    match finding.trouble:
        case Trouble.SHUT:
            return f"Nhà cung cấp từ chối tài khoản (mã {', '.join(finding.codes)}): cần người xem lại."
        case Trouble.AWAY:
            return "Không liên lạc được với nhà cung cấp: nghỉ rồi thử lại."
        case Trouble.TOO_FAST:
            return "Nhà cung cấp báo gửi quá nhanh: nghỉ theo thời gian họ yêu cầu."


def _shuts(outcome: Outcome) -> bool:
    return isinstance(outcome, Rejected) and outcome.error_class is ErrorClass.STOP_ACCOUNT


def _names_a_time(outcome: Outcome) -> bool:
    return isinstance(outcome, Throttled) and bool(outcome.retry_after)


def _away(outcome: Outcome) -> bool:
    return isinstance(outcome, Unknown) or (isinstance(outcome, NotSent) and outcome.away)


def _since(account: str) -> str:
    return f"account_failing_since:{account}"
