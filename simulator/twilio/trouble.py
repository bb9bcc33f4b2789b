"""The faults that strike a request."""

from flask import Response

from simulator.faults import Fault, FaultKind
from simulator.messages import Message
from simulator.provider import World
from simulator.sockets import cut, hold
from simulator.twilio.delivery import PROVIDER
from simulator.twilio.errors import ErrorCode, TwilioError

_USUAL_HOLD = 60.0
_USUAL_SLOWNESS = 5.0
_GATEWAY_PAGE = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"
_GATEWAY = {502: "502 Bad Gateway", 504: "504 Gateway Time-out"}


def before_anything(world: World, number: str | None) -> Response | None:
    """Strike before the request is even looked at: None lets it pass. TwilioError for an orderly refusal."""
    if world.faults.quiet:
        return None
    if _strikes(world, FaultKind.DROPPED, number):
        world.ledger.note("dropped", provider=PROVIDER, number=number)
        return cut()
    if _strikes(world, FaultKind.RATE_LIMITED, number):
        raise TwilioError(ErrorCode.TOO_MANY_REQUESTS, "Too Many Requests")
    if fault := _strikes(world, FaultKind.SERVER_ERROR, number):
        return _server_error(world, fault, number)
    if fault := _strikes(world, FaultKind.SLOW, number):
        _wait(world, fault)
    return None


def after_acceptance(world: World, message: Message, answer: Response) -> Response:
    """Lose the answer to a message that was accepted, or let it through."""
    if _strikes(world, FaultKind.DROPPED_AFTER_ACCEPT, message.number):
        return cut()
    if fault := _strikes(world, FaultKind.TIMEOUT_AFTER_ACCEPT, message.number):
        return hold(_USUAL_HOLD if fault.seconds is None else fault.seconds, world.released)
    return answer


def _strikes(world: World, kind: FaultKind, number: str | None) -> Fault | None:
    return world.faults.strike(PROVIDER, kind, number)


def _server_error(world: World, fault: Fault, number: str | None) -> Response:
    """Twilio's own errors are JSON; those of the gateways before it are pages."""
    if fault.code in _GATEWAY:
        world.ledger.note("refused", provider=PROVIDER, code=None, status=fault.code, number=number)
        return Response(_GATEWAY_PAGE.format(_GATEWAY[fault.code]), fault.code, content_type="text/html")
    if fault.code == 503:
        raise TwilioError(ErrorCode.UNAVAILABLE, "Service Unavailable")
    raise TwilioError(ErrorCode.INTERNAL, "Internal Server Error")


def _wait(world: World, fault: Fault) -> None:
    world.released.wait(_USUAL_SLOWNESS if fault.seconds is None else fault.seconds)
