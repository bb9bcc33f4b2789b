"""What the OA may still send and spend: quotas of the day, the balance, the package's consultation messages."""

import threading
from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import Any

from simulator.messages import Direction, Message
from simulator.provider import World
from simulator.zalo.config import Template, ZaloConfig
from simulator.zalo.errors import OaCode, TemplateCode, ZaloError
from simulator.zalo.resource import PROVIDER

VIETNAM = timezone(timedelta(hours=7))
_KEY = "account"
_NIGHT_BEGINS, _NIGHT_ENDS = 22, 6


class Account:
    """Counts what was accepted. The counts follow from the ledger, so they outlive the process and end with a reset."""

    def __init__(self, world: World, config: ZaloConfig) -> None:
        self._world = world
        self._config = config
        self._lock = threading.Lock()
        self._generation = ""
        self._counts: Counter[tuple[str, str]] = Counter()

    # --- what its owner sees ---------------------------------------------------------------------------------------

    @property
    def daily_quota(self) -> int:
        return int(self._set("daily_quota", self._config.daily_quota))

    @property
    def remaining_quota(self) -> int:
        with self._lock:
            return max(0, self.daily_quota - self._count("template", self._today()))

    @property
    def balance(self) -> int | None:
        """đồng left; None where it never ends."""
        with self._lock:
            return self._balance()

    @property
    def remaining_consultations(self) -> int | None:
        with self._lock:
            quota = self._config.consultation_quota
            return None if quota is None else max(0, quota - self._count("billed", ""))

    def change(self, **settings: int | None) -> None:
        """Set `daily_quota`, or top the balance up to `balance` đồng."""
        with self._lock:
            if settings.get("balance") is not None:
                settings["balance"] = (settings["balance"] or 0) + self._count("spent", "")
            kept = self._world.ledger.kept(PROVIDER, _KEY) or {}
            self._world.ledger.keep(PROVIDER, _KEY, {**kept, **settings})

    # --- taking ----------------------------------------------------------------------------------------------------

    def take_template(self, template: Template, price: int) -> None:
        """One template message: ZaloError −147, −144 or −115 if there is no room for it."""
        with self._lock:
            today = self._today()
            used = self._count("template", today), self._count(f"template {template.id}", today)
            balance = self._balance()
            if template.daily_quota is not None and used[1] >= template.daily_quota:
                raise ZaloError(TemplateCode.TEMPLATE_LIMIT)
            if used[0] >= self.daily_quota:
                raise ZaloError(TemplateCode.DAILY_LIMIT)
            if balance is not None and balance < price:
                raise ZaloError(TemplateCode.BALANCE)
            self._take_note(template.id, price, today)

    def take_consultation(self) -> None:
        """One consultation message that is not free. ZaloError −211 if the package has none left."""
        with self._lock:
            quota = self._config.consultation_quota
            if quota is not None and self._count("billed", "") >= quota:
                raise ZaloError(OaCode.OUT_OF_QUOTA)
            self._counts["billed", ""] += 1

    # --- counting --------------------------------------------------------------------------------------------------

    def _balance(self) -> int | None:
        balance = self._set("balance", self._config.balance)
        return None if balance is None else int(balance) - self._count("spent", "")

    def _set(self, name: str, default: int | None) -> Any:
        kept = self._world.ledger.kept(PROVIDER, _KEY) or {}
        return kept.get(name, default)

    def _count(self, what: str, day: str) -> int:
        if self._generation != self._world.ledger.generation:
            self._recount()
        return self._counts[what, day]

    def _take_note(self, template_id: str, price: int, day: str) -> None:
        self._counts["template", day] += 1
        self._counts[f"template {template_id}", day] += 1
        self._counts["spent", ""] += price

    def _recount(self) -> None:
        self._generation = self._world.ledger.generation
        self._counts.clear()
        for message in self._world.ledger.messages():
            if message.provider == PROVIDER and message.direction is Direction.TO_PHONE:
                self._recount_one(message)

    def _recount_one(self, message: Message) -> None:
        details = message.details
        if "template_id" in details and not details["development"]:
            self._take_note(details["template_id"], details["price"], _day(message.created_at))
        elif details.get("billed"):
            self._counts["billed", ""] += 1

    def _today(self) -> str:
        return _day(self._world.clock())


def is_night(now: datetime) -> bool:
    """22:00–06:00 in Viet Nam."""
    hour = now.astimezone(VIETNAM).hour
    return hour >= _NIGHT_BEGINS or hour < _NIGHT_ENDS


def _day(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).date().isoformat()
