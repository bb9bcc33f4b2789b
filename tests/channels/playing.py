"""What the shared cases have in common: who takes part in which, and how a call comes to the door."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.channels.channel_case import ChannelCase, Knock
from tests.channels.table import CASES
from tests.outreach.conftest import read_settings_anew


def _named(case: ChannelCase) -> str:
    return case.name


SENDING = pytest.mark.parametrize("case", [case for case in CASES if case.outbound], ids=_named, indirect=True)
HEARING = pytest.mark.parametrize("case", [case for case in CASES if case.inbound], ids=_named, indirect=True)
TOLD = pytest.mark.parametrize("case", [case for case in CASES if case.reports], ids=_named, indirect=True)


def point_at(monkeypatch: pytest.MonkeyPatch, case: ChannelCase, url: str, **more: str) -> None:
    """Make our services use the provider at `url`."""
    for name, value in {**case.environment(url), **more}.items():
        monkeypatch.setenv(name, value)
    read_settings_anew()


def knock(door: FlaskClient, call: Knock) -> TestResponse:
    """The provider calls."""
    return door.open(call.path, method=call.method, data=call.body, headers=dict(call.headers))
