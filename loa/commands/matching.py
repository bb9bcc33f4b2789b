"""`loa roster match-out` and `match-in`: the match with the commune police without the console."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from loa.commands.bringing_in import bring_in, by_staff, told_plainly


@click.command("match-out")
@click.argument("commune_code")
@click.argument("target", type=click.Path(exists=False, dir_okay=False, path_type=Path))
@click.option("--again", is_flag=True, help="Cả những người đã đối chiếu khớp.")
@by_staff
def match_out(commune_code: str, target: Path, again: bool, staff_id: int) -> None:
    """Ghi tệp đối chiếu của một xã, phường thành tệp nén có mật khẩu (mật khẩu chỉ hiện một lần)."""
    from core.clock import now
    from core.database import transaction
    from roster.matching_police.going_out import make_match_file, new_password, take_out, to_match

    password = new_password()
    with told_plainly(), transaction() as session, _new_file(target) as written:
        made = make_match_file(session, commune_code, to_match(session, commune_code, again), staff_id, now())
        with os.fdopen(written, "w+b") as file:
            take_out(session, made, file, password, staff_id, now())
        people = made.people
    click.echo(f"Đã ghi {people} người vào {target}.")
    click.echo(f"Mật khẩu (chép ra giấy, không lưu lại ở đâu): {password}")


@click.command("match-in")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--encrypted", is_flag=True, help="Tệp nén có mật khẩu: máy sẽ hỏi mật khẩu.")
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và báo, không ghi gì.")
@by_staff
def match_in(file: Path, encrypted: bool, dry_run: bool, staff_id: int) -> None:
    """Nhập kết quả đối chiếu của công an: báo từng dòng cần xem, rồi nhập các dòng không có lỗi."""
    from core.clock import now
    from roster.matching_police.applying import apply_results
    from roster.matching_police.coming_back import ResultReader, unlocked
    from roster.returned.returned_file import ReturnedKind

    password = click.prompt("Mật khẩu", hide_input=True) if encrypted else ""
    bring_in(
        ReturnedKind.MATCH,
        file,
        lambda session, content: ResultReader(session, now()).read(unlocked(content, password)),
        lambda session: apply_results(session, staff_id, now()),
        staff_id,
        dry_run,
    )


@contextmanager
def _new_file(target: Path) -> Iterator[int]:
    """A new file that its owner alone may read; gone again where writing it fails."""
    try:
        opened = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(f"Đã có tệp {target}: xin chọn tên khác.") from None
    try:
        yield opened
    except BaseException:
        target.unlink(missing_ok=True)
        raise
