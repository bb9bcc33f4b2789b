"""A file that came back, brought in by a command: told row by row, then merged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loa.environment import ready_database
from roster.intake import IntakeError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from roster.returned.returned_file import ReturnedKind
    from roster.returned.staging import Apply, ReadRow

by_staff = click.option("--staff", "staff_id", type=int, required=True, help="Mã cán bộ thực hiện, ghi vào nhật ký.")


@contextmanager
def told_plainly() -> Iterator[None]:
    """What cannot be done is told in one sentence, on the ready database."""
    from roster.matching_police.going_out import MatchRefused
    from roster.returned.staging import ReturnRefused

    try:
        with ready_database():
            yield
    except (IntakeError, MatchRefused, ReturnRefused) as refusal:
        raise click.ClickException(str(refusal)) from None


def bring_in(
    kind: ReturnedKind,
    file: Path,
    read: Callable[[Session, bytes], list[ReadRow]],
    apply: Callable[[Session], Apply],
    staff_id: int,
    dry_run: bool,
) -> None:
    """Print what is to be looked at, then merge the rows without an error; `dry_run` stops before. The same file again
    changes nothing. Raises click.ClickException."""
    from core.clock import now
    from core.database import transaction
    from roster.returned.returned_file import ReturnedState
    from roster.returned.staging import merge_returned, stage_returned

    content = file.read_bytes()
    with told_plainly(), transaction() as session:
        rows = read(session, content)
        for row in rows:
            for note in row.notes:
                click.echo(f"dòng {row.number} · {'LỖI' if note.error else 'chú ý'} · {note.column}: {note.words}")
        if dry_run:
            return
        digest = hashlib.sha256(content).digest()
        staged = stage_returned(session, kind, rows, file.name, digest, staff_id, now())
        if staged.state is ReturnedState.STAGED:
            staged = merge_returned(session, staged.id, apply(session), staff_id, now())
        changed, unchanged = staged.changed, staged.unchanged
    click.echo(f"Đã nhập: {changed} dòng có điều mới, {unchanged} dòng giữ nguyên.")
