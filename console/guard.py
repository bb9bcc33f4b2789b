"""The one place that lets a request in: signed in, not for too long, with nothing left to set up, and allowed by the
table of rights. A monitoring system shows a token instead, and gets its metrics alone."""

from __future__ import annotations

from flask import Flask, abort, current_app, flash, redirect, request, url_for
from flask_security import current_user, logout_user
from werkzeug.wrappers import Response

from console import sessions
from console.desk import current_desk
from console.metrics import shows_token
from console.permissions import Action, action_of
from console.sign_in_events import session_id
from console.sign_in_rows import SessionEnd
from console.staff import Staff
from core.clock import now
from core.database import Role, transaction

UNATTENDED = "X-Unattended"
"""Set by `console.js` on what a page fetches by itself: nobody sits there because of it."""

_OVER = {
    SessionEnd.IDLE: "Trang để lâu không dùng nên đã tự đăng xuất. Xin đăng nhập lại.",
    SessionEnd.TOO_LONG: "Phiên làm việc đã hết. Xin đăng nhập lại.",
    SessionEnd.NEW_PASSWORD: "Mật khẩu đã đổi. Xin đăng nhập lại bằng mật khẩu mới.",
}
_SIGNED_OUT = "Phiên làm việc đã kết thúc. Xin đăng nhập lại."
_NO_SECOND_FACTOR = "Vai trò của anh/chị cần xác thực hai lớp. Xin đăng nhập lại để cài đặt."
_NEW_PASSWORD_FIRST = "Mật khẩu này do người quản trị đặt. Xin đổi sang mật khẩu của riêng anh/chị trước khi làm việc."
_PRINT_CODES_FIRST = "Xin tạo và in mã dự phòng: dùng khi mất hoặc quên điện thoại."


def install_guard(app: Flask) -> None:
    """Check every request before its view runs."""
    app.before_request(_let_in)


def _let_in() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: the 404 says so
    action = action_of(request.endpoint, current_app.view_functions[request.endpoint])
    if action is Action.PUBLIC:
        return None
    if action is Action.METRICS and shows_token(request.headers.get("Authorization", "")):
        return None
    if not current_user.is_authenticated:
        return None if action is Action.SIGN_IN else _to_sign_in()
    if over := _why_over():
        logout_user()
        flash(over, "info")
        return _to_sign_in()
    if action is not Action.OWN_ACCOUNT and (first := _first()) is not None:
        return first
    if action is None or not current_desk().may(action):
        abort(403)
    return None


def _why_over() -> str | None:
    """Why this session is over, said to whoever sits there; None while it goes on."""
    staff: Staff = current_user._get_current_object()
    known = session_id()
    if known is None:
        return _SIGNED_OUT
    with transaction(Role.CONSOLE) as database:
        over = sessions.seen(database, known, staff.id, now(), attended=UNATTENDED not in request.headers)
    if over is not None:
        return _OVER.get(over, _SIGNED_OUT)
    return _NO_SECOND_FACTOR if staff.needs_second_factor and not staff.has_second_factor else None


def _first() -> Response | None:
    """What must be done before any work: an own password, and printed codes beside the second factor."""
    staff: Staff = current_user._get_current_object()
    if staff.must_change_password:
        flash(_NEW_PASSWORD_FIRST, "info")
        return redirect(url_for("security.change_password"))
    if staff.has_second_factor and staff.mf_recovery_codes is None:
        flash(_PRINT_CODES_FIRST, "info")
        return redirect(url_for("security.mf_recovery_codes"))
    return None


def _to_sign_in() -> Response:
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": url_for("security.login")})
    back = request.path if request.method == "GET" and request.path != "/" else None
    return redirect(url_for("security.login", next=back))
