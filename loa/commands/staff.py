"""`loa staff`: who may sign in to the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from loa.environment import ready_database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from console.staff import Staff


@click.group()
def staff() -> None:
    """Cán bộ đăng nhập trang làm việc."""


@staff.command()
@click.option("--email", required=True)
@click.option("--name", "full_name", required=True, help="Họ và tên.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    help="officer, approver, team_police, manager, department, administrator, auditor.",
)
@click.option(
    "--commune", "communes", multiple=True, help='Tên xã/phường, ví dụ "Phường Láng"; bỏ trống là toàn thành phố.'
)
@click.option("--keep-password", is_flag=True, help="Không bắt đổi mật khẩu khi đăng nhập lần đầu.")
@click.password_option(help="Mật khẩu (hỏi khi bỏ trống).")
def add(
    email: str, full_name: str, roles: tuple[str, ...], communes: tuple[str, ...], keep_password: bool, password: str
) -> None:
    """Thêm một cán bộ."""
    from console.seed import StaffRefused, create_staff
    from core import audit
    from core.clock import now
    from core.database import transaction
    from roster.commune import Commune

    with ready_database(), transaction() as session:
        codes = []
        for name in communes:
            found = session.query(Commune).filter_by(name=name).one_or_none()
            if found is None:
                raise click.ClickException(f"Không có xã/phường tên {name!r}.")
            codes.append(found.code)
        try:
            made = create_staff(
                session, email, full_name, password, list(roles), codes, first_password=not keep_password
            )
        except StaffRefused as refusal:
            raise click.ClickException(str(refusal)) from None
        after = {"roles": list(roles), "communes": codes}
        audit.record(session, now(), audit.SYSTEM, "add_staff", f"staff:{made}", after=after)
    click.echo("Đã thêm cán bộ.")


@staff.command("reset-second-factor")
@click.option("--email", required=True)
@click.option("--reason", required=True, help="Vì sao, và đã xác minh đúng người thế nào; được ghi vào nhật ký.")
def reset_second_factor(email: str, reason: str) -> None:
    """Đặt lại xác thực hai lớp, khi không còn người quản trị nào khác đăng nhập được."""
    from console import account_changes
    from core import audit
    from core.clock import now
    from core.database import transaction

    with ready_database(), transaction() as session:
        member = _member(session, email)
        try:
            account_changes.reset_second_factor(session, member, reason, audit.SYSTEM, now())
        except account_changes.ReasonMissing:
            raise click.UsageError("cần ghi lý do") from None
    click.echo("Đã đặt lại. Khi đăng nhập lần tới, người này cài đặt lại từ đầu.")


@staff.command()
@click.option("--email", required=True)
def unlock(email: str) -> None:
    """Cho đăng nhập lại ngay, sau khi nhập sai quá nhiều lần."""
    from console import account_changes
    from core import audit
    from core.clock import now
    from core.database import transaction

    with ready_database(), transaction() as session:
        account_changes.unlock(session, _member(session, email), audit.SYSTEM, now())
    click.echo("Đã mở.")


def _member(session: Session, email: str) -> Staff:
    from console.staff import Staff

    found = session.query(Staff).filter_by(email=email.strip().lower()).one_or_none()
    if found is None:
        raise click.ClickException("Không có tài khoản nào dùng email này.")
    return found
