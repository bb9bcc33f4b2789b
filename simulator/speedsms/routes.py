"""The gateway's HTTP interface, at the paths of the real one under `/speedsms/index.php`."""

import hmac
import threading
from collections import deque
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request

from simulator.messages import Direction
from simulator.provider import World
from simulator.speedsms.codes import Code, HttpError, SpeedSmsError, SpeedSmsRefusals, too_many
from simulator.speedsms.config import SpeedSmsConfig
from simulator.speedsms.delivery import PROVIDER, Delivery
from simulator.speedsms.form import read_order
from simulator.trouble import Trouble
from simulator.vietnam import read_phone, without_plus

_WINDOW = timedelta(seconds=60)


class Routes:
    """One account's."""

    def __init__(self, world: World, config: SpeedSmsConfig, delivery: Delivery) -> None:
        self._world = world
        self._config = config
        self._delivery = delivery
        self._trouble = Trouble(world, PROVIDER, SpeedSmsRefusals())
        self._lock = threading.Lock()
        self._requests: deque[datetime] = deque()

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("speedsms", __name__, url_prefix="/speedsms/index.php")
        blueprint.add_url_rule("/sms/send", view_func=self.send, methods=["POST"])
        blueprint.add_url_rule("/sms/status/<int:tran_id>", view_func=self.status, methods=["GET"])
        blueprint.add_url_rule("/user/info", view_func=self.info, methods=["GET"])
        blueprint.register_error_handler(SpeedSmsError, self.refuse)
        blueprint.register_error_handler(HttpError, self.refuse)
        return blueprint

    def send(self) -> Response:
        """Send one text to up to 100 phones."""
        body = _body()
        number = _number(body)
        if trouble := self._trouble.before_anything(number):
            return trouble
        self._admit()
        order = read_order(body, self._config)
        answer = _success(self._delivery.accept(order))
        return self._trouble.after_acceptance(order.phones[0], answer)

    def status(self, tran_id: int) -> Response:
        """What became of each phone's message."""
        if trouble := self._trouble.before_anything(None):
            return trouble
        self._admit()
        found = [
            {"phone": without_plus(message.number), "status": self._delivery.status_of(message)}
            for message in self._world.ledger.messages()
            if message.provider == PROVIDER
            and message.direction is Direction.TO_PHONE
            and message.details["tran_id"] == tran_id
        ]
        if not found:
            raise SpeedSmsError(Code.BAD_PARAMETERS)
        return _success(found)

    def info(self) -> Response:
        """The account and what is left in it."""
        if trouble := self._trouble.before_anything(None):
            return trouble
        self._admit()
        return _success({"email": self._config.email, "balance": self._delivery.purse.left(), "currency": "VND"})

    def refuse(self, error: SpeedSmsError | HttpError) -> Response:
        response = error.response()
        self._world.ledger.note(
            "refused", provider=PROVIDER, code=error.code, status=response.status_code, number=_number(_body())
        )
        return response

    def _admit(self) -> None:
        """Who may call, and how often."""
        given = request.authorization
        name, password = (given.username or "", given.password or "") if given else ("", "")
        if not hmac.compare_digest(name.encode(), self._config.token.encode()) or password != "x":
            words = "Your request was made with invalid credentials."
            raise HttpError(self._config.unauthorized_status, "Unauthorized", words)
        self._count()
        if self._config.ips and request.remote_addr not in self._config.ips:
            raise SpeedSmsError(Code.IP_LOCKED)
        if self._config.blocked:
            raise SpeedSmsError(Code.ACCOUNT_BLOCKED)
        if self._config.api_off:
            raise SpeedSmsError(Code.API_NOT_ALLOWED)

    def _count(self) -> None:
        limit, now = self._config.requests_per_minute, self._world.clock()
        with self._lock:
            while self._requests and self._requests[0] <= now - _WINDOW:
                self._requests.popleft()
            if limit and len(self._requests) >= limit:
                wait = (self._requests[0] + _WINDOW - now).total_seconds()
                raise too_many(limit, max(1, round(wait)))
            self._requests.append(now)


def _success(data: Any) -> Response:
    return jsonify(status="success", code="00", data=data)


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True) if request.is_json else None
    return body if isinstance(body, dict) else {}


def _number(body: dict[str, Any]) -> str | None:
    """The phone of a request to one phone."""
    to = body.get("to")
    first = to[0] if isinstance(to, list) and len(to) == 1 else to
    return read_phone(first) if isinstance(first, str) else None
