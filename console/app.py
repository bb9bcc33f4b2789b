"""The staff's door: the Flask application that gunicorn serves on loopback."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from console.formats import install_formats
from console.guard import install_guard
from console.headers import install_headers
from console.navigation import install_navigation
from console.pages import BLUEPRINTS
from console.permissions import Action, for_action
from console.problems import install_problems
from console.sign_in import install_sign_in
from core.logs import configure_logging
from core.settings import Mode, settings

LARGEST_UPLOAD = 101 * 1024 * 1024
"""A little above what the intake takes, so that the intake's own words reach the officer."""


def create_app() -> Flask:
    """The console: sign-in, the guard that every request passes, and the pages."""
    configure_logging("console")
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings().secret_key.get_secret_value() + "console",
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
    )
    if settings().mode is Mode.PRODUCTION:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    install_problems(app)
    CSRFProtect(app)
    install_sign_in(app)
    install_guard(app)
    install_headers(app)
    install_formats(app)
    install_navigation(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/health", "health", _health)
    return app


@for_action(Action.PUBLIC)
def _health() -> str:
    return "ok"
