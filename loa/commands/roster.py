"""`loa roster`: rosters in, lists and sync files out."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from loa.commands.matching import match_in, match_out
from loa.commands.paying import payments_in, sync_in
from loa.environment import prepare_keys, ready_database
from roster.intake import IntakeError, RowReason, Severity, StagedRow, Status, read_workbook, to_json


@click.group()
def roster() -> None:
    """Danh sách người hưởng: nhập vào, đối chiếu với công an, kết quả đồng bộ và chi trả."""


roster.add_command(match_out)
roster.add_command(match_in)
roster.add_command(payments_in)
roster.add_command(sync_in)


@roster.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và báo, không ghi gì.")
@click.option("--json", "as_json", is_flag=True, help="Mỗi dòng của trang tính là một đối tượng JSON.")
@click.option("--skip-errors", is_flag=True, help="Bỏ các dòng có lỗi, nhập phần còn lại.")
def import_(file: Path, dry_run: bool, as_json: bool, skip_errors: bool) -> None:
    """Nhập một danh sách .xlsx: xem trước từng dòng, rồi nhập cả tệp hoặc không nhập gì."""
    prepare_keys()
    with _told_plainly():
        if as_json or dry_run:
            rows = _rows(file)
            _print_json(rows) if as_json else _print_findings(rows)
        if not dry_run:
            _import(file, skip_errors, quiet=as_json)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """A file that cannot be imported is told in one sentence, without a traceback; a closed pipe ends quietly."""
    from roster.importing.errors import ImportRefused

    try:
        yield
    except (IntakeError, ImportRefused) as error:
        raise click.ClickException(str(error)) from None
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _rows(file: Path) -> Iterator[StagedRow]:
    from core.clock import now
    from roster.importing.staging import intake_settings

    return (row for row in read_workbook(file, intake_settings(now())) if row.reason is not RowReason.BLANK)


def _print_json(rows: Iterator[StagedRow]) -> None:
    for row in rows:
        sys.stdout.write(json.dumps(to_json(row), ensure_ascii=False) + "\n")


def _print_findings(rows: Iterator[StagedRow]) -> None:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.status.value if row.person else "not_a_person"] += 1
        for finding in row.findings:
            mark = "LỖI" if finding.severity is Severity.ERROR else "chú ý"
            click.echo(f"dòng {row.row} · {mark} · {finding.field.value}: {finding.reason}")
    click.echo(
        f"Đúng: {counts[Status.OK.value]}, cần chú ý: {counts[Status.WARNING.value]}, "
        f"có lỗi: {counts[Status.ERROR.value]}, không phải người: {counts['not_a_person']}."
    )


def _import(file: Path, skip_errors: bool, quiet: bool) -> None:
    from core.clock import now
    from core.database import transaction
    from roster.importing.merging import merge
    from roster.importing.staging import stage

    with ready_database():
        with transaction() as session, file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").digest()
            staged = stage(session, file, file.name, digest, None, now())
        with transaction() as session:
            result = merge(session, staged.id, None, now(), skip_errors=skip_errors)
    if not quiet:
        click.echo(
            f"Đã nhập: thêm {result.added}, bổ sung {result.changed}, giữ nguyên {result.unchanged}, "
            f"bỏ qua {result.left_out} dòng; {len(result.differences)} chỗ khác với danh sách đang có."
        )
