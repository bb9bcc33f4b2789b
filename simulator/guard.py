"""Who may work the controls: this machine only."""

import ipaddress
from urllib.parse import urlsplit

from flask import abort, request


def only_this_machine() -> None:
    """403 unless the request comes from loopback, directly, to a loopback name; 415 for a change that is not JSON.

    The name is checked, and JSON asked for, so that no web page open on this machine can work the controls from its
    own site; a proxy's header means that the one asking is somewhere else.
    """
    forwarded = {"X-Forwarded-For", "Forwarded", "X-Real-Ip"} & set(request.headers.keys())
    if forwarded or not _is_loopback(request.remote_addr or "") or not _is_loopback(_host()):
        abort(403)
    if request.method == "POST" and not request.is_json:
        abort(415)


def _host() -> str:
    return urlsplit(f"//{request.host}").hostname or ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
