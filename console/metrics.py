"""What a monitoring system reads: the gauges that the ticks write, in Prometheus' form.

The ledger's equation is there with both its sides: `sum(loa_ledger_rows) == loa_ledger_sealed_rows`, and what breaks it
in any step, `loa_ledger_unbalanced_rows`. A tick that has died shows as a time of reading that stands still.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from functools import lru_cache

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Role, transaction
from core.gauges import Gauge, GaugeName
from core.settings import ROOT
from outreach.ledger import SEALED_ROWS, UNBALANCED, rows_in
from outreach.message import MessageState

_NUMBERS = {
    UNBALANCED: "Rows and people missing or too many, rows that nothing explains, sums that are wrong; 0 is right.",
    SEALED_ROWS: "Rows that the seals of all steps have counted.",
    GaugeName.UNANSWERED: "Messages of people that wait for an answer.",
    GaugeName.OPEN_ESCALATIONS: "Conversations and calls that wait for a member of staff.",
    GaugeName.FAILED_JOBS: "Jobs that have failed and are still kept; `loa jobs failed` names their tasks.",
    GaugeName.WAVE_PACE: "How much of their pace waves are given.",
}
_STATES = {rows_in(state): state for state in MessageState}


class MetricsSettings(BaseSettings):
    """Who may read the metrics without signing in."""

    model_config = SettingsConfigDict(env_prefix="LOA_METRICS_", env_file=ROOT / ".env", extra="ignore")

    token: SecretStr | None = Field(default=None, min_length=16)
    """Shown by the monitoring system as `Authorization: Bearer …`. Unset: administrators alone, signed in."""


@lru_cache
def metrics_settings() -> MetricsSettings:
    """The settings, read once per process. Raises pydantic's ValidationError."""
    return MetricsSettings()


def shows_token(authorization: str) -> bool:
    """Whether the header `authorization` bears the token that is set."""
    token = metrics_settings().token
    wanted = "" if token is None else f"Bearer {token.get_secret_value()}"
    return bool(wanted) and hmac.compare_digest(authorization.encode(), wanted.encode())


def registry() -> CollectorRegistry:
    """The metrics: every process of the console gives the same, for they are read from the database."""
    made = CollectorRegistry()
    made.register(_Gauges())
    return made


class _Gauges(Collector):
    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: what nobody has gauged yet is not there."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with transaction(Role.CONSOLE) as session:
            found = _read(session)
        for name, what in _NUMBERS.items():
            if name in found:
                yield GaugeMetricFamily(f"loa_{name}", what, value=found[name].value)
        rows = GaugeMetricFamily("loa_ledger_rows", "Sealed rows by state.", labels=["state"])
        when = GaugeMetricFamily("loa_gauge_read_timestamp_seconds", "When a gauge was read.", labels=["gauge"])
        for name, gauge in found.items():
            when.add_metric([name], gauge.read_at.timestamp())
            if name in _STATES:
                rows.add_metric([_STATES[name]], gauge.value)
        yield rows
        yield when


def _read(session: Session) -> dict[str, Gauge]:
    wanted = select(Gauge).where(Gauge.name.in_([*map(str, _NUMBERS), *_STATES])).order_by(Gauge.name)
    return {gauge.name: gauge for gauge in session.scalars(wanted)}
