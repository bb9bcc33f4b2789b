"""Signing in: Flask-Security on plain SQLAlchemy, with our own words, a brake on guessing and sessions that end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import LoginForm, Security, SQLAlchemySessionUserDatastore
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from werkzeug.wrappers import Response

from console.seed import SHORTEST_PASSWORD
from console.sign_in_words import MESSAGES
from console.staff import RoleRow, Staff
from core.clock import now
from core.database import Role, engine
from core.settings import Mode, settings

IDLE_FOR = timedelta(minutes=45)
"""Unused so long, a session ends."""
WRONG_PER_ACCOUNT = "5 per 15 minutes"
"""Wrong passwords for one account from one address."""
WRONG_PER_ADDRESS = "60 per 15 minutes"
"""Wrong passwords from one address: a whole office may share it."""


class SignInForm(LoginForm):
    """Without "remember me": offices share computers."""

    remember = None  # how WTForms takes a field away


def install_sign_in(app: Flask) -> None:
    """Sign-in, sign-out and the change of one's own password, at /dang-nhap, /dang-xuat and /doi-mat-khau."""
    app.config.update(_configuration())
    sessions: scoped_session[Session] = scoped_session(sessionmaker(class_=_StaffSession))
    app.extensions["staff_sessions"] = sessions
    Security(app, SQLAlchemySessionUserDatastore(sessions, Staff, RoleRow), login_form=SignInForm)
    app.teardown_appcontext(lambda _: sessions.remove())
    _brake(app)


class _StaffSession(Session):
    """Of the console's role, without a commune: it reads the tables of staff and nothing that holds people."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "bind": engine(Role.CONSOLE)})


def _configuration() -> dict[str, Any]:
    return {
        "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_HASH": "argon2",
        # argon2 salts by itself; this one signs tokens, of which we give out none.
        "SECURITY_PASSWORD_SALT": settings().secret_key.get_secret_value(),
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_LOGIN_URL": "/dang-nhap",
        "SECURITY_LOGOUT_URL": "/dang-xuat",
        "SECURITY_CHANGE_URL": "/doi-mat-khau",
        "SECURITY_POST_LOGOUT_VIEW": "/dang-nhap",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_TRACKABLE": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_DATETIME_FACTORY": now,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SESSION_COOKIE_NAME": "loa_console",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_SECURE": settings().mode is Mode.PRODUCTION,
        "PERMANENT_SESSION_LIFETIME": IDLE_FOR,
        **{f"SECURITY_MSG_{key}": message for key, message in MESSAGES.items()},
    }


def _brake(app: Flask) -> None:
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    view: Any = app.view_functions["security.login"]
    view = limiter.limit(WRONG_PER_ADDRESS, methods=["POST"], deduct_when=_was_wrong)(view)
    view = limiter.limit(WRONG_PER_ACCOUNT, key_func=_account, methods=["POST"], deduct_when=_was_wrong)(view)
    app.view_functions["security.login"] = view


def _account() -> str:
    return f"{get_remote_address()} {request.form.get('email', '').strip().lower()}"


def _was_wrong(response: Response) -> bool:
    return response.status_code != 302
