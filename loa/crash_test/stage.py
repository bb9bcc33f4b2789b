"""Directing the crash test: each blow falls when the wave has come so far."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path

from core.logs import logger
from loa.crash_test.blows import Blow, Kind
from loa.crash_test.cast import Player
from loa.crash_test.company import Company
from loa.crash_test.points import WHILE_SEALING, Point
from loa.crash_test.progress import Progress
from loa.crash_test.providers import Providers
from loa.crash_test.wires import Cut
from outreach.delivery_settings import delivery_settings

_LOOK_SECONDS = 0.1
_PATIENCE_SECONDS = 25.0
"""A blow at a point to which nobody comes in this time falls anywhere instead."""
_CALLS_BEFORE_LEAVING = 5
"""The other machine leaves in the middle of its work, not before it."""

_log = logger(__name__)


class NeverEnded(RuntimeError):
    """The wave did not come to an end; says where it stood."""


@dataclass
class Tally:
    """What was done to the processes. calls_from_elsewhere: requests that the other machine's workers made."""

    kills: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    calls_from_elsewhere: int = 0


@dataclass
class _Trap:
    """Waits at a point for the next process that fits."""

    point: Point
    fits: Callable[[Player], bool]
    spring: Callable[[Player], None]
    cuts: bool
    sprung: asyncio.Event = field(default_factory=asyncio.Event)


class Stage:
    """One run. `folder`: for sockets and logs. `workers`: so many here (at least 2), one less on the other machine."""

    def __init__(self, folder: Path, chance: random.Random, workers: int) -> None:
        self.tally = Tally()
        self._chance = chance
        self._company = Company(folder, workers, self._arrived)
        self._providers = Providers()
        self._trap: _Trap | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def play(self, blows: list[Blow], progress: Progress, longest_seconds: float) -> None:
        """Everything, from the sealing to the last row. Raises NeverEnded."""
        until = time.monotonic() + longest_seconds
        try:
            await self._company.open()
            await self._interrupt_sealing(progress, until)
            await self._company.workers_at_home()
            await self._go_on(blows, progress, until)
        finally:
            for task in self._tasks:
                task.cancel()
            await self._company.close()

    # --- the wave ------------------------------------------------------------------------------------------------

    async def _interrupt_sealing(self, progress: Progress, until: float) -> None:
        """The scheduler dies while it seals, before it commits, and before it hears that it has."""
        for point in WHILE_SEALING:
            await self._kill_at(point, _schedules)
        while not await progress.sealed():
            await _or_stuck(progress, until)
            await asyncio.sleep(_LOOK_SECONDS)

    async def _go_on(self, blows: list[Blow], progress: Progress, until: float) -> None:
        left = list(blows)
        while not await progress.ended() or self._tasks or self._company.somebody_frozen:
            await _or_stuck(progress, until)
            done = await progress.done()
            if left and left[0].at <= done:
                await self._strike(left.pop(0))
            else:
                await asyncio.sleep(_LOOK_SECONDS)

    async def _strike(self, blow: Blow) -> None:
        _log.info("strikes", at=blow.at, kind=blow.kind, point=blow.point, fault=blow.fault)
        match blow.kind:
            case Kind.KILL_AT if blow.point:
                await self._kill_at(blow.point, _sends)
            case Kind.KILL_LOOKING_UP:
                await self._kill_at(Point.LOOKED_UP, _schedules)
            case Kind.KILL_WORKER:
                await self._kill_somebody(_sends)
            case Kind.KILL_SCHEDULER:
                await self._kill_somebody(_schedules)
            case Kind.FREEZE_AT | Kind.FREEZE_CUT_OFF_AT if blow.point:
                await self._freeze_at(blow.point, cut_off=blow.kind is Kind.FREEZE_CUT_OFF_AT)
            case Kind.CUT_DATABASE:
                self._cut(Player.cut_off_database, "database")
            case Kind.CUT_PROVIDER:
                self._cut(Player.cut_off_provider, "provider")
            case Kind.FAULT if blow.fault:
                await self._providers.strike(blow.fault)
                self.tally.others[f"fault {blow.fault}"] += 1
            case Kind.SHUT_ACCOUNT:
                await self._providers.shut_account()
                self.tally.others["account shut"] += 1
            case Kind.OPEN_ACCOUNT:
                await self._providers.open_account()
            case _:
                await self._strike_machine(blow.kind)

    async def _strike_machine(self, kind: Kind) -> None:
        """What happens to a whole machine."""
        match kind:
            case Kind.ELSEWHERE_JOINS:
                await self._company.workers_elsewhere()
                self.tally.others["machine joined"] += 1
            case Kind.HOME_FAILS:
                self._company.home_fails()
                self.tally.others["home failed"] += 1
            case Kind.ELSEWHERE_LEAVES:
                await self._set_trap(_Trap(Point.CALLED, self._has_worked_elsewhere, Player.kill, cuts=True))
                self._company.elsewhere_fails()
                self.tally.others["machine left"] += 1
            case Kind.HOME_RETURNS:
                self._company.home_returns()

    def _has_worked_elsewhere(self, player: Player) -> bool:
        return player.elsewhere and self.tally.calls_from_elsewhere > _CALLS_BEFORE_LEAVING

    # --- blows ---------------------------------------------------------------------------------------------------

    def _arrived(self, player: Player, point: Point) -> None:
        """A process has come to a point: called by its wires. Where eSMS is asked, the question is a call like any."""
        self.tally.calls_from_elsewhere += player.elsewhere and point is Point.CALLED
        if point is Point.TAKEN and not player.sends:
            point = Point.LOOKED_UP
        trap = self._trap
        if trap is None or trap.point is not point or player.frozen or not player.wanted or not trap.fits(player):
            return
        self._trap = None
        trap.spring(player)
        trap.sprung.set()
        if trap.cuts:
            raise Cut

    async def _kill_at(self, point: Point, fits: Callable[[Player], bool]) -> None:
        def kill(player: Player) -> None:
            player.kill()
            self.tally.kills[point] += 1

        if not await self._set_trap(_Trap(point, fits, kill, cuts=True)):
            _log.info("nobody_came", point=point)
            await self._kill_somebody(fits)

    async def _set_trap(self, trap: _Trap) -> bool:
        self._trap = trap
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await trap.sprung.wait()
        except TimeoutError:
            self._trap = None
            return False
        return True

    async def _kill_somebody(self, fits: Callable[[Player], bool]) -> None:
        """At whatever moment; where everybody is dead or frozen just now, the first who is up again."""
        await asyncio.sleep(self._chance.uniform(0, 0.3))
        until = time.monotonic() + _PATIENCE_SECONDS
        while not (alive := self._company.up_and_about(fits)) and time.monotonic() < until:
            await asyncio.sleep(_LOOK_SECONDS)
        if alive:
            player = self._chance.choice(alive)
            player.kill()
            self.tally.kills["worker anywhere" if player.sends else "scheduler anywhere"] += 1

    async def _freeze_at(self, point: Point, *, cut_off: bool) -> None:
        def freeze(player: Player) -> None:
            player.freeze()
            if cut_off:
                player.cut_off_database()
            self.tally.others["frozen and cut off" if cut_off else "frozen"] += 1
            self._soon(self._wake_later(player))

        await self._set_trap(_Trap(point, _sends, freeze, cuts=False))

    async def _wake_later(self, player: Player) -> None:
        """Longer than the settling time: by then others have decided about its rows, if they could."""
        await asyncio.sleep(delivery_settings().settling_seconds * self._chance.uniform(1.3, 1.8))
        if player.wanted:
            player.wake()

    def _cut(self, wires: Callable[[Player], int], what: str) -> None:
        if workers := self._company.up_and_about(_sends):
            wires(self._chance.choice(workers))
            self.tally.others[f"{what} cut off"] += 1

    def _soon(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _sends(player: Player) -> bool:
    return player.sends


def _schedules(player: Player) -> bool:
    return not player.sends


async def _or_stuck(progress: Progress, until: float) -> None:
    """Raise NeverEnded after `until`."""
    if time.monotonic() > until:
        raise NeverEnded(await progress.told())
