"""The time by which the stand-ins live: this machine's, or the one at which a customer's rehearsal stands.

Both sides must agree on what is late: a webhook signed by another clock is refused as an old recording.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from simulator.ledger import Clock


def machine_clock() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def clock_set_by(file: Path | None) -> Clock:
    """The machine's clock without a file. With one: it holds an ISO time, taken as the time of the file's last
    writing, from where the clock goes on by itself. OSError, ValueError when a file cannot be read."""
    if file is None:
        return machine_clock
    return lambda: machine_clock() + _offset(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _offset(file: Path, written_ns: int) -> timedelta:
    written = datetime.fromtimestamp(written_ns / 1e9, UTC)
    return datetime.fromisoformat(file.read_text().strip()) - written
