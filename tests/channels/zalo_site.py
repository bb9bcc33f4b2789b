"""Zalo's stand-in with an Official Account that belongs to the services under test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from core.audit import SYSTEM
from outreach.channels.zalo import house
from simulator.config import SimulatorConfig
from simulator.zalo.config import Parameter, Template, ZaloConfig
from tests.channels.standing import HouseClock, standing
from tests.environment import TestClock
from tests.outreach.conftest import read_settings_anew
from tests.simulator.zalo_customer import ACCESS, APP_ID, APP_SECRET, OA_ID, OA_SECRET, REFRESH, ZaloStandIn

INVITATION = Template(
    "700001",
    "Thư mời kê khai",
    "<phuong> kính gửi <ten>. Trợ cấp vẫn trả như trước. Mã hồ sơ: <ma>. Hạn: <han>. Hỏi tổ trưởng.",
    (Parameter("phuong", max_length=50), Parameter("ten"), Parameter("ma"), Parameter("han", "DATE", 20)),
)

type StartSite = Callable[..., ZaloStandIn]


def environment(url: str) -> dict[str, str]:
    """What the services are told of the OA."""
    return {
        "LOA_ZALO_APP_ID": APP_ID,
        "LOA_ZALO_APP_SECRET": APP_SECRET,
        "LOA_ZALO_OA_ID": OA_ID,
        "LOA_ZALO_OA_SECRET": OA_SECRET,
        "LOA_ZALO_OAUTH_URL": f"{url}/zalo/oauth",
        "LOA_ZALO_OPENAPI_URL": f"{url}/zalo/openapi",
        "LOA_ZALO_BUSINESS_URL": f"{url}/zalo/business",
    }


def account(**changes: Any) -> ZaloConfig:
    """The stand-in's side of the same OA."""
    own = ZaloConfig(
        app_id=APP_ID,
        app_secret=APP_SECRET,
        oa_id=OA_ID,
        oa_secret=OA_SECRET,
        access_token=ACCESS,
        refresh_token=REFRESH,
        webhook_url=None,
        received_after=0.0,
        templates=(INVITATION,),
    )
    return replace(own, **changes)


@pytest.fixture
def zalo_site(database: str, clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[StartSite]:
    """zalo_site(environment={...}, **changes): the stand-in, changed so, and the services pointed at it. Nobody has
    authorised yet: `authorise()` does."""
    with ExitStack() as running:

        def begin(environment_too: dict[str, str] | None = None, **changes: Any) -> ZaloStandIn:
            config = SimulatorConfig(automatic=False, zalo=account(**changes))
            site = running.enter_context(standing(config))
            for name, value in {**environment(site.url), **(environment_too or {})}.items():
                monkeypatch.setenv(name, value)
            read_settings_anew()
            return ZaloStandIn(site.url, site.simulator, HouseClock(), site.control)

        yield begin
    monkeypatch.undo()
    read_settings_anew()
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(
            "TRUNCATE zalo_token, zalo_authorisation, zalo_template, gauge, receipt, procrastinate_jobs CASCADE"
        )


def authorise() -> str:
    """The OA's administrator lets us in, with the pair that the provider's own tool hands out; the access token."""
    house.keeper().bring(REFRESH, SYSTEM)
    return house.keeper().current()
