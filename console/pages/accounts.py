"""Who may sign in: the administrator adds members of staff, shuts their accounts and gives them new passwords."""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.desk import current_desk, found, scoped
from console.permissions import Action, for_action
from console.seed import SHORTEST_PASSWORD, StaffRefused, create_staff, hash_of
from console.staff import Staff, staff_communes
from console.words import ROLE_NAMES
from core import audit
from core.clock import now
from roster.commune import Commune

blueprint = Blueprint("accounts", __name__, url_prefix="/can-bo")


@blueprint.get("/")
@for_action(Action.STAFF)
def all_staff() -> str:
    """Everybody, and the form for one more."""
    with scoped() as session:
        return render_template(
            "accounts/all.html",
            staff=session.scalars(select(Staff).order_by(Staff.full_name)).all(),
            communes_of=_communes_of(session),
            communes=session.scalars(select(Commune).order_by(Commune.folded_name)).all(),
            role_names=ROLE_NAMES,
            names_of_roles={role.value: name for role, name in ROLE_NAMES.items()},
            shortest=SHORTEST_PASSWORD,
        )


@blueprint.post("/")
@for_action(Action.STAFF)
def add() -> Response:
    """A new member of staff."""
    form = request.form
    communes = form.getlist("communes") if form.get("reach") != "all" else []
    try:
        if form.get("reach") != "all" and not communes:
            raise StaffRefused("Xin chọn ít nhất một xã, phường.")
        with scoped() as session:
            made = create_staff(
                session, form.get("email", ""), form.get("full_name", ""), form.get("password", ""),
                form.getlist("roles"), communes,
            )  # fmt: skip
            _record(session, "add_staff", made, {"roles": form.getlist("roles"), "communes": communes})
        flash("Đã thêm cán bộ.", "success")
    except StaffRefused as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("accounts.all_staff"))


@blueprint.post("/<int:staff_id>/mo-khoa")
@for_action(Action.STAFF)
def switch(staff_id: int) -> Response:
    """Shut an account, or open it again; whoever is signed in with it is out at once."""
    with scoped() as session:
        staff = found(session, Staff, staff_id)
        if staff.id == current_desk().staff_id:
            flash("Không tự khóa tài khoản của mình được.", "error")
        else:
            staff.active = request.form.get("active") == "1"
            staff.fs_uniquifier = uuid4().hex
            _record(session, "switch_staff", staff.id, {"active": staff.active})
            flash("Đã mở lại tài khoản." if staff.active else "Đã khóa tài khoản.", "success")
    return redirect(url_for("accounts.all_staff"))


@blueprint.post("/<int:staff_id>/mat-khau")
@for_action(Action.STAFF)
def new_password(staff_id: int) -> Response:
    """A new password for somebody who forgot the old one; all sessions with the old one end."""
    password = request.form.get("password", "")
    if len(password) < SHORTEST_PASSWORD:
        flash(f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự.", "error")
        return redirect(url_for("accounts.all_staff"))
    with scoped() as session:
        staff = found(session, Staff, staff_id)
        staff.password, staff.fs_uniquifier = hash_of(password), uuid4().hex
        _record(session, "new_password", staff.id, {})
    flash("Đã cấp mật khẩu mới. Xin dặn người dùng đổi ngay khi đăng nhập.", "success")
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


def _record(session: Session, action: str, staff_id: int, after: dict[str, object]) -> None:
    actor = audit.staff_actor(current_desk().staff_id)
    audit.record(session, now(), actor, action, f"staff:{staff_id}", after=after)
