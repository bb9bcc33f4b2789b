"""`loa staff`: who may sign in to the console."""

from __future__ import annotations

import click

from loa.environment import ready_database


@click.group()
def staff() -> None:
    """Cán bộ đăng nhập trang làm việc."""


@staff.command()
@click.option("--email", required=True)
@click.option("--name", "full_name", required=True, help="Họ và tên.")
@click.option("--role", "roles", multiple=True, required=True, help="officer, approver, manager, administrator.")
@click.option(
    "--commune", "communes", multiple=True, help='Tên xã/phường, ví dụ "Phường Láng"; bỏ trống là toàn thành phố.'
)
@click.password_option(help="Mật khẩu (hỏi khi bỏ trống).")
def add(email: str, full_name: str, roles: tuple[str, ...], communes: tuple[str, ...], password: str) -> None:
    """Thêm một cán bộ."""
    from console.seed import create_staff
    from core.database import transaction
    from roster.commune import Commune

    with ready_database(), transaction() as session:
        codes = []
        for name in communes:
            found = session.query(Commune).filter_by(name=name).one_or_none()
            if found is None:
                raise click.ClickException(f"Không có xã/phường tên {name!r}.")
            codes.append(found.code)
        create_staff(session, email, full_name, password, list(roles), codes)
    click.echo("Đã thêm cán bộ.")
