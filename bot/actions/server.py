"""The action server's process: rasa_sdk's app on loopback, open only to holders of the internal token."""

from __future__ import annotations

import hmac
import warnings
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.actions import ask
from bot.actions.finish import ActionFinish
from bot.actions.serve import ActionServe
from bot.actions.take import ActionTakeAnswers
from core.logs import configure_logging, logger
from core.settings import settings

TOKEN_HEADER = "X-Loa-Token"


class _Executor(ActionExecutor):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Our actions read no domain, so Rasa sends none (endpoints.yml), and none is missing."""

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        return {}


def application() -> Any:
    """rasa_sdk's application with our actions; a call without the token is refused, an error tells nothing."""
    executor = _Executor()
    for action in (ActionTakeAnswers(), ActionServe(), ActionFinish(), *ask.actions()):
        executor.register_action(action)
    app = create_app(executor)
    app.on_request(_require_token)
    app.error_handler.cached_handlers[(Exception, None)] = _tell_nothing  # rasa_sdk's own cannot be added to
    return app


async def _require_token(request: Request) -> HTTPResponse | None:
    given, token = request.headers.get(TOKEN_HEADER, ""), settings().internal_token.get_secret_value()
    if request.path == "/health" or hmac.compare_digest(given.encode(), token.encode()):
        return None
    return json({"error": "forbidden"}, status=403)


async def _tell_nothing(request: Request, exception: Exception) -> HTTPResponse:
    """The stock handler logs and returns the whole call, texts included; ours names only the kind of error."""
    logger("actions").exception("action failed", error=type(exception).__name__)
    return json({"error": type(exception).__name__}, status=500)


def serve() -> None:
    """Run until stopped."""
    configure_logging("actions")
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")  # decision 1: tried together
    application().run(host="127.0.0.1", port=settings().actions_port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    serve()
