"""The telephone exchange among the shared cases: it tells of calls that nobody took, and sends nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from conversations.hotline import TASK
from conversations.hotline_call import HotlineCall
from core.clock import now
from core.database import transaction
from roster.contact import ContactPoint
from tests.channels.channel_case import Knock
from tests.channels.door import signed
from tests.channels.standing import Standing

SECRET = "khoa-chung-cua-tong-dai"
_UNSIGNED = {"Content-Type": "application/json"}


class _Inbound:
    secretless: Mapping[str, str] = {"LOA_EXCHANGE_SECRET": ""}
    dated = True

    def word(self, id_: str, text: str) -> Knock:
        """A call says nothing: `text` is a note of the exchange's own, which we do not keep."""
        return self._knock({**self._call(), "call_id": id_, "note": text})

    def forged(self) -> Sequence[Knock]:
        good, other = self.word("w1", "có"), self.word("w1", "không")
        return [
            Knock(good.path, good.body, _UNSIGNED),
            Knock(good.path, good.body, other.headers),
            Knock(good.path, good.body, {**_UNSIGNED, **signed("khoa-khac", good.body)}),
            Knock(good.path, good.body, {**_UNSIGNED, **signed(SECRET, good.body, time=1)}),
        ]

    def malformed(self) -> Sequence[Knock]:
        wrong: tuple[dict[str, Any], ...] = (
            {"call_id": ""}, {"kind": None}, {"caller": True}, {"hotline": None}, {"at": "hôm nay"}, {"at": None},
        )  # fmt: skip
        return [self._knock([]), *(self._knock({**self._call(), **one}) for one in wrong)]

    def kept(self, id_: str, text: str) -> str:
        return id_

    def came_in(self) -> list[str]:
        with transaction() as session:
            waiting = select(HotlineCall.call_id).where(HotlineCall.handled_at.is_(None))
            return list(session.scalars(waiting.order_by(HotlineCall.id)))

    def writers(self) -> int:
        with transaction() as session:
            return session.scalar(select(func.count()).select_from(ContactPoint)) or 0

    def job(self) -> tuple[str, str]:
        return TASK, TASK

    def _call(self) -> dict[str, Any]:
        return {
            "call_id": "w1",
            "caller": "84912345678",
            "hotline": "02438250000",
            "kind": "missed",
            "at": now().isoformat(),
        }

    def _knock(self, body: object) -> Knock:
        raw = json.dumps(body).encode()
        return Knock("/webhooks/exchange", raw, {**_UNSIGNED, **signed(SECRET, raw)})


class ExchangeCase:
    """A `tests.channels.channel_case.ChannelCase`. Officers call back by telephone: nothing goes out here."""

    name = "exchange"
    stand_in: Mapping[str, Any] = {}
    outbound = None
    inbound = _Inbound()
    reports = None

    def environment(self, url: str) -> Mapping[str, str]:
        return {"LOA_EXCHANGE_SECRET": SECRET}

    def ready(self, site: Standing) -> None:
        """Nothing: the settings are enough."""
