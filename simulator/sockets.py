"""Answers that never arrive: the connection of the request being served is held, or cut."""

import contextlib
import select
import socket
import threading
import time

from flask import Response, request

# How often a held request looks whether the faults were switched off meanwhile.
_LOOK_UP = 0.2


class NoConnection(RuntimeError):
    """The server does not hand out the request's socket (a test client, an unknown server)."""


def cut() -> Response:
    """Close the client's connection now; the response that is returned reaches nobody."""
    connection = _connection()
    with contextlib.suppress(OSError):  # the client was faster
        connection.shutdown(socket.SHUT_RDWR)
    return Response(status=500)


def hold(seconds: float, released: threading.Event) -> Response:
    """Say nothing until the client gives up, `seconds` have passed or `released` is set; then cut."""
    connection = _connection()
    deadline = time.monotonic() + seconds
    while not released.is_set() and (left := deadline - time.monotonic()) > 0:
        # Readable without a request of ours pending means that the client has closed its end.
        if is_readable(connection, min(_LOOK_UP, left)):
            break
    return cut()


def is_gone() -> bool:
    """Whether the client of the request being served has hung up; False where that cannot be known."""
    try:
        return is_readable(_connection(), 0)
    except NoConnection:
        return False


def is_readable(connection: socket.socket, seconds: float) -> bool:
    """Whether there is something to read, or the other side has closed, within `seconds`."""
    poll = select.poll()  # not select(): that fails from the 1024th open file on
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _connection() -> socket.socket:
    for name in ("gunicorn.socket", "werkzeug.socket"):
        connection = request.environ.get(name)
        if isinstance(connection, socket.socket):
            return connection
    raise NoConnection("this server does not hand out its sockets: use gunicorn or werkzeug's")
