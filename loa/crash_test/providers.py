"""What goes wrong at the providers: the stand-ins' own faults, switched on over their control interface."""

from __future__ import annotations

import httpx

from core.settings import settings
from outreach.delivery_settings import delivery_settings

SMS_PROVIDERS = ("esms", "twilio")
"""Over which the wave goes, the preferred one first."""
_NO_SUCH_KEY = 101
"""eSMS's code for keys that it does not know: nothing goes over the account until somebody has looked."""
_FEW = 5
_STRUCK = {"slow": (200, 0.3)}
"""How many requests a fault strikes and for how many seconds. While the provider is slow, runs claim ahead."""


class Providers:
    """The stand-ins of one run."""

    def __init__(self) -> None:
        self._shut: int | None = None

    async def strike(self, fault: str) -> None:
        """A few requests go wrong; where the provider is only slow, many."""
        count, seconds = _STRUCK.get(fault, (_FEW, delivery_settings().read_timeout_seconds * 2))
        for provider in SMS_PROVIDERS:
            await self._fault({"provider": provider, "kind": fault, "count": count, "seconds": seconds})

    async def shut_account(self) -> None:
        """The preferred provider knows our keys no more."""
        self._shut = await self._fault({"provider": SMS_PROVIDERS[0], "kind": "refused", "code": _NO_SUCH_KEY})

    async def open_account(self) -> None:
        """It knows them again."""
        async with _control() as control:
            (await control.delete(f"/faults/{self._shut}")).raise_for_status()

    async def _fault(self, wanted: dict[str, object]) -> int:
        async with _control() as control:
            answer = (await control.post("/faults", json=wanted)).raise_for_status()
        return int(answer.json()["id"])


def _control() -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings().simulator_port}/control", timeout=30)
