"""The Bot API at its paths: https://core.telegram.org/bots/api#making-requests."""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request

from simulator.provider import World
from simulator.telegram.config import TelegramConfig
from simulator.telegram.errors import TelegramError, TelegramRefusals, not_found, unauthorized
from simulator.telegram.files import Files
from simulator.telegram.parameters import Parameters, read_parameters
from simulator.telegram.queries import Queries
from simulator.telegram.sending import Sending
from simulator.telegram.shapes import PROVIDER, Shapes
from simulator.telegram.webhook import Webhook
from simulator.trouble import Trouble

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{30,50}")


@dataclass(frozen=True, slots=True)
class _Result:
    """`description` stands beside some results. `accepted` names the person to whom something was sent."""

    value: Any
    description: str = ""
    accepted: str = ""


class Routes:
    """The HTTP interface of one bot."""

    def __init__(
        self,
        world: World,
        config: TelegramConfig,
        shapes: Shapes,
        sending: Sending,
        queries: Queries,
        webhook: Webhook,
    ) -> None:
        self._world = world
        self._config = config
        self._shapes = shapes
        self._sending = sending
        self._webhook = webhook
        self._files = Files(world)
        self._trouble = Trouble(world, PROVIDER, TelegramRefusals())
        self._methods: dict[str, Callable[[Parameters], _Result]] = {
            "getme": lambda _: _Result(self._me()),
            "setwebhook": lambda parameters: _Result(*webhook.set(parameters)),
            "deletewebhook": lambda parameters: _Result(*webhook.delete(parameters)),
            "getwebhookinfo": lambda parameters: _Result(webhook.info(parameters)),
            "getupdates": lambda parameters: _Result(webhook.get_updates(parameters)),
            "sendmessage": self._send_message,
            "editmessagereplymarkup": lambda parameters: _Result(sending.edit_reply_markup(parameters)),
            "sendchataction": lambda parameters: _Result(sending.send_chat_action(parameters)),
            "answercallbackquery": lambda parameters: _Result(queries.answer(parameters)),
            "getfile": lambda parameters: _Result(self._files.get_file(parameters)),
        }

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("telegram", __name__, url_prefix="/telegram")
        blueprint.add_url_rule("/bot<token>/<method>", view_func=self.call, methods=["GET", "POST"])
        blueprint.add_url_rule("/file/bot<token>/<path:path>", view_func=self.file, methods=["GET"])
        blueprint.register_error_handler(TelegramError, self.refuse)
        return blueprint

    def call(self, token: str, method: str) -> Response:
        """Any method; its name in any case."""
        if trouble := self._trouble.before_anything(_chat()):
            return trouble
        self._authenticate(token)
        handler = self._methods.get(method.lower())
        if handler is None:
            raise not_found()
        result = handler(read_parameters(request))
        described = {"description": result.description} if result.description else {}
        answer = jsonify(ok=True, result=result.value, **described)
        return self._trouble.after_acceptance(result.accepted, answer) if result.accepted else answer

    def file(self, token: str, path: str) -> Response:
        if trouble := self._trouble.before_anything(None):
            return trouble
        self._authenticate(token)
        media = self._files.read(path)
        return make_response(media.data, {"Content-Type": "application/octet-stream"})

    def refuse(self, error: TelegramError) -> Response:
        described = error.description
        self._world.ledger.note(
            "refused", provider=PROVIDER, code=error.code, status=error.code, number=_chat(), description=described
        )
        return error.response()

    def _authenticate(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise not_found()
        if not hmac.compare_digest(token.encode(), self._config.token.encode()):
            raise unauthorized()

    def _me(self) -> dict[str, Any]:
        rights = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
        return {**self._shapes.bot(), **rights}

    def _send_message(self, parameters: Parameters) -> _Result:
        message = self._sending.send_message(parameters)
        return _Result(self._shapes.message(message), accepted=message.number)


def _chat() -> str | None:
    """Whom a call is about, without judging it."""
    try:
        return read_parameters(request).text("chat_id") or None
    except TelegramError:
        return None
