"""The gateway's HTTP interface, at the paths of the real one under `/esms`."""

import hmac
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request

from simulator.esms.codes import Code, EsmsError, EsmsRefusals, unreadable, words
from simulator.esms.config import EsmsConfig
from simulator.esms.delivery import PROVIDER, Delivery
from simulator.esms.form import read_order
from simulator.esms.questions import Questions
from simulator.messages import Channel
from simulator.provider import World
from simulator.trouble import Trouble
from simulator.vietnam import read_phone


class Routes:
    """One account's."""

    def __init__(self, world: World, config: EsmsConfig, delivery: Delivery) -> None:
        self._world = world
        self._config = config
        self._delivery = delivery
        self._questions = Questions(world, config, delivery)
        self._trouble = Trouble(world, PROVIDER, EsmsRefusals())

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("esms", __name__, url_prefix="/esms/MainService.svc/json")
        add = blueprint.add_url_rule
        for path in ("/SendMultipleMessage_V4_post_json/", "/SendMultipleMessage_V4_post_json"):
            add(path, endpoint=f"send{len(path)}", view_func=self.send, methods=["POST"])
        add("/GetBalance_json", view_func=self.balance, methods=["POST"])
        add("/GetBalance/<api_key>/<secret_key>", view_func=self.balance_by_path, methods=["GET"])
        add("/GetSendStatus", view_func=self.send_status, methods=["GET"])
        add("/GetSmsReceiverStatus_get", view_func=self.receivers, methods=["GET"])
        add("/GetSmsSentData_V2", view_func=self.sent_data, methods=["POST"])
        blueprint.register_error_handler(EsmsError, self.refuse)
        return blueprint

    def send(self) -> Response:
        """Send a message."""
        body = _body()
        number = _number(body)
        if trouble := self._trouble.before_anything(number):
            return trouble
        if body is None:
            return unreadable()
        if self._config.ips and request.remote_addr not in self._config.ips:
            raise EsmsError(Code.BAD_IP)
        if not self._knows(body.get("ApiKey"), body.get("SecretKey")):
            raise EsmsError(Code.AUTHORIZE_FAILED)
        order = read_order(body, self._config)
        if self._is_refusing(order.phone):
            raise EsmsError(Code.INVALID)
        answer = jsonify(CodeResult=Code.ACCEPTED, CountRegenerate=0, SMSID=self._delivery.accept(order))
        return self._trouble.after_acceptance(order.phone, answer)

    def balance(self) -> Response:
        body = _body() or {}
        return self._balance(body.get("ApiKey"), body.get("SecretKey"))

    def balance_by_path(self, api_key: str, secret_key: str) -> Response:
        """The older form, which many clients still use."""
        return self._balance(api_key, secret_key)

    def send_status(self) -> Response:
        names = {name.lower(): value for name, value in request.args.items()}
        return self._answer(names, "CodeResponse", lambda: self._questions.send_status(names.get("refid", "")))

    def receivers(self) -> Response:
        names = {name.lower(): value for name, value in request.args.items()}
        return self._answer(names, "CodeResult", lambda: self._questions.receivers(names.get("refid", "")))

    def sent_data(self) -> Response:
        body = _body() or {}
        names = {name.lower(): value for name, value in body.items()}
        return self._answer(names, "CodeResult", lambda: self._questions.sent_data(body))

    def refuse(self, error: EsmsError) -> Response:
        number = _number(_body())
        self._world.ledger.note("refused", provider=PROVIDER, code=error.code, status=200, number=number)
        return error.response()

    def _balance(self, api_key: object, secret_key: object) -> Response:
        if trouble := self._trouble.before_anything(None):
            return trouble
        if not self._knows(api_key, secret_key):
            return jsonify(Balance=0, CodeResponse=Code.AUTHORIZE_FAILED, ErrorMessage=words(Code.AUTHORIZE_FAILED))
        return jsonify(self._questions.balance())

    def _answer(self, names: Mapping[str, Any], code: str, ask: Any) -> Response:
        if trouble := self._trouble.before_anything(None):
            return trouble
        if not self._knows(names.get("apikey"), names.get("secretkey")):
            return jsonify({code: Code.AUTHORIZE_FAILED, "ErrorMessage": words(Code.AUTHORIZE_FAILED)})
        return jsonify(ask())

    def _knows(self, api_key: object, secret_key: object) -> bool:
        right, given = f"{self._config.api_key}\n{self._config.secret_key}", f"{api_key}\n{secret_key}"
        return hmac.compare_digest(right.encode(), given.encode())

    def _is_refusing(self, number: str) -> bool:
        """Numbers blocked in the system are refused with 99."""
        phone = self._world.ledger.phone(Channel.SMS, number)
        return phone is not None and "*" in phone.refuses


def _body() -> dict[str, Any] | None:
    body = request.get_json(silent=True) if request.is_json else None
    return body if isinstance(body, dict) else None


def _number(body: Mapping[str, Any] | None) -> str | None:
    return read_phone(str((body or {}).get("Phone", "")))
