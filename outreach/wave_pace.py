"""Keeping the pace of waves to what officers and the bot can answer: read from gauges, written to one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from core.gauges import GaugeName, gauge, set_gauge
from core.logs import logger
from outreach.capacity import FULL, Queue, WavePace, wave_pace
from outreach.delivery_settings import delivery_settings

_log = logger(__name__)

STALE = timedelta(minutes=10)
"""A gauge that nobody has written for so long says nothing: the pace stays as it is."""


def keep_pace(session: Session, now: datetime) -> WavePace:
    """Read the queues and write the pace of waves; what it is now. Repeating it without news changes nothing."""
    before = wave_percent(session)
    queues = _queues(session, now)
    if not queues:
        return WavePace(before)
    pace = wave_pace(before, queues)
    set_gauge(session, GaugeName.WAVE_PACE, pace.percent, now, pace.why)
    if pace.percent != before:
        _log.warning("wave_pace_changed", before=before, after=pace.percent)
    return pace


def wave_percent(session: Session) -> int:
    """How much of their pace waves are given at present."""
    found = gauge(session, GaugeName.WAVE_PACE)
    return FULL if found is None else found.value


def _queues(session: Session, now: datetime) -> list[Queue]:
    own = delivery_settings()
    wanted = (
        (GaugeName.OPEN_ESCALATIONS, "việc chờ cán bộ", own.open_tasks_limit),
        (GaugeName.UNANSWERED, "tin nhắn đến chưa được trả lời", own.unanswered_limit),
    )
    found = ((gauge(session, name), called, limit) for name, called, limit in wanted)
    return [
        Queue(called, read.value, limit)
        for read, called, limit in found
        if read is not None and now - read.read_at <= STALE
    ]
