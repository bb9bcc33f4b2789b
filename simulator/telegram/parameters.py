"""The parameters of a method call: in the query, as a form (with or without files) or as JSON.

https://core.telegram.org/bots/api#making-requests
"""

import json
from typing import Any

from flask import Request

from simulator.telegram.errors import bad_request


class Parameters:
    """Reads values as the real server does: everything may be a string, objects and arrays are JSON."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """ "" where there is none."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def whole(self, name: str, default: int) -> int:
        value = self._values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(str(value))
        except ValueError:
            raise bad_request(f"can't parse parameter {name}") from None

    def flag(self, name: str) -> bool:
        return str(self._values.get(name, "")).lower() in {"true", "1", "yes"}

    def parsed(self, name: str, kind: type) -> Any:
        """An object or array; None where there is none. 400 if it is not JSON of that kind."""
        value = self._values.get(name)
        if value is None or value == "":
            return None
        try:
            parsed = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
        if not isinstance(parsed, kind):
            raise bad_request(f"{name.replace('_', ' ')} expected as {kind.__name__}")
        return parsed


def read_parameters(request: Request) -> Parameters:
    """What a call brings, the body before the query."""
    values: dict[str, Any] = dict(request.args.items())
    if request.is_json:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise bad_request("can't parse JSON object")
        return Parameters(values | body)
    return Parameters(values | dict(request.form.items()))
