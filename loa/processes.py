"""Every process of an installation: its name, how it is started, and how one knows that it is up."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field

from core.database import Role, password_variable, role_url, unsigned_url
from core.settings import ROOT, Settings
from outreach.channels.telegram.settings import telegram_settings

RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


@dataclass(frozen=True)
class Process:
    """One process. `port` answers once it is up; None for those that serve nothing.

    `database`: whether it is told where the database is. `roles`: as whom it comes there.
    """

    name: str
    command: list[str]
    port: int | None = None
    environment: dict[str, str] = field(default_factory=dict)
    database: bool = True
    roles: tuple[Role, ...] = (Role.WORKER,)


def all_processes(settings: Settings) -> list[Process]:
    """What `make run`, the end-to-end tests and rehearsals start, in this order."""
    return [
        rasa(settings),
        Process("actions", _loa("serve", "actions"), settings.actions_port),
        Process("answers", _loa("serve", "worker", "--queues", "answers,replies")),
        Process("waves", _loa("serve", "worker", "--queues", "sending,default")),
        Process("scheduler", _loa("serve", "scheduler")),
        public(settings),
        *asking_telegram(),
        console(settings),
        simulator(settings),
    ]


def rasa(settings: Settings) -> Process:
    """Rasa with the newest model, on loopback, in its own environment."""
    command = [str(RASA_PYTHON), "-m", "bot.components.launch", "--port", str(settings.rasa_port)]
    return Process("rasa", command, settings.rasa_port, rasa_environment(settings), database=False, roles=())


def public(settings: Settings) -> Process:
    """The door that faces the internet."""
    hooks = ("--config", "python:webhooks.serving")
    command = _gunicorn("webhooks.app:create_app()", settings.public_port, settings.public_threads, *hooks)
    return Process("public", command, settings.public_port, roles=(Role.DOOR,))


def console(settings: Settings) -> Process:
    """The staff's door. Imports, and accounts that occur in another commune, are looked at beyond a desk's communes."""
    command = _gunicorn("console.app:create_app()", settings.console_port, 8)
    return Process("console", command, settings.console_port, roles=(Role.CONSOLE, Role.WORKER))


def asking_telegram() -> list[Process]:
    """Who fetches what came in, where a bot is set up and Telegram is not told to bring it."""
    own = telegram_settings()
    return (
        [Process("telegram", _loa("serve", "telegram-poll"), roles=(Role.DOOR,))]
        if own.configured and not own.by_webhook
        else []
    )


def rasa_environment(settings: Settings) -> dict[str, str]:
    """What Rasa's configuration files read from the environment."""
    return {
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONWARNINGS": "ignore",
        "LOA_RASA_DATABASE_URL": _rasa_database_url(),
        "LOA_ENCRYPTION_KEYS": settings.encryption_keys.get_secret_value(),
        "LOA_INTERNAL_TOKEN": settings.internal_token.get_secret_value(),
        "LOA_ACTIONS_PORT": str(settings.actions_port),
        "LOA_RASA_PORT": str(settings.rasa_port),
    }


def _rasa_database_url() -> str:
    url = role_url(Role.RASA).set(drivername="postgresql+psycopg2")
    return url.render_as_string(hide_password=False)


def simulator(settings: Settings) -> Process:
    """The stand-in providers, set up as the other end of the installation's accounts."""
    from loa.stand_ins.other_end import stand_in_environment

    return Process(
        "simulator",
        # Zalo's header names bear underscores, which gunicorn drops unless told not to.
        _gunicorn("simulator.app:from_environment()", settings.simulator_port, 32, "--header-map", "dangerous"),
        settings.simulator_port,
        stand_in_environment(settings),
        database=False,
        roles=(),
    )


def process_environment(process: Process) -> dict[str, str]:
    """The whole environment of `process`: ours, the database's address if it needs one, and its own.

    The address names no user: a process signs in as its own role, and the tables' owner is none of its business. Of the
    roles' passwords it is told those of its own.
    """
    others = {"DATABASE_URL", *(password_variable(role) for role in Role if role not in process.roles)}
    inherited = {name: value for name, value in os.environ.items() if name not in others}
    address = {"DATABASE_URL": unsigned_url().render_as_string()} if process.database else {}
    return {**inherited, **address, "PYTHONUNBUFFERED": "1", **process.environment}


def _loa(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "loa.cli", *arguments]


def _gunicorn(application: str, port: int, threads: int, *more: str) -> list[str]:
    return [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
            "--threads", str(threads), "--workers", "1", "--graceful-timeout", "3", "--log-level", "warning",
            *more, application]  # fmt: skip
