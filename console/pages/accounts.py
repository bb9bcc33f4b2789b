"""Who may sign in: the administrator adds members of staff, shuts their accounts, and helps those who are shut out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console import account_changes
from console.account_changes import OwnAccount, ReasonMissing
from console.desk import current_desk, found, scoped
from console.lock_out import account_shut_until
from console.permissions import Action, for_action
from console.seed import SHORTEST_PASSWORD, StaffRefused, create_staff
from console.staff import Staff, staff_communes
from console.words import ROLE_NAMES
from core import audit
from core.clock import now
from roster.commune import Commune

blueprint = Blueprint("accounts", __name__, url_prefix="/can-bo")
_NOT_ONES_OWN = "Việc này không tự làm cho tài khoản của mình được: xin nhờ một người quản trị khác."


@blueprint.get("/")
@for_action(Action.STAFF)
def all_staff() -> str:
    """Everybody, and the form for one more."""
    with scoped() as session:
        staff = session.scalars(select(Staff).order_by(Staff.full_name)).all()
        return render_template(
            "accounts/all.html",
            staff=staff,
            shut={one.id: account_shut_until(session, one.email, now()) for one in staff},
            communes_of=_communes_of(session),
            communes=session.scalars(select(Commune).order_by(Commune.folded_name)).all(),
            role_names=ROLE_NAMES,
            names_of_roles={role.value: name for role, name in ROLE_NAMES.items()},
            shortest=SHORTEST_PASSWORD,
        )


@blueprint.post("/")
@for_action(Action.STAFF)
def add() -> Response:
    """A new member of staff, whose first password the administrator chooses."""
    form = request.form
    communes = form.getlist("communes") if form.get("reach") != "all" else []
    try:
        if form.get("reach") != "all" and not communes:
            raise StaffRefused("Xin chọn ít nhất một xã, phường.")
        with scoped() as session:
            made = create_staff(
                session, form.get("email", ""), form.get("full_name", ""), form.get("password", ""),
                form.getlist("roles"), communes, first_password=True,
            )  # fmt: skip
            after = {"roles": form.getlist("roles"), "communes": communes}
            audit.record(session, now(), _me(), "add_staff", f"staff:{made}", after=after)
        flash("Đã thêm cán bộ. Mật khẩu ban đầu chỉ dùng cho lần đăng nhập đầu tiên.", "success")
    except StaffRefused as refusal:
        flash(str(refusal), "error")
    return _back()


@blueprint.post("/<int:staff_id>/mo-khoa")
@for_action(Action.STAFF)
def switch(staff_id: int) -> Response:
    """Shut an account, or open it again; whoever is signed in with it is out at once."""
    active = request.form.get("active") == "1"
    with scoped() as session:
        try:
            account_changes.switch(session, found(session, Staff, staff_id), active, _me(), now())
        except OwnAccount:
            flash("Không tự khóa tài khoản của mình được.", "error")
        else:
            flash("Đã mở lại tài khoản." if active else "Đã khóa tài khoản.", "success")
    return _back()


@blueprint.post("/<int:staff_id>/mat-khau")
@for_action(Action.STAFF)
def new_password(staff_id: int) -> Response:
    """A new password for somebody who forgot the old one; all sessions with the old one end."""
    password = request.form.get("password", "")
    if len(password) < SHORTEST_PASSWORD:
        flash(f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự.", "error")
        return _back()
    with scoped() as session:
        try:
            account_changes.give_password(session, found(session, Staff, staff_id), password, _me(), now())
        except OwnAccount:
            flash("Mật khẩu của mình thì đổi ở mục Đổi mật khẩu.", "error")
        else:
            flash("Đã cấp mật khẩu mới, dùng được một lần: khi đăng nhập, người dùng sẽ phải đổi ngay.", "success")
    return _back()


@blueprint.post("/<int:staff_id>/dat-lai-hai-lop")
@for_action(Action.STAFF)
def reset_second_factor(staff_id: int) -> Response:
    """Help somebody who lost the phone and the printed codes."""
    with scoped() as session:
        staff = found(session, Staff, staff_id)
        try:
            account_changes.reset_second_factor(session, staff, request.form.get("reason", ""), _me(), now())
        except OwnAccount:
            flash(_NOT_ONES_OWN, "error")
        except ReasonMissing:
            flash("Xin ghi lý do, và đã xác minh đúng người bằng cách nào.", "error")
        else:
            flash("Đã đặt lại xác thực hai lớp. Người dùng đăng nhập bằng mật khẩu rồi cài đặt lại.", "success")
    return _back()


@blueprint.post("/<int:staff_id>/cho-thu-lai")
@for_action(Action.STAFF)
def unlock(staff_id: int) -> Response:
    """Open an account that wrong passwords have shut."""
    with scoped() as session:
        account_changes.unlock(session, found(session, Staff, staff_id), _me(), now())
    flash("Đã mở: người dùng đăng nhập lại được ngay.", "success")
    return _back()


def _me() -> audit.Actor:
    return audit.staff_actor(current_desk().staff_id)


def _back() -> Response:
    return redirect(url_for("accounts.all_staff"))


def _communes_of(session: Session) -> dict[int, list[str]]:
    rows = session.execute(
        select(staff_communes.c.staff_id, Commune.name)
        .join(Commune, Commune.code == staff_communes.c.commune_code)
        .order_by(Commune.folded_name)
    )
    named: dict[int, list[str]] = {}
    for staff_id, name in rows:
        named.setdefault(staff_id, []).append(name)
    return named
