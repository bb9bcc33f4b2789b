"""Twilio's REST API for messages, at the real paths: point the SDK's `client.api.base_url` here."""

import hmac
import json
from collections.abc import Iterable
from urllib.parse import parse_qsl

from flask import Blueprint, Response, jsonify, make_response, request

from simulator.config import TwilioConfig
from simulator.messages import Channel, Message
from simulator.provider import World
from simulator.twilio.delivery import PROVIDER, Delivery
from simulator.twilio.errors import ErrorCode, TwilioError, no_such
from simulator.twilio.form import SendForm, read_form
from simulator.twilio.listing import page, wanted_number
from simulator.twilio.resource import API_VERSION, render
from simulator.twilio.trouble import after_acceptance, before_anything


class Routes:
    """The HTTP interface of one account."""

    def __init__(self, world: World, config: TwilioConfig, delivery: Delivery) -> None:
        self._world = world
        self._config = config
        self._delivery = delivery

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("twilio", __name__, url_prefix=f"/{API_VERSION}/Accounts/<account_sid>")
        blueprint.add_url_rule("/Messages.json", view_func=self.create, methods=["POST"])
        blueprint.add_url_rule("/Messages.json", view_func=self.list_page, methods=["GET"])
        blueprint.add_url_rule("/Messages/<sid>.json", view_func=self.fetch, methods=["GET"])
        blueprint.add_url_rule("/Messages/<sid>/Media/<media_id>", view_func=self.media, methods=["GET"])
        blueprint.register_error_handler(TwilioError, self.refuse)
        return blueprint

    def create(self, account_sid: str) -> Response:
        """Send a message."""
        fields = _form()
        if trouble := before_anything(self._world, fields.get("To")):
            return trouble
        self._authenticate(account_sid)
        form = read_form(fields, self._config)
        self._check_opt_out(form)
        message = self._delivery.accept(form)
        answer = Response(json.dumps(render(message, account_sid)), 201, content_type="application/json")
        return after_acceptance(self._world, message, answer)

    def list_page(self, account_sid: str) -> Response:
        """Messages, newest first."""
        if trouble := before_anything(self._world, request.args.get("To")):
            return trouble
        self._authenticate(account_sid)
        return jsonify(page(self._candidates(), request.args, account_sid))

    def fetch(self, account_sid: str, sid: str) -> Response:
        if trouble := before_anything(self._world, None):
            return trouble
        self._authenticate(account_sid)
        return jsonify(render(self._find(sid), account_sid))

    def media(self, account_sid: str, sid: str, media_id: str) -> Response:
        """A picture a citizen sent. Twilio asks for no password here unless the account demands it."""
        if account_sid == self._config.account_sid:
            for media in self._find(sid).media:
                if media.id == media_id:
                    return make_response(media.data, {"Content-Type": media.content_type})
        raise no_such(request.path)

    def refuse(self, error: TwilioError) -> Response:
        number = _form().get("To")
        self._world.ledger.note("refused", provider=PROVIDER, code=error.code, status=error.status, number=number)
        return error.response()

    def _authenticate(self, account_sid: str) -> None:
        given = request.authorization
        name, token = (given.username, given.password) if given else (None, None)
        right = hmac.compare_digest((token or "").encode(), self._config.auth_token.encode())
        if name != self._config.account_sid or not right:
            raise TwilioError(ErrorCode.AUTHENTICATE, "Authenticate")
        if account_sid != self._config.account_sid:
            raise no_such(request.path)

    def _check_opt_out(self, form: SendForm) -> None:
        phone = self._world.ledger.phone(Channel.SMS, form.to)
        if phone and phone.refuses & {"*", form.sender or self._config.number}:
            raise TwilioError(ErrorCode.OPTED_OUT, "Attempt to send to unsubscribed recipient")

    def _candidates(self) -> Iterable[Message]:
        """A phone's own messages where the filters name one: the whole list may be long."""
        ledger = self._world.ledger
        numbers = [wanted_number(request.args, name) for name in ("To", "From")]
        for number in numbers:
            if number and (found := ledger.conversation(Channel.SMS, number)):
                return reversed([message for message in found if message.provider == PROVIDER])
        return reversed([message for message in ledger.messages() if message.provider == PROVIDER])

    def _find(self, sid: str) -> Message:
        message = self._world.ledger.message(sid)
        if message is None or message.provider != PROVIDER:
            raise no_such(request.path)
        return message


def _form() -> dict[str, str]:
    """The fields of the request. Flask's own form reading, made for files too, would be the slowest part of a send."""
    return dict(parse_qsl(request.get_data(as_text=True), keep_blank_values=True))
