"""`loa rehearse`: play a file of citizens through the real stack, and look at the roster."""

from __future__ import annotations

import shlex
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from conversations.rehearsal_report import Report
    from loa.rehearsal.report import Result


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--only", metavar="TAG", help="Chỉ những người có thẻ, thư mục hay tên này.")
@click.option("--report", "report_file", type=click.Path(dir_okay=False, path_type=Path), help="Nơi ghi báo cáo JSON.")
@click.option("--transcripts", type=click.Path(dir_okay=False, path_type=Path), help="Nơi ghi lời thoại (Markdown).")
@click.option("--keep", is_flag=True, help="Giữ lại cơ sở dữ liệu và nhật ký để xem.")
@click.option("--verbose", is_flag=True, help="In cả lời thoại của những người đạt.")
def rehearse(
    file: Path, only: str | None, report_file: Path | None, transcripts: Path | None, keep: bool, verbose: bool
) -> None:
    """Diễn tập: cho những người dân trong FILE (tệp hoặc thư mục) nói chuyện với bot, rồi đối chiếu danh sách."""
    from loa.environment import make_missing_keys
    from loa.rehearsal.report import lines, report_of

    citizens = _citizens(file, only)
    make_missing_keys()  # the report goes where this installation's console looks for it
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results = _play(citizens, keep, lambda result: click.echo("\n".join(lines(result, verbose))))
    report = report_of(results, datetime.now(UTC), str(file), only)
    click.echo(f"Báo cáo: {_keep(report, report_file)}")
    if transcripts is not None:
        _write_transcripts(report, transcripts)
        click.echo(f"Lời thoại: {transcripts}")
    click.echo(report.last_line)
    sys.exit(0 if all(result.is_exact for result in results) else 1)


def _citizens(file: Path, only: str | None) -> list[Any]:
    from loa.rehearsal.files import BadRehearsal, read_citizens, select

    try:
        read = read_citizens(file)
    except BadRehearsal as bad:
        raise click.ClickException("tệp diễn tập có lỗi:\n" + str(bad)) from None
    for remark in read.remarks:
        click.echo(f"Lưu ý: {remark}", err=True)
    selected = select(read.citizens, only)
    if not selected:
        raise click.ClickException("không có người dân nào để diễn tập")
    return selected


def _play(citizens: list[Any], keep: bool, tell: Any) -> list[Result]:
    from loa.rehearsal.installation import folder_to_keep, own_installation
    from loa.rehearsal.rehearsing import rehearse as play
    from loa.rehearsal.rehearsing import wards_without_commune
    from loa.stack import StackFailed

    kept = folder_to_keep() if keep else None
    try:
        with own_installation(kept) as stack:
            for ward in wards_without_commune(citizens):
                click.echo(f"Lưu ý: không có phường, xã nào tên “{ward}”; dùng tên mặc định.", err=True)
            results = play(citizens, tell)
            for name in stack.ended():
                click.echo(f"Lưu ý: tiến trình {name} đã tự dừng giữa chừng.", err=True)
            if kept:
                click.echo(f"Giữ lại: {kept} (cơ sở dữ liệu, khóa), {stack.logs} (nhật ký)")
            return results
    except StackFailed as failure:
        raise click.ClickException(f"{failure} (thêm --keep để giữ nhật ký)") from None


def _keep(report: Report, wanted: Path | None) -> Path:
    from conversations.rehearsal_files import place_for, write_report

    target = wanted or place_for(report)
    write_report(report, target)
    return target


def _write_transcripts(report: Report, target: Path) -> None:
    from loa.rehearsal.transcripts import as_markdown

    only = ["--only", report.only] if report.only else []
    command = shlex.join(["loa", "rehearse", report.source, *only, "--transcripts", str(target)])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(as_markdown(report, command), encoding="utf-8")
