"""The shared cases' fixtures: a provider's stand-in with our settings pointed at it, and our door."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient

from simulator.config import SimulatorConfig
from tests.channels.channel_case import ChannelCase
from tests.channels.playing import point_at
from tests.channels.standing import Standing, standing
from tests.environment import TestClock
from tests.outreach.conftest import NOBODY, read_settings_anew
from webhooks.app import create_app


@pytest.fixture
def case(request: pytest.FixtureRequest) -> ChannelCase:
    """The provider that the test is played with."""
    found: ChannelCase = request.param
    return found


@pytest.fixture
def site(case: ChannelCase, database: str, clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standing]:
    """The provider's stand-in, our settings pointed at it, and everything done that sending needs."""
    with standing(SimulatorConfig(automatic=False, **case.stand_in)) as begun:
        point_at(monkeypatch, case, begun.url, LOA_PUBLIC_URL=NOBODY)
        case.ready(begun)
        yield begun
    monkeypatch.undo()
    read_settings_anew()
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE contact_point, message, receipt, gauge, procrastinate_jobs, zalo_token CASCADE")


@pytest.fixture
def door(site: Standing) -> FlaskClient:
    """Our public door, set up for the provider."""
    return create_app().test_client()
