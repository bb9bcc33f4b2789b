"""The faults that strike a request, for any provider that says refusals in its own words."""

from typing import Protocol

from flask import Response

from simulator.faults import Fault, FaultKind
from simulator.provider import World
from simulator.sockets import cut, hold

_USUAL_HOLD = 60.0
_USUAL_SLOWNESS = 5.0
_GATEWAY_PAGE = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"
_GATEWAY = {502: "502 Bad Gateway", 504: "504 Gateway Time-out"}


class Refusals(Protocol):
    """How a provider says no when a fault makes it."""

    def refused(self, fault: Fault) -> Response:
        """With the provider's error code `fault.code`."""

    def rate_limited(self, fault: Fault) -> Response:
        """Too many requests; `fault.seconds`, if set, is how long the caller shall wait."""

    def server_error(self, fault: Fault) -> Response:
        """An internal error; `fault.code`, if set, is the HTTP status. Gateways' pages (502, 504) do not come here."""


class Trouble:
    """Strikes one provider's requests."""

    def __init__(self, world: World, provider: str, refusals: Refusals) -> None:
        self._world = world
        self._provider = provider
        self._refusals = refusals

    def before_anything(self, number: str | None) -> Response | None:
        """Strike before the request is even looked at; None lets it pass. `number`: the phone it is about, if known."""
        if self._world.faults.quiet:
            return None
        if self._strikes(FaultKind.DROPPED, number):
            self._world.ledger.note("dropped", provider=self._provider, number=number)
            return cut()
        if response := self._refusal(number):
            return response
        if fault := self._strikes(FaultKind.SLOW, number):
            self._world.released.wait(_USUAL_SLOWNESS if fault.seconds is None else fault.seconds)
        return None

    def after_acceptance(self, number: str, answer: Response) -> Response:
        """Lose the answer to something that was accepted, or let it through."""
        if self._strikes(FaultKind.DROPPED_AFTER_ACCEPT, number):
            return cut()
        if fault := self._strikes(FaultKind.TIMEOUT_AFTER_ACCEPT, number):
            return hold(_USUAL_HOLD if fault.seconds is None else fault.seconds, self._world.released)
        return answer

    def _refusal(self, number: str | None) -> Response | None:
        if fault := self._strikes(FaultKind.RATE_LIMITED, number):
            return self._noted(self._refusals.rate_limited(fault), fault, number)
        if fault := self._strikes(FaultKind.SERVER_ERROR, number):
            return self._noted(self._server_error(fault), fault, number)
        if fault := self._strikes(FaultKind.REFUSED, number):
            return self._noted(self._refusals.refused(fault), fault, number)
        return None

    def _server_error(self, fault: Fault) -> Response:
        if fault.code in _GATEWAY:
            return Response(_GATEWAY_PAGE.format(_GATEWAY[fault.code]), fault.code, content_type="text/html")
        return self._refusals.server_error(fault)

    def _noted(self, response: Response, fault: Fault, number: str | None) -> Response:
        self._world.ledger.note(
            "refused", provider=self._provider, code=fault.code, status=response.status_code, number=number
        )
        return response

    def _strikes(self, kind: FaultKind, number: str | None) -> Fault | None:
        return self._world.faults.strike(self._provider, kind, number)
