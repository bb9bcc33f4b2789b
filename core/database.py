"""Connections and transactions: which role speaks, and which communes it may see."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import lru_cache

from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session, sessionmaker

from core.postgres import admin_url
from core.settings import Mode, settings
from core.uncaught import ForTheOperator


class Role(StrEnum):
    """The plain database roles the processes log in as; none owns a table, none passes by row-level security."""

    WORKER = "loa_worker"
    """Workers, scheduler and action server: they serve everybody."""
    CONSOLE = "loa_console"
    """The staff's door: sees the communes set for the transaction, and nothing when none are set."""
    DOOR = "loa_door"
    """The public door: may put messages and receipts in, and knows no roster."""
    RASA = "loa_rasa"
    """Rasa's tracker store, in a schema of its own."""


ALL_COMMUNES = "*"
_SIGNING_IN = ("user", "password", "passfile", "service", "servicefile", "sslkey", "sslcert", "sslpassword")
"""Parameters of a PostgreSQL address that say as whom one comes; they would win over its user and password."""


class RolePasswordMissing(ForTheOperator, RuntimeError):
    """In production a role's password is set, and never follows from a key that every process holds."""

    def __init__(self, role: Role) -> None:
        super().__init__(f"{password_variable(role)} chưa được đặt: tiến trình này không có mật khẩu cơ sở dữ liệu.")


def password_variable(role: Role) -> str:
    """The environment variable that holds the role's password."""
    return f"LOA_DB_PASSWORD_{role.name}"


def role_password(role: Role) -> str:
    """The role's password: the one that is set; outside production else one that follows from the secret key, so that
    one machine's settings are enough to join. Raises RolePasswordMissing."""
    own: SecretStr | None = getattr(settings(), f"db_password_{role.name.lower()}")
    if own is not None:
        return own.get_secret_value()
    if settings().mode is Mode.PRODUCTION:
        raise RolePasswordMissing(role)
    key = settings().secret_key.get_secret_value().encode()
    digest = hmac.new(key, b"database-role:" + role.value.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def role_url(role: Role) -> URL:
    """The database's address for `role`. Raises RolePasswordMissing."""
    url = unsigned_url().set(drivername="postgresql+psycopg")
    return url.set(username=role.value, password=role_password(role))


def unsigned_url() -> URL:
    """Where the database is, and nothing of as whom one comes: all that a process needs to know of the owner's."""
    owners = make_url(admin_url())
    query = {name: value for name, value in owners.query.items() if name not in _SIGNING_IN}
    return URL.create(owners.drivername, host=owners.host, port=owners.port, database=owners.database, query=query)


def admin_engine() -> Engine:
    """An engine of the tables' owner: migrations only."""
    return create_engine(make_url(admin_url()).set(drivername="postgresql+psycopg"))


@lru_cache
def engine(role: Role) -> Engine:
    """The process's pool of connections for `role`, the last used one first.

    The door keeps one for each request that it serves at once: making a connection takes longer than taking a word in.
    """
    kept = settings().public_threads if role is Role.DOOR else 8
    return create_engine(
        role_url(role),
        hide_parameters=True,
        pool_size=kept,
        max_overflow=24,
        pool_pre_ping=True,
        pool_use_lifo=True,
    )


@lru_cache
def _sessions(role: Role) -> sessionmaker[Session]:
    return sessionmaker(engine(role), expire_on_commit=False)


@contextmanager
def transaction(
    role: Role = Role.WORKER, *, communes: Iterable[str] = (), staff_id: int | None = None, one_moment: bool = False
) -> Iterator[Session]:
    """One transaction: committed at the end, rolled back on any exception.

    `communes` (codes, or ALL_COMMUNES) and `staff_id` are set for this transaction only; the row-level
    policies of the console's role read them. Unset means nothing is seen. one_moment: every statement sees the database
    as it was at the first, so that sums agree while others write; nothing that others write may be written then.
    """
    with _sessions(role).begin() as session:
        if one_moment:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        if role is Role.CONSOLE:
            scope_to(session, communes, staff_id)
        yield session


def scope_to(session: Session, communes: Iterable[str], staff_id: int | None) -> None:
    """Limit what `session`'s present transaction sees to `communes`."""
    session.execute(
        text("SELECT set_config('loa.communes', :communes, true), set_config('loa.staff', :staff, true)"),
        {"communes": ",".join(communes), "staff": "" if staff_id is None else str(staff_id)},
    )


def forget_connections() -> None:
    """Close every pool: tests change the database under the process."""
    if engine.cache_info().currsize:
        for role in Role:
            engine(role).dispose()
    engine.cache_clear()
    _sessions.cache_clear()
