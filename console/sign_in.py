"""Signing in: Flask-Security on plain SQLAlchemy, with our own words, second factors, and nothing that remembers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_security import LoginForm, Security
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from console.lock_out_views import install_lock_out, proves_a_new_factor
from console.second_factor import CLOCKS_DIFFER, ISSUER, CodeForm, InstallationTotp, RecoveryForm, StaffDatastore
from console.seed import SHORTEST_PASSWORD
from console.sign_in_events import install_sign_in_events
from console.sign_in_settings import sign_in_settings
from console.sign_in_words import MESSAGES
from console.staff import AUTHENTICATOR, RoleRow, Staff
from core.clock import now
from core.database import Role, engine
from core.settings import Mode, settings

FRESH_FOR = timedelta(minutes=15)
"""So long after the password was typed, the second factor and its printed codes may be changed."""


class SignInForm(LoginForm):
    """Without "remember me": offices share computers."""

    remember = None  # how WTForms takes a field away


def install_sign_in(app: Flask) -> None:
    """Sign-in, sign-out, the second factor and the change of one's own password, under Vietnamese addresses."""
    app.config.update(_configuration())
    sessions: scoped_session[Session] = scoped_session(sessionmaker(class_=_StaffSession))
    app.extensions["staff_sessions"] = sessions
    security = Security(
        app,
        StaffDatastore(sessions, Staff, RoleRow),
        login_form=SignInForm,
        two_factor_verify_code_form=CodeForm,
        mf_recovery_form=RecoveryForm,
        totp_cls=InstallationTotp,
    )
    security.tf_token_validation_context_processor(lambda: {"setting_up": proves_a_new_factor()})
    app.teardown_appcontext(lambda _: sessions.remove())
    install_sign_in_events(app)
    install_lock_out(app)


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
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_LOGIN_URL": "/dang-nhap",
        "SECURITY_LOGOUT_URL": "/dang-xuat",
        "SECURITY_CHANGE_URL": "/doi-mat-khau",
        "SECURITY_VERIFY_URL": "/nhap-lai-mat-khau",
        "SECURITY_POST_LOGOUT_VIEW": "/dang-nhap",
        "SECURITY_POST_CHANGE_VIEW": "/dang-nhap",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_TRACKABLE": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_DATETIME_FACTORY": now,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_FRESHNESS": FRESH_FOR,
        "SECURITY_FRESHNESS_GRACE_PERIOD": FRESH_FOR,
        **_second_factor(),
        **_cookie(),
        **{f"SECURITY_MSG_{key}": message for key, message in MESSAGES.items()},
    }


def _second_factor() -> dict[str, Any]:
    return {
        "SECURITY_TWO_FACTOR": True,  # who must have one is `Staff.check_tf_required`
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": [AUTHENTICATOR],
        "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": CLOCKS_DIFFER,
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_SETUP_URL": "/xac-thuc-hai-lop",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/ma-xac-thuc",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/ma-du-phong",
        "SECURITY_TOTP_ISSUER": ISSUER,
        "SECURITY_TOTP_SECRETS": {"1": "not used: InstallationTotp seals with the installation's keys"},
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,  # encrypted by their column
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": sign_in_settings().recovery_codes,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/ma-du-phong",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/dung-ma-du-phong",
    }


def _cookie() -> dict[str, Any]:
    secure = settings().mode is Mode.PRODUCTION
    return {
        # A browser takes a cookie of this name from this very site alone, over HTTPS.
        "SESSION_COOKIE_NAME": "__Host-loa_console" if secure else "loa_console",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_SECURE": secure,
        "PERMANENT_SESSION_LIFETIME": sign_in_settings().longest_session,
    }
