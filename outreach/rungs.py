"""The ladder of a step: which channels are tried one after the other, and how long each is given. Pure.

Stored as JSON, e.g. [{"channel": "zalo"}, {"channel": "sms", "after_hours": 6}, {"channel": "call", "after_hours": 24},
{"channel": "visit"}]. Messages come first; a call and a visit are an officer's to make.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

BY_MESSAGE = ("sms", "zalo")
"""Channels over which a phone can be written to unasked."""
BY_OFFICER = ("call", "visit")
_LONGEST_HOURS = 24 * 30


class LadderRefused(ValueError):
    """A ladder that cannot be; the text, in Vietnamese, says why."""


@dataclass(frozen=True)
class Rung:
    """One channel. `after`: how long the rung before it is given to deliver; a plain failure is not waited for."""

    channel: str
    after: timedelta = timedelta(0)

    @property
    def by_message(self) -> bool:
        return self.channel in BY_MESSAGE


ONLY_SMS = (Rung("sms"),)
ZALO_FIRST = (
    Rung("zalo"),
    Rung("sms", timedelta(hours=6)),
    Rung("call", timedelta(hours=24)),
    Rung("visit"),
)


def ladder_from_json(stored: Sequence[Any]) -> tuple[Rung, ...]:
    """The ladder that `stored` describes. Raises LadderRefused."""
    if not stored:
        raise LadderRefused("Chưa chọn kênh gửi.")
    rungs = tuple(_rung(one) for one in stored)
    channels = [rung.channel for rung in rungs]
    if len(set(channels)) < len(channels):
        raise LadderRefused("Mỗi kênh chỉ được dùng một lần.")
    if not rungs[0].by_message:
        raise LadderRefused("Bậc đầu tiên phải là tin nhắn (SMS hoặc Zalo).")
    if [rung.by_message for rung in rungs] != sorted((rung.by_message for rung in rungs), reverse=True):
        raise LadderRefused("Gọi điện và đến thăm phải đứng sau các kênh nhắn tin.")
    return rungs


def ladder_as_json(ladder: Sequence[Rung]) -> list[dict[str, Any]]:
    """As `step.ladder` keeps it; whole hours are written without a fraction."""
    return [_as_json(rung) for rung in ladder]


def _as_json(rung: Rung) -> dict[str, Any]:
    hours = rung.after / timedelta(hours=1)
    waits = {"after_hours": int(hours) if hours == int(hours) else hours} if hours else {}
    return {"channel": rung.channel, **waits}


def _rung(stored: Any) -> Rung:
    channel = stored.get("channel") if isinstance(stored, dict) else None
    if channel not in (*BY_MESSAGE, *BY_OFFICER):
        raise LadderRefused(f"Không có kênh này: {channel}.")
    hours = stored.get("after_hours", 0)
    if not isinstance(hours, int | float) or isinstance(hours, bool) or not 0 <= hours <= _LONGEST_HOURS:
        raise LadderRefused("Số giờ chờ giữa hai bậc phải từ 0 đến 720.")
    return Rung(channel, timedelta(hours=hours))
