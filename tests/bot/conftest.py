"""The real action server on the module's database, Rasa's part played beside it, and citizens to talk with them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest

from conversations import relay
from conversations.thread import Channel
from core.settings import ROOT, settings
from loa.stack import free_ports
from tests.bot.rasa_part import RasaPart, playing
from tests.bot.talk import Talk, invite
from tests.console.ward import Citizen, campaign, citizen

START_SECONDS = 60


@contextmanager
def running_server() -> Iterator[str]:
    """The action server's real process; its address."""
    [port] = free_ports(1)
    environment = {**os.environ, "LOA_ACTIONS_PORT": str(port)}
    command = [sys.executable, "-m", "bot.actions.server"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        ends = time.monotonic() + START_SECONDS
        while not answers(url):
            time.sleep(0.1)
            assert process.poll() is None and time.monotonic() < ends, "the action server did not come up"
        yield url
        process.terminate()


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=1).is_success
    except httpx.HTTPError:
        return False


@pytest.fixture(scope="module")
def rasa(database: str) -> Iterator[RasaPart]:
    """Rasa's part, on a port of its own, before the real action server."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LOA_RASA_PORT", str(free_ports(1)[0]))
        settings.cache_clear()
        relay._client.cache_clear()
        with running_server() as actions, playing(actions) as part:
            yield part
    settings.cache_clear()
    relay._client.cache_clear()


@pytest.fixture(scope="module")
def running_campaign(database: str) -> int:
    """The campaign whose survey is open."""
    return campaign()


NewTalk = Callable[..., Talk]


@pytest.fixture
def new_talk(rasa: RasaPart, running_campaign: int) -> NewTalk:
    """Makes citizens to talk with: `invited` (a beneficiary of tests.console.ward, else a new one) writes by SMS from
    the invited phone; with `channel`, somebody nobody has invited writes there."""

    def begin(invited: Citizen | None = None, channel: Channel = Channel.SMS, **columns: Any) -> Talk:
        if channel is not Channel.SMS:
            return Talk(rasa, channel, uuid4().hex)
        person = invited or citizen(**columns)
        invite(person, running_campaign)
        return Talk(rasa, Channel.SMS, person.phone)

    return begin
