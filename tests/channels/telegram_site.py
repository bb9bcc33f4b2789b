"""Telegram's stand-in with a bot that belongs to the services under test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from simulator.config import SimulatorConfig
from tests.channels.standing import HouseClock, standing
from tests.environment import TestClock
from tests.outreach.conftest import read_settings_anew
from tests.simulator.desk import Desk
from tests.simulator.telegram_bot import CONFIG, PERSON, TOKEN, Bot

SECRET = "invented-webhook-secret"

type StartSite = Callable[..., "TelegramDesk"]


class TelegramDesk(Desk):
    """The stand-in, seen from the person `PERSON`, who has the bot in the app."""

    @property
    def bot(self) -> Bot:
        """The bot by bare HTTP."""
        return Bot(self)

    def do(self, gesture: str, **fields: object) -> dict[str, Any]:
        return self.act("telegram", PERSON, gesture, **fields)

    def write(self, text: str, **fields: object) -> dict[str, Any]:
        return self.say("telegram", PERSON, text, **fields)

    def meet(self) -> None:
        """Somebody with a telephone presses Start."""
        self.add("telegram", PERSON, name="Bà Hoa", tel="0912345678")
        self.do("start")

    def received(self) -> list[dict[str, Any]]:
        """What the bot has sent to the person."""
        return [one for one in self.messages("telegram", PERSON) if one["direction"] == "to_phone"]

    def strike(self, kind: str, **fields: object) -> None:
        self.fault("telegram", kind, **fields)


def environment(url: str) -> dict[str, str]:
    """What the services are told of the bot."""
    return {
        "LOA_TELEGRAM_TOKEN": TOKEN,
        "LOA_TELEGRAM_BOT_NAME": CONFIG.username,
        "LOA_TELEGRAM_BASE_URL": f"{url}/telegram",
        "LOA_TELEGRAM_CHAT_SECONDS": "0.01",
        "LOA_TELEGRAM_POLL_SECONDS": "0",
    }


@pytest.fixture
def telegram_site(database: str, clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[StartSite]:
    """telegram_site(environment={...}, **changes): the stand-in, changed so, and the services pointed at it."""
    with ExitStack() as running:

        def begin(environment_too: dict[str, str] | None = None, **changes: Any) -> TelegramDesk:
            config = SimulatorConfig(automatic=False, telegram=replace(CONFIG, **changes))
            site = running.enter_context(standing(config))
            for name, value in {**environment(site.url), **(environment_too or {})}.items():
                monkeypatch.setenv(name, value)
            read_settings_anew()
            return TelegramDesk(site.url, site.simulator, HouseClock(), site.control)

        yield begin
        monkeypatch.undo()
        read_settings_anew()
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE contact_point, attachment, gauge, receipt, procrastinate_jobs CASCADE")
