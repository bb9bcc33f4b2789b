"""The company: all processes of a run, started, started again when they have died, and sent away machine by machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

from loa.crash_test.cast import SCHEDULER, WORKER, Arrived, Player
from loa.crash_test.forking import Forker

SCHEDULERS = 2
_LOOK_SECONDS = 0.1


class Company:
    """Schedulers and workers at home, and workers on another machine. `arrived`: told of each point they come to.

    workers: so many at home, at least 2, and one less elsewhere.
    """

    def __init__(self, folder: Path, workers: int, arrived: Arrived) -> None:
        """`folder`: for sockets and logs."""
        self._sockets, self._logs = folder / "sockets", folder
        self._workers, self._arrived = workers, arrived
        self._forker = Forker()
        self._players: list[Player] = []
        self._keeper: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Start the schedulers; from now on whoever has ended is started again, as a service manager would."""
        self._sockets.mkdir()
        self._sockets.chmod(0o755)
        await self._enter("scheduler", SCHEDULERS, SCHEDULER)
        self._keeper = asyncio.create_task(self._keep_alive())

    async def workers_at_home(self) -> None:
        """Start the workers of this machine."""
        await self._enter("worker", self._workers, WORKER)

    async def workers_elsewhere(self) -> None:
        """Workers of another machine join."""
        await self._enter("elsewhere", self._workers - 1, WORKER, elsewhere=True)

    def up_and_about(self, fits: Callable[[Player], bool]) -> list[Player]:
        """Who runs, is not frozen, and fits."""
        return [player for player in self._players if player.lives and not player.frozen and fits(player)]

    @property
    def somebody_frozen(self) -> bool:
        return any(player.frozen for player in self._players)

    def home_fails(self) -> None:
        """Every worker of this machine is gone at once, and none is started again until `home_returns`."""
        for player in self._at_home():
            player.end()

    def home_returns(self) -> None:
        """They are started again."""
        for player in self._at_home():
            player.wanted = True

    def elsewhere_fails(self) -> None:
        """The other machine is gone for good, with whatever it was doing."""
        for player in self._players:
            if player.elsewhere:
                player.end()
                player.cut_off_database()
                player.cut_off_provider()

    async def close(self) -> None:
        """End everybody."""
        if self._keeper is not None:
            self._keeper.cancel()
        for player in self._players:
            player.end()
            await player.take_up_wires()
        self._forker.close()

    def _at_home(self) -> Iterator[Player]:
        return (player for player in self._players if player.sends and not player.elsewhere)

    async def _enter(self, name: str, count: int, serves: tuple[str, ...], *, elsewhere: bool = False) -> None:
        for number in range(count):
            player = Player(f"{name}-{number}", serves, self._arrived, elsewhere)
            await player.lay_wires(self._sockets)
            player.start(self._forker, self._logs)
            self._players.append(player)

    async def _keep_alive(self) -> None:
        while True:
            for player in self._players:
                if player.wanted and not player.lives:
                    player.start(self._forker, self._logs)
            await asyncio.sleep(_LOOK_SECONDS)
