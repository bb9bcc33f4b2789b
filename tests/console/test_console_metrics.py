"""`/metrics`: who gets it, and the ledger's equation as a monitoring system sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from console.metrics import metrics_settings
from core.database import transaction
from outreach.message import MessageState
from outreach.scheduler import run_all_ticks
from tests.console import ward
from tests.console.conftest import Browser
from tests.console.running import running

TOKEN = "mot-ma-thu-dai-hon-muoi-sau"


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The header of a monitoring system whose token is set."""
    monkeypatch.setenv("LOA_METRICS_TOKEN", TOKEN)
    metrics_settings.cache_clear()
    yield {"Authorization": f"Bearer {TOKEN}"}
    monkeypatch.undo()
    metrics_settings.cache_clear()


def read(text_of: str) -> dict[str, float]:
    """Each number by its name and, where it has one, its label."""
    return {
        "/".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text_of)
        for sample in family.samples
    }


def test_a_token_opens_the_metrics_and_nothing_else(stranger: Browser, token: dict[str, str]) -> None:
    answer = stranger.get("/metrics", headers=token)
    assert answer.status_code == 200 and answer.content_type.startswith("text/plain")
    assert stranger.get("/can-bo/", headers=token).status_code == 302
    assert stranger.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 302
    assert stranger.get("/metrics").status_code == 302


def test_where_no_token_is_set_none_opens_them(stranger: Browser) -> None:
    assert stranger.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 302
    assert stranger.get("/metrics", headers={"Authorization": ""}).status_code == 302


def test_the_ledgers_equation_can_be_read_from_outside(sit: Callable[..., Browser]) -> None:
    ran = running([ward.citizen() for _ in range(4)])
    ran.come_to(MessageState.DELIVERED, MessageState.ACCEPTED, MessageState.UNKNOWN)
    browser = sit("administrator", commune=None)
    run_all_ticks()
    told = read(browser.page("/metrics"))
    assert told["loa_ledger_unbalanced_rows"] == 0
    assert told["loa_ledger_rows/delivered"] == 1 and told["loa_ledger_rows/unknown"] == 1
    assert told["loa_ledger_sealed_rows"] == sum(told[f"loa_ledger_rows/{state}"] for state in MessageState) >= 4
    assert told["loa_gauge_read_timestamp_seconds/ledger_unbalanced_rows"] > 0
    assert told["loa_failed_jobs"] == 0

    with transaction() as session:
        session.execute(text("UPDATE gauge SET value = value + 1 WHERE name = :name"),
                        {"name": f"sealed_rows:{ran.step_id}"})  # fmt: skip
    run_all_ticks()
    told = read(browser.page("/metrics"))
    assert told["loa_ledger_unbalanced_rows"] == 1
    assert told["loa_ledger_sealed_rows"] == sum(told[f"loa_ledger_rows/{state}"] for state in MessageState) + 1
