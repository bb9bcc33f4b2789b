"""The processes of the crash test, each on wires of its own: what is killed, frozen and cut off, and started again."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import make_url

from core.database import unsigned_url
from core.settings import settings
from loa.crash_test.forking import Child, Forker
from loa.crash_test.points import Point
from loa.crash_test.taps import HttpTap, PostgresTap
from loa.crash_test.wires import Place, Wire

type Arrived = Callable[["Player", Point], None]

WORKER = ("worker", "--queues", "sending,default", "--concurrency", "4")
SCHEDULER = ("scheduler",)
SOCKET = ".s.PGSQL.5432"
"""How libpq calls the socket in a directory given as host."""
_SYSTEM = ("PATH", "HOME", "LANG")


@dataclass
class Player:
    """One process. `elsewhere`: as on another machine, which reaches the database over TCP."""

    name: str
    serves: tuple[str, ...]
    arrived: Arrived
    elsewhere: bool = False
    process: Child | None = None
    frozen: bool = False
    wanted: bool = True
    """Whether it is started again when it has ended."""
    _database: Wire = field(init=False)
    _provider: Wire = field(init=False)
    _environment: dict[str, str] = field(default_factory=dict)

    @property
    def sends(self) -> bool:
        return self.serves == WORKER

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.lives

    async def lay_wires(self, folder: Path) -> None:
        """Its ways to the database and to the providers. `folder`: for the socket."""

        def at(point: Point) -> None:
            self.arrived(self, point)

        self._database = Wire(database_place(), lambda: PostgresTap(at))
        self._provider = Wire(Place(port=settings().simulator_port), lambda: HttpTap(at))
        url = unsigned_url()
        if self.elsewhere:
            port = await self._database.lay(Place())
            address = url.set(host="127.0.0.1", port=port, query={})
        else:
            own = folder / self.name
            own.mkdir()
            own.chmod(0o755)
            await self._database.lay(Place(own / SOCKET))
            address = url.set(host=None, port=None, query={"host": str(own)})
        provider = f"http://127.0.0.1:{await self._provider.lay(Place())}"
        self._environment = {
            "DATABASE_URL": address.render_as_string(),
            "LOA_TWILIO_BASE_URL": provider,
            "LOA_ESMS_BASE_URL": f"{provider}/esms",
            "PYTHONUNBUFFERED": "1",
        }

    def start(self, forker: Forker, logs: Path) -> None:
        """Start it, or start it again; its output goes to its log."""
        self._let_go()
        self.frozen = False
        log = logs / f"{self.name}.log"
        self.process = forker.start(("serve", *self.serves), self._whole_environment(), log)

    def kill(self) -> None:
        """`kill -9`, without a word."""
        self._signal(signal.SIGKILL)

    def freeze(self) -> None:
        self.frozen = True
        self._signal(signal.SIGSTOP)

    def wake(self) -> None:
        self.frozen = False
        self._signal(signal.SIGCONT)

    def cut_off_database(self) -> int:
        """As a network that fails: its sessions end, its locks are free, and it may not know; how many connections."""
        return self._database.cut()

    def cut_off_provider(self) -> int:
        return self._provider.cut()

    async def take_up_wires(self) -> None:
        await self._database.take_up()
        await self._provider.take_up()

    def end(self) -> None:
        """Stop it for good."""
        self.wanted = self.frozen = False
        self._let_go()

    def _let_go(self) -> None:
        if self.process is not None:
            self.process.close()
            self.process = None

    def _signal(self, what: signal.Signals) -> None:
        if self.process is not None:
            self.process.signal(what)

    def _whole_environment(self) -> dict[str, str]:
        if not self.elsewhere:
            return {**os.environ, **self._environment}
        # What the other machine's `.env` says: the keys, the accounts, the patience; nothing of this machine.
        known = {name: value for name, value in os.environ.items() if name.startswith("LOA_") or name in _SYSTEM}
        return {**known, **self._environment}


def database_place() -> Place:
    """Where the real database listens."""
    url = make_url(unsigned_url())
    host = url.query.get("host")
    if isinstance(host, str):
        return Place(Path(host) / SOCKET)
    return Place(port=url.port or 5432)
