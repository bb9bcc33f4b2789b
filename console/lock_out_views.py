"""The views where a secret is typed, guarded against guessing (`console.lock_out`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, current_app, flash, g, make_response, render_template, request, session
from flask_security import current_user

from console.formats import moment
from console.lock_out import account_index, note_failure, shut_until
from console.sign_in_settings import sign_in_settings
from console.sign_in_words import MESSAGES
from console.staff import Staff
from core import audit
from core.clock import now
from core.database import ALL_COMMUNES, Role, transaction
from core.logs import logger

type View = Callable[..., Any]
CHANGE, RECOVERY = "security.change_password", "security.mf_recovery"
_GUARDED = {
    "security.login": "password",
    "security.verify": "password",
    CHANGE: "password",
    "security.two_factor_token_validation": "code",
    RECOVERY: "code",
}
"""Where a secret is typed, and into which field."""


def install_lock_out(app: Flask) -> None:
    """Guard every view of `_GUARDED`."""
    for endpoint, field in _GUARDED.items():
        app.view_functions[endpoint] = _guarded(app.view_functions[endpoint], endpoint, field)


def _guarded(view: View, endpoint: str, field: str) -> View:
    @wraps(view)
    def guard(**arguments: Any) -> Any:
        staff = _who()
        email = staff.email if staff else request.form.get("email", "")
        if request.method != "POST" or not request.form.get(field) or proves_a_new_factor():
            return view(**arguments)
        if (until := _shut(email)) is not None:
            return _refusal(moment(until))
        answer = make_response(view(**arguments))
        if _was_wrong(endpoint, answer):
            _note(email, staff)
        elif endpoint == RECOVERY and staff is not None:
            flash(_codes_left(staff), "info")
        return answer

    return guard


def _was_wrong(endpoint: str, answer: Response) -> bool:
    """A right secret leads on to another page. A new password can be refused although the old one was right."""
    if answer.status_code != 200:
        return False
    return endpoint != CHANGE or MESSAGES["INVALID_PASSWORD"][0] in answer.get_data(as_text=True)


def _who() -> Staff | None:
    """Whose secret it is: whoever is signed in, or has typed the password and not yet the code."""
    if current_user.is_authenticated:
        signed_in: Staff = current_user._get_current_object()
        return signed_in
    half_way = session.get("tf_user_id")
    if half_way is None or request.endpoint == "security.login":
        return None
    found: Staff | None = current_app.extensions["security"].datastore.find_user(fs_uniquifier=half_way)
    return found


def proves_a_new_factor() -> bool:
    """While a factor is set up its secret stands on the screen: there is nothing to guess."""
    return session.get("tf_state") == "validating_profile"


def _shut(email: str) -> Any:
    with transaction(Role.CONSOLE) as database:
        return shut_until(database, email, request.remote_addr or "", now())


def _note(email: str, staff: Staff | None) -> None:
    with transaction(Role.CONSOLE, communes=(ALL_COMMUNES,)) as database:
        if not note_failure(database, email, request.remote_addr or "", now()):
            return
        logger("console").warning("account shut", account=account_index(email).hex())
        known = staff.id if staff else _id_of(email)
        if known is not None:
            audit.record(database, now(), audit.SYSTEM, "lock_out", f"staff:{known}")


def _id_of(email: str) -> int | None:
    found: Staff | None = current_app.extensions["security"].datastore.find_user(email=email.strip().lower())
    return found.id if found else None


def _refusal(until: str) -> Response:
    """Whether there is such an account, the answer does not tell."""
    minutes = sign_in_settings().shut_minutes
    advice = (
        f"Đã nhập sai mật khẩu hoặc mã xác thực quá nhiều lần, nên tạm dừng đăng nhập {minutes} phút, đến {until}. "
        "Xin chờ rồi thử lại, hoặc nhờ người quản trị mở khóa. "
        "Nếu không phải anh/chị nhập sai, xin báo người quản trị ngay."
    )
    page = render_template(
        "problem.html", title="Tạm dừng đăng nhập", advice=advice, request_id=g.get("request_id", "")
    )
    return make_response(page, 429)


def _codes_left(staff: Staff) -> str:
    left = len(staff.mf_recovery_codes or ())
    if left:
        return f"Anh/chị vừa dùng một mã dự phòng, còn {left} mã. Mỗi mã chỉ dùng một lần."
    return "Anh/chị vừa dùng mã dự phòng cuối cùng. Xin tạo và in mã mới ngay: mục Bảo mật đăng nhập."
