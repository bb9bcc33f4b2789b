"""A ready installation around a command: keys, a database that runs, and the present schema."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from core.database import forget_connections
from core.development import ensure_development_keys
from core.postgres import data_directory, own_server, running_url


def make_missing_keys() -> None:
    """Make development keys where neither the environment nor `.env` holds any."""
    if "LOA_SECRET_KEY" not in os.environ and ensure_development_keys():
        print("Đã tạo khóa dùng thử trong .env (chỉ cho máy phát triển).", file=sys.stderr)


def prepare_keys() -> None:
    """Make development keys where neither the environment nor `.env` holds any; in development, set up accounts at the
    stand-ins with every provider that nobody has set up."""
    from core.settings import Mode, settings

    make_missing_keys()
    if settings().mode is Mode.DEVELOPMENT:
        from loa.stand_ins.accounts import use_stand_ins

        use_stand_ins()


@contextmanager
def ready_database() -> Iterator[None]:
    """The installation's database, migrated. An embedded server that is not up is started and stopped again."""
    from core.migrate import migrate
    from core.settings import settings

    prepare_keys()
    if settings().database_url or running_url(data_directory()):
        migrate()
        yield
        return
    with own_server(data_directory()):
        try:
            migrate()
            yield
        finally:
            forget_connections()
