"""One run of sending: claim, send, write down, at the account's pace.

Where the pace is the limit, one thing follows the other, and every message was checked within the last second. Where
the provider or the machine is the limit, the next batch is claimed and the last one written down while one is sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from core import clock
from core.database import transaction
from core.logs import logger
from outreach.account_health import Brake, diagnose, failing_since, note_working, rest, works
from outreach.account_pace import first_pace, note_pace
from outreach.allowance import messages_allowed
from outreach.attempts import Batch, Claimed
from outreach.channels.adapter import ChannelAdapter, Outcome, Throttled
from outreach.channels.fuse import Fuse
from outreach.channels.provider import Account
from outreach.claiming import claim_wave
from outreach.delivery_settings import delivery_settings
from outreach.pace import Pace
from outreach.sending import Tried, send_one, write_down
from outreach.wave_pace import wave_percent
from outreach.worker_life import LifeLost, Run

_log = logger(__name__)


@dataclass
class Sent:
    """What a run did. `unfinished`: it ended for its time, with rows left."""

    looked_at: int = 0
    tried: int = 0
    unfinished: bool = False


@dataclass(frozen=True)
class _Flight:
    """A batch that is being sent."""

    claimed: list[Claimed]
    outcomes: list[Future[Outcome]]
    began: float = field(default_factory=time.monotonic)

    def land(self) -> Tried:
        """Wait for every outcome."""
        return list(zip(self.claimed, (one.result() for one in self.outcomes), strict=True))


class WaveRun:
    """The run of one job over one account, under the life lock of `run`."""

    def __init__(
        self,
        account: Account,
        adapter: ChannelAdapter,
        run: Run,
        pool: ThreadPoolExecutor,
        sleep: Callable[[float], None],
    ) -> None:
        self._account, self._adapter, self._run, self._pool, self._sleep = account, adapter, run, pool, sleep
        self._sent, self._brake = Sent(), Brake()
        self._typical, self._percent = 1.0, 0
        with transaction() as session:
            self._pace = first_pace(session, account)
            self._failing = failing_since(session, account.name) is not None

    def go(self, seconds: float) -> Sent:
        """Send due wave messages until none is left, the account has to rest, or `seconds` have passed."""
        ends_at = time.monotonic() + seconds
        flight, behind = self._launch(), False
        while flight is not None:
            ahead = self._launch() if behind and time.monotonic() < ends_at else None
            tried = flight.land()
            if self._rests_after(tried, ahead):
                break
            self._write_down(tried)
            pause = self._pause_after(flight, tried)
            behind = pause == 0 and not self._failing
            if ahead is None:
                if time.monotonic() >= ends_at:
                    self._sent.unfinished = True
                    break
                self._sleep(pause)
                ahead = self._launch()
            flight = ahead
        return self._sent

    def _launch(self) -> _Flight | None:
        """Claim a batch and send it on the pool's threads; None where there is nothing to look at."""
        fuse = Fuse(delivery_settings().fuse_seconds)
        batch = self._claim()
        if not batch.looked_at:
            return None
        self._sent.looked_at += batch.looked_at
        return _Flight(batch.claimed, [self._pool.submit(self._send, one, fuse) for one in batch.claimed])

    def _claim(self) -> Batch:
        now = clock.now()
        try:
            self._run.check()
        except LifeLost:
            _log.warning("run_ended_without_its_lock", account=self._account.name)
            return Batch([], 0)
        with transaction() as session:
            self._percent = wave_percent(session)
            limit = messages_allowed(session, self._account, now, self._wanted(), self._typical)
            return claim_wave(session, self._account.name, limit, now, self._run.key) if limit else Batch([], 0)

    def _wanted(self) -> int:
        """One message where it is not known whether the account works again; none while nobody could answer."""
        if not self._percent:
            return 0
        return 1 if self._failing else self._present_pace().batch(self._typical)

    def _present_pace(self) -> Pace:
        return Pace(self._pace.per_second * self._percent / 100, self._pace.most)

    def _send(self, one: Claimed, fuse: Fuse) -> Outcome:
        """On one of the pool's threads. Once the account shows that it does not work, nothing more leaves."""
        refused = self._brake.refusal()
        if refused is not None:
            return refused
        outcome = send_one(one, self._adapter, fuse)
        self._brake.see(outcome)
        return outcome

    def _write_down(self, tried: Tried) -> None:
        self._sent.tried += len(tried)
        write_down(tried)
        outcomes = [outcome for _, outcome in tried]
        if self._failing and works(outcomes):
            self._failing = False
            with transaction() as session:
                note_working(session, self._account.name, clock.now())
        self._adapt(outcomes)

    def _rests_after(self, tried: Tried, ahead: _Flight | None) -> bool:
        """Whether the account has to rest; then what was launched ahead comes back too, and everything is written."""
        finding = diagnose([outcome for _, outcome in tried])
        if finding is None:
            return False
        self._brake.pull()
        for one in (tried, ahead.land() if ahead else []):
            self._write_down(one)
        now = clock.now()
        with transaction() as session:
            pause = rest(session, self._account.name, finding, now)
        _log.error(
            f"account_{finding.trouble}", account=self._account.name, seconds=pause.total_seconds(), codes=finding.codes
        )
        return True

    def _adapt(self, outcomes: list[Outcome]) -> None:
        """Slower after a complaint, little by little faster without."""
        complained = any(isinstance(outcome, Throttled) for outcome in outcomes)
        pace = self._pace.slower() if complained else self._pace.faster() if outcomes else self._pace
        if pace.percent != self._pace.percent:
            with transaction() as session:
                note_pace(session, self._account, pace, clock.now())
        self._pace = pace

    def _pause_after(self, flight: _Flight, tried: Tried) -> float:
        units = sum(self._account.units(one.segments) for one, _ in tried)
        self._typical = units / len(tried) if tried else self._typical
        return self._present_pace().rest_after(units, time.monotonic() - flight.began)
