"""What an operator may set for Zalo, and what is refused at the start."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from outreach.channels.registry import accounts
from outreach.channels.zalo.settings import ZaloSettings
from tests.outreach.conftest import read_settings_anew
from webhooks.app import create_app

SOUND = {"app_id": "1", "app_secret": "a", "oa_id": "2", "oa_secret": "b"}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, []),
        ({"oauth_url": "http://oauth.example"}, ["LOA_ZALO_OAUTH_URL"]),
        ({"openapi_url": "http://127.0.0.1:8002/zalo/openapi"}, ["LOA_ZALO_OPENAPI_URL"]),
        ({"business_url": "http://127.0.0.1:8002/zalo/business"}, ["LOA_ZALO_BUSINESS_URL"]),
        ({"app_secret": ""}, ["LOA_ZALO_APP_SECRET"]),
        ({"oa_secret": ""}, ["LOA_ZALO_OA_SECRET"]),
        ({"development": True}, ["LOA_ZALO_DEVELOPMENT"]),
    ],
)
def test_what_production_refuses(changes: dict[str, object], named: list[str]) -> None:
    own = ZaloSettings(**{**SOUND, **changes})  # type: ignore[arg-type]
    assert [problem.split()[0] for problem in own.problems_in_production()] == named


def test_one_waits_longer_for_the_refresher_than_the_refresher_for_zalo() -> None:
    with pytest.raises(ValidationError, match="lock_patience"):
        ZaloSettings(oauth_timeout=20, lock_patience=30)


def test_neither_the_door_nor_the_accounts_open_with_refused_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_ZALO_LOCK_PATIENCE", "1")
    read_settings_anew()
    for opening in (create_app, accounts):
        with pytest.raises(ValidationError):
            opening()
    monkeypatch.undo()
    read_settings_anew()


def test_no_secret_is_printed() -> None:
    assert "bi-mat" not in repr(ZaloSettings(app_secret="bi-mat", oa_secret="bi-mat"))  # type: ignore[arg-type]
