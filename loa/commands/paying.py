"""`loa roster payments-in` and `sync-in`: what payers and the welfare software answer, without the console."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from loa.commands.bringing_in import bring_in, by_staff

_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_dry_run = click.option("--dry-run", is_flag=True, help="Chỉ đọc và báo, không ghi gì.")


@click.command("payments-in")
@_file
@click.option("--payer", "payer_key", required=True, help="Nơi chi trả, theo mã trong payers.yml.")
@click.option("--month", required=True, type=click.DateTime(["%m/%Y", "%Y-%m"]), help="Tháng chi trả, ví dụ 11/2026.")
@_dry_run
@by_staff
def payments_in(file: Path, payer_key: str, month: datetime, dry_run: bool, staff_id: int) -> None:
    """Nhập kết quả chi trả: đã chi, hoặc bị trả lại và vì sao. Nhập lại cùng một tệp không thay đổi gì."""
    from core.clock import now
    from outreach.answered_files import apply_payments
    from roster.payers import UnknownPayer, load_payers, payer_named
    from roster.payment_results.coming_back import Round, read_results
    from roster.returned.returned_file import ReturnedKind

    try:
        of = Round(payer_named(payer_key, load_payers()), month.date().replace(day=1))
    except UnknownPayer as problem:
        raise click.ClickException(str(problem)) from None
    bring_in(
        ReturnedKind.PAYMENTS,
        file,
        lambda session, content: read_results(session, content, of, now()),
        lambda session: apply_payments(session, staff_id, now()),
        staff_id,
        dry_run,
    )


@click.command("sync-in")
@_file
@_dry_run
@by_staff
def sync_in(file: Path, dry_run: bool, staff_id: int) -> None:
    """Nhập kết quả đồng bộ của phần mềm an sinh: đã nhận, hoặc từ chối và vì sao."""
    from core.clock import now
    from outreach.answered_files import apply_sync_answers
    from roster.returned.returned_file import ReturnedKind
    from roster.sync_acceptance import read_sync_answers

    bring_in(
        ReturnedKind.SYNC,
        file,
        lambda session, content: read_sync_answers(session, content, now()),
        lambda session: apply_sync_answers(session, staff_id, now()),
        staff_id,
        dry_run,
    )
