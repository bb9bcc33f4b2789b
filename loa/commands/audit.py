"""`loa audit`: the log of who changed what."""

from __future__ import annotations

import click

from loa.environment import ready_database


@click.group()
def audit() -> None:
    """Nhật ký thay đổi."""


@audit.command()
@click.option("--noted", metavar="HEX", help="Mã cuối đã ghi lại lần trước: kiểm tra xem vẫn còn trong nhật ký.")
def verify(noted: str | None) -> None:
    """Kiểm tra nhật ký còn nguyên vẹn: không dòng nào bị sửa, xóa hay chèn thêm."""
    from core import audit_chain
    from core.database import transaction

    with ready_database(), transaction() as session:
        broken = audit_chain.verify(session)
        if broken is not None:
            raise click.ClickException(f"nhật ký không còn nguyên vẹn, bắt đầu từ dòng {broken}")
        if noted is not None and not audit_chain.holds(session, _hash(noted)):
            raise click.ClickException("không còn dòng có mã đã ghi lại: phần cuối đã bị cắt hoặc nhật ký đã viết lại")
        end = audit_chain.head(session)
    click.echo(f"Nhật ký còn nguyên vẹn: {end.entries} dòng. Mã cuối, nên ghi lại ở nơi khác: {end.hash.hex()}")


def _hash(noted: str) -> bytes:
    try:
        return bytes.fromhex(noted)
    except ValueError:
        raise click.BadParameter("phải là mã hệ mười sáu, như lệnh này đã in ra", param_hint="--noted") from None
