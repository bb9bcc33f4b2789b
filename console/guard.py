"""The one place that lets a request in: signed in, not for too long, and allowed by the table of rights."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Flask, abort, current_app, flash, redirect, request, session, url_for
from flask_login import user_logged_in  # type: ignore[import-untyped]
from flask_security import current_user, logout_user
from werkzeug.wrappers import Response

from console.desk import current_desk
from console.permissions import Action, action_of
from core.clock import now

LONGEST_SESSION = timedelta(hours=10)
"""A working day: after it everybody signs in again, busy or not. Offices share computers."""
_SIGNED_IN_AT = "signed_in_at"


def install_guard(app: Flask) -> None:
    """Check every request before its view runs."""
    user_logged_in.connect(_remember_time, app)
    app.before_request(_let_in)


def _remember_time(_: Flask, **__: Any) -> None:
    session.permanent = True
    session[_SIGNED_IN_AT] = now().isoformat()


def _let_in() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: the 404 says so
    action = action_of(request.endpoint, current_app.view_functions[request.endpoint])
    if action is Action.PUBLIC:
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    if _too_long():
        logout_user()
        flash("Phiên làm việc đã hết. Xin đăng nhập lại.", "info")
        return _to_sign_in()
    if action is None or not current_desk().may(action):
        abort(403)
    return None


def _too_long() -> bool:
    began = session.get(_SIGNED_IN_AT)
    return began is None or now() - datetime.fromisoformat(began) > LONGEST_SESSION


def _to_sign_in() -> Response:
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": url_for("security.login")})
    back = request.path if request.method == "GET" and request.path != "/" else None
    return redirect(url_for("security.login", next=back))
