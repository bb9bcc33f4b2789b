"""The public door's application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import structlog
from flask import Flask, Response, g, jsonify
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from conversations.hotline_settings import exchange_settings
from core.logs import configure_logging, logger
from core.settings import Mode, settings
from outreach.channels.channel_settings import ChannelSettings
from outreach.channels.esms.settings import esms_settings
from outreach.channels.shortcode import shortcode_settings
from outreach.channels.speedsms.settings import speedsms_settings
from outreach.channels.telegram.settings import telegram_settings
from outreach.channels.twilio.settings import twilio_settings
from outreach.channels.zalo.settings import zalo_settings
from outreach.quick_turns import take_quick_turns
from webhooks import esms, exchange, shortcode, speedsms, telegram, twilio, web_chat, zalo
from webhooks.limits import limit_the_chat
from webhooks.problems import BadWord, Crowded, Unsigned
from webhooks.streams import OpenStreams

LARGEST_BODY = 64 * 1024
SESSION_LASTS = timedelta(hours=24)
ASK_AGAIN_SECONDS = 60
_CHECKED_AT_START: tuple[Callable[[], ChannelSettings], ...] = (
    twilio_settings,
    esms_settings,
    speedsms_settings,
    shortcode_settings,
    exchange_settings,
    zalo_settings,
    telegram_settings,
)
"""The door does not open with settings that production refuses."""


def create_app() -> Flask:
    """Webhooks and the web chat. Every error is logged with a request id and without personal data."""
    configure_logging("public")
    for checked in _CHECKED_AT_START:
        checked()
    take_quick_turns()
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings().secret_key.get_secret_value() + "public-door",
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        PERMANENT_SESSION_LIFETIME=SESSION_LASTS,
        SESSION_COOKIE_NAME="loa_chat",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=settings().mode is Mode.PRODUCTION,
    )
    if settings().mode is Mode.PRODUCTION:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    app.extensions[web_chat.STREAMS] = OpenStreams(settings().public_threads // 2)
    for provider in (twilio, esms, speedsms, shortcode, exchange, zalo, telegram, web_chat):
        app.register_blueprint(provider.blueprint)
    limit_the_chat(app)
    _handle_requests(app)
    return app


def _handle_requests(app: Flask) -> None:
    @app.before_request
    def name_the_request() -> None:
        g.request_id = uuid4().hex
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Content-Security-Policy"] = "default-src 'self'; frame-ancestors 'none'"
        return response

    @app.errorhandler(Unsigned)
    def forbid(error: Unsigned) -> tuple[Response, int]:
        logger("door").warning("unsigned", provider=error.provider)
        return jsonify(error="chữ ký không đúng", request_id=g.request_id), 403

    @app.errorhandler(BadWord)
    def refuse(error: BadWord) -> tuple[Response, int]:
        logger("door").warning("malformed", field=error.field, reason=error.reason)
        return jsonify(error=error.reason, field=error.field, request_id=g.request_id), 400

    @app.errorhandler(Crowded)
    def ask_again(_: Crowded) -> tuple[Response, int, dict[str, str]]:
        body = jsonify(error="đang đông người", request_id=g.request_id)
        return body, 503, {"Retry-After": str(ASK_AGAIN_SECONDS)}

    @app.errorhandler(Exception)
    def fail(error: Exception) -> tuple[Response, int] | HTTPException:
        if isinstance(error, HTTPException):
            return error
        logger("door").error("failed", error=type(error).__name__)
        return jsonify(error="lỗi hệ thống", request_id=g.request_id), 500

    @app.get("/health")
    def health() -> tuple[str, int]:
        return "ok", 200
