"""How Zalo says no when a fault makes it.

Its call limit is −32 in an answer of HTTP 200; a fault with `code` 429 makes it HTTP 429, as gateways before it may.
"""

from flask import Response

from simulator.faults import Fault
from simulator.zalo.errors import OaCode, ZaloError

_PAGE = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"


class Refusals:
    """A `simulator.trouble.Refusals`."""

    def refused(self, fault: Fault) -> Response:
        return ZaloError(OaCode.SEND_FAILED if fault.code is None else fault.code).response()

    def rate_limited(self, fault: Fault) -> Response:
        return _page(429) if fault.code == 429 else ZaloError(OaCode.CALL_LIMIT).response()

    def server_error(self, fault: Fault) -> Response:
        return _page(fault.code or 500)


def _page(status: int) -> Response:
    return Response(_PAGE.format(status), status, content_type="text/html")
