"""The time. Pure rules take it as an argument; the edges ask here."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from core.settings import settings

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, in UTC. Tests move it for all processes through `LOA_CLOCK_FILE`."""
    real = datetime.now(UTC)
    clock_file = settings().clock_file
    return real + _offset(clock_file, clock_file.stat().st_mtime_ns) if clock_file else real


def today() -> date:
    """Today's date in Vietnam."""
    return now().astimezone(VIETNAM).date()


@lru_cache(maxsize=4)
def _offset(clock_file: Path, written_ns: int) -> timedelta:
    written = datetime.fromtimestamp(written_ns / 1e9, UTC)
    return datetime.fromisoformat(clock_file.read_text().strip()) - written
