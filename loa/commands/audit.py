"""`loa audit`: the log of who changed what."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.orm import Session

from loa.environment import ready_database


@click.group()
def audit() -> None:
    """Nhật ký thay đổi."""


@audit.command()
@click.option("--noted", metavar="HEX", help="Mã cuối đã ghi lại lần trước: kiểm tra xem vẫn còn trong nhật ký.")
@click.option(
    "--notes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp ghi các mã cuối; bỏ trống là tệp LOA_AUDIT_NOTES.",
)
def verify(noted: str | None, notes: Path | None) -> None:
    """Kiểm tra nhật ký còn nguyên vẹn: không dòng nào bị sửa, xóa hay chèn thêm."""
    from core import audit_chain
    from core.database import transaction

    with ready_database(), transaction() as session:
        broken = audit_chain.verify(session)
        if broken is not None:
            raise click.ClickException(f"nhật ký không còn nguyên vẹn, bắt đầu từ dòng {broken}")
        if noted is not None and not audit_chain.holds(session, _hash(noted)):
            raise click.ClickException("không còn dòng có mã đã ghi lại: phần cuối đã bị cắt hoặc nhật ký đã viết lại")
        compared = _hold_against_notes(session, notes or _notes_file())
        end = audit_chain.head(session)
    if compared:
        click.echo("Khớp với các mã đã ghi ngoài cơ sở dữ liệu.")
    click.echo(f"Nhật ký còn nguyên vẹn: {end.entries} dòng. Mã cuối, nên ghi lại ở nơi khác: {end.hash.hex()}")


@audit.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def note(file: Path | None) -> None:
    """Ghi mã cuối của nhật ký vào một tệp ngoài cơ sở dữ liệu (bỏ trống là tệp LOA_AUDIT_NOTES)."""
    from core.audit_notes import NotesUnreadable, keep, present_end
    from core.clock import now
    from core.database import transaction

    with ready_database(), transaction() as session:
        end = present_end(session, now())
        into = file or _notes_file()
    if end is None:
        raise click.ClickException("nhật ký chưa có dòng nào")
    if into is None:
        raise click.UsageError("cần tên tệp, hoặc đặt LOA_AUDIT_NOTES")
    try:
        keep(end, into)
    except NotesUnreadable as error:
        raise click.ClickException(f"{into}: {error} không phải mã của nhật ký") from None
    click.echo(str(end))


def _notes_file() -> Path | None:
    from core.settings import settings

    return settings().audit_notes


def _hold_against_notes(session: Session, file: Path | None) -> bool:
    from core.audit_notes import NotesUnreadable, first_missing, notes_in

    if file is None or not file.exists():
        return False
    try:
        missing = first_missing(session, notes_in(file))
    except NotesUnreadable as error:
        raise click.ClickException(f"{file}: {error} không phải mã của nhật ký") from None
    if missing is not None:
        raise click.ClickException(
            f"dòng {missing.entry_id}, ghi lại lúc {missing.at.isoformat()}, không còn như cũ: "
            "nhật ký đã bị cắt hoặc viết lại từ trước đó"
        )
    return True


def _hash(noted: str) -> bytes:
    try:
        return bytes.fromhex(noted)
    except ValueError:
        raise click.BadParameter("phải là mã hệ mười sáu, như lệnh này đã in ra", param_hint="--noted") from None
