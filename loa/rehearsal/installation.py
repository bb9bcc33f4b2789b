"""An installation for one rehearsal alone: its own keys, clock, database and ports, gone when it ends."""

from __future__ import annotations

import base64
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from core import database
from core.encryption import forget_keys
from core.migrate import migrate
from core.postgres import own_server
from core.settings import Mode
from loa.stack import Stack, own_ports, running_stack
from loa.stand_ins import accounts
from outreach.delivery_settings import delivery_settings

PLAYED_AT = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
"""Tuesday, 09:00 in Vietnam, far from Tết: neither hour nor season decides how a rehearsal ends."""


@contextmanager
def own_installation(keep: Path | None = None, without: Iterable[str] = ("console",)) -> Iterator[Stack]:
    """A running stack that nothing else uses. Raises StackFailed when a process does not come up.

    keep: a folder for database, logs and keys, to be looked at afterwards; None throws everything away.
    without: processes that are not started.
    """
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="loa-rehearsal-") as scratch:
        clock_file = (keep or Path(scratch)) / "clock"
        clock_file.write_text(PLAYED_AT.isoformat())
        try:
            os.environ.update(_own_environment(clock_file))
            with own_server(keep / "postgres" if keep else None) as url:
                os.environ["DATABASE_URL"] = url
                with own_ports():
                    os.environ["LOA_PUBLIC_URL"] = f"http://127.0.0.1:{os.environ['LOA_PUBLIC_PORT']}"
                    read_settings_anew()
                    if keep:
                        _note_environment(keep, before)
                        os.environ["LOA_KEEP_LOGS"] = "1"
                    migrate()
                    with running_stack(without) as stack:
                        yield stack
        finally:
            database.forget_connections()
            os.environ.clear()
            os.environ.update(before)
            read_settings_anew()


def folder_to_keep() -> Path:
    """A new folder whose contents stay; the database's own user can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="loa-rehearsal-kept-"))
    folder.chmod(0o755)
    return folder


def _own_environment(clock_file: Path) -> dict[str, str]:
    return {
        "LOA_MODE": Mode.TEST.value,
        "LOA_SECRET_KEY": secrets.token_hex(24),
        "LOA_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "LOA_INDEX_KEY": secrets.token_hex(24),
        "LOA_INTERNAL_TOKEN": secrets.token_hex(24),
        "LOA_CLOCK_FILE": str(clock_file),
        "LOA_TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16),
        "LOA_TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "LOA_TWILIO_FROM": "+842471008888",
        # Whatever an operator has set about pace and hours: a rehearsal asks how the bot talks, not how fast it sends.
        "LOA_TWILIO_PER_SECOND": "200",
        "LOA_TWILIO_DAILY_QUOTA": "1000000",
        "LOA_SENDING_OPENS": "07:30",
        "LOA_SENDING_CLOSES": "20:30",
        "SIMULATOR_TWILIO_SENT_AFTER": "0",
        "SIMULATOR_TWILIO_DELIVERED_AFTER": "0",
    }


def read_settings_anew() -> None:
    """After the environment has changed: settings, accounts, keys and the database's address."""
    delivery_settings.cache_clear()
    accounts.read_settings_anew()
    forget_keys()
    database.forget_connections()


def _note_environment(keep: Path, before: dict[str, str]) -> None:
    """What has to be set to read the kept database, as lines for a shell."""
    own = {name: value for name, value in os.environ.items() if before.get(name) != value}
    lines = [f"export {name}='{value}'" for name, value in sorted(own.items())]
    note = keep / "environment"
    note.touch(mode=0o600)
    note.write_text("\n".join(lines) + "\n")
