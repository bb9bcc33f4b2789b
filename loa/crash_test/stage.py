"""Directing the crash test: processes are started and kept alive, and each blow falls when the wave has come so far."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from core.logs import logger
from core.settings import settings
from loa.crash_test.blows import Blow, Kind
from loa.crash_test.cast import SCHEDULER, WORKER, Player
from loa.crash_test.points import WHILE_SEALING, Point
from loa.crash_test.progress import Progress
from loa.crash_test.wires import Cut
from outreach.delivery_settings import delivery_settings

WORKERS, SCHEDULERS, ELSEWHERE = 3, 2, 2
SMS_PROVIDERS = ("esms", "twilio")
"""Over which the wave goes, the preferred one first."""
_NO_SUCH_KEY = 101
"""eSMS's code for keys that it does not know: nothing goes over the account until somebody has looked."""
_LOOK_SECONDS = 0.1
_PATIENCE_SECONDS = 12.0
"""A blow at a point to which nobody comes in this time falls anywhere instead."""
_FEW = 5
_STRUCK = {"slow": (200, 0.3)}
"""How many requests a fault strikes and for how many seconds. While the provider is slow, runs claim ahead."""


_log = logger(__name__)


def _control() -> str:
    return f"http://127.0.0.1:{settings().simulator_port}/control"


class NeverEnded(RuntimeError):
    """The wave did not come to an end; says where it stood."""


@dataclass
class Tally:
    """What was done to the processes."""

    kills: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)


@dataclass
class _Trap:
    """Waits at a point for the next process that fits."""

    point: Point
    fits: Callable[[Player], bool]
    spring: Callable[[Player], None]
    cuts: bool
    sprung: asyncio.Event = field(default_factory=asyncio.Event)


class Stage:
    """One run. `folder`: for sockets and logs."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.tally = Tally()
        self._chance = chance
        self._sockets, self._logs = folder / "sockets", folder
        self._trap: _Trap | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._players: list[Player] = []
        self._shut = 0

    async def play(self, blows: list[Blow], progress: Progress, longest_seconds: float) -> None:
        """Everything, from the sealing to the last row. Raises NeverEnded."""
        self._sockets.mkdir()
        self._sockets.chmod(0o755)
        try:
            await self._enter([f"scheduler-{number}" for number in range(SCHEDULERS)], SCHEDULER)
            keeping = asyncio.create_task(self._keep_alive())
            await self._interrupt_sealing(progress)
            await self._enter([f"worker-{number}" for number in range(WORKERS)], WORKER)
            await self._go_on(blows, progress, time.monotonic() + longest_seconds)
            keeping.cancel()
        finally:
            await self._leave()

    # --- the wave ------------------------------------------------------------------------------------------------

    async def _interrupt_sealing(self, progress: Progress) -> None:
        """The scheduler dies while it seals, before it commits, and before it hears that it has."""
        for point in WHILE_SEALING:
            await self._kill_at(point, lambda player: not player.sends)
        while not await progress.sealed():
            await asyncio.sleep(_LOOK_SECONDS)

    async def _go_on(self, blows: list[Blow], progress: Progress, until: float) -> None:
        left = list(blows)
        while not await progress.ended() or self._tasks or any(player.frozen for player in self._players):
            if time.monotonic() > until:
                raise NeverEnded(await progress.told())
            done = await progress.done()
            if left and left[0].at <= done:
                await self._strike(left.pop(0))
            else:
                await asyncio.sleep(_LOOK_SECONDS)

    async def _strike(self, blow: Blow) -> None:
        _log.info("strikes", at=blow.at, kind=blow.kind, point=blow.point, fault=blow.fault)
        match blow.kind:
            case Kind.KILL_AT if blow.point:
                await self._kill_at(blow.point, lambda player: player.sends)
            case Kind.KILL_LOOKING_UP:
                await self._kill_at(Point.LOOKED_UP, lambda player: not player.sends)
            case Kind.KILL_WORKER:
                await self._kill_somebody(lambda player: player.sends)
            case Kind.KILL_SCHEDULER:
                await self._kill_somebody(lambda player: not player.sends)
            case Kind.FREEZE_AT | Kind.FREEZE_CUT_OFF_AT if blow.point:
                await self._freeze_at(blow.point, cut_off=blow.kind is Kind.FREEZE_CUT_OFF_AT)
            case Kind.CUT_DATABASE:
                self._cut(lambda player: player.cut_off_database(), "database")
            case Kind.CUT_PROVIDER:
                self._cut(lambda player: player.cut_off_provider(), "provider")
            case Kind.FAULT if blow.fault:
                await self._switch_on(blow.fault)
            case Kind.SHUT_ACCOUNT:
                await self._shut_account()
            case Kind.OPEN_ACCOUNT:
                await self._open_account()
            case Kind.ELSEWHERE_JOINS:
                await self._enter([f"elsewhere-{number}" for number in range(ELSEWHERE)], WORKER, elsewhere=True)
                self.tally.others["machine joined"] += 1
            case Kind.ELSEWHERE_LEAVES:
                self._pull_the_plug()

    # --- blows ---------------------------------------------------------------------------------------------------

    def _arrived(self, player: Player, point: Point) -> None:
        """A process has come to a point: called by its wires. Where eSMS is asked, the question is a call like any."""
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
        await asyncio.sleep(self._chance.uniform(0, 0.3))
        alive = [player for player in self._players if player.lives and not player.frozen and fits(player)]
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

        await self._set_trap(_Trap(point, lambda player: player.sends, freeze, cuts=False))

    async def _wake_later(self, player: Player) -> None:
        """Longer than the settling time: by then others have decided about its rows, if they could."""
        await asyncio.sleep(delivery_settings().settling_seconds * self._chance.uniform(1.3, 1.8))
        if player.wanted:
            player.wake()

    def _cut(self, wires: Callable[[Player], int], what: str) -> None:
        workers = [player for player in self._players if player.lives and player.sends and not player.frozen]
        if workers:
            wires(self._chance.choice(workers))
            self.tally.others[f"{what} cut off"] += 1

    async def _switch_on(self, fault: str) -> None:
        """A few requests go wrong; where the provider is only slow, many."""
        count, seconds = _STRUCK.get(fault, (_FEW, delivery_settings().read_timeout_seconds * 2))
        for provider in SMS_PROVIDERS:
            await self._fault({"provider": provider, "kind": fault, "count": count, "seconds": seconds})
        self.tally.others[f"fault {fault}"] += 1

    async def _fault(self, wanted: dict[str, object]) -> int:
        async with httpx.AsyncClient(base_url=_control()) as control:
            answer = (await control.post("/faults", json=wanted)).raise_for_status()
        return int(answer.json()["id"])

    async def _shut_account(self) -> None:
        self._shut = await self._fault({"provider": SMS_PROVIDERS[0], "kind": "refused", "code": _NO_SUCH_KEY})
        self.tally.others["account shut"] += 1

    async def _open_account(self) -> None:
        async with httpx.AsyncClient(base_url=_control()) as control:
            (await control.delete(f"/faults/{self._shut}")).raise_for_status()

    def _pull_the_plug(self) -> None:
        for player in self._players:
            if player.elsewhere:
                player.end()
                player.cut_off_database()
                player.cut_off_provider()
        self.tally.others["machine left"] += 1

    # --- the cast ------------------------------------------------------------------------------------------------

    async def _enter(self, names: list[str], serves: tuple[str, ...], *, elsewhere: bool = False) -> None:
        for name in names:
            player = Player(name, serves, self._arrived, elsewhere)
            await player.lay_wires(self._sockets)
            player.start(self._logs)
            self._players.append(player)

    async def _keep_alive(self) -> None:
        """As a service manager would: whoever has ended is started again."""
        while True:
            for player in self._players:
                if player.wanted and not player.lives:
                    player.start(self._logs)
            await asyncio.sleep(_LOOK_SECONDS)

    async def _leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        for player in self._players:
            player.end()
            await player.take_up_wires()

    def _soon(self, work: object) -> None:
        task = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
