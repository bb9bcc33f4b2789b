"""Headers whose names bear an underscore, as Zalo's `access_token`, on servers that drop them.

A WSGI server cannot tell `a_b` from `a-b`, so by default gunicorn and Werkzeug drop the former. A stand-in sits behind
no proxy that could be fooled so. Under gunicorn start it with `--header-map dangerous`; with Werkzeug's server use
`make_server(…, request_handler=KeepsUnderscores)`.
"""

from typing import Any

from werkzeug.serving import WSGIRequestHandler


class KeepsUnderscores(WSGIRequestHandler):
    """Werkzeug's handler with every header in the environment."""

    def make_environ(self) -> dict[str, Any]:
        environ = super().make_environ()
        for name, value in self.headers.items():
            if "_" in name:
                environ[f"HTTP_{name.upper()}"] = value
        return environ
