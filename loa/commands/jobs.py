"""`loa jobs`: what has become of the work that was put into the queue."""

from __future__ import annotations

import click

from loa.environment import ready_database


@click.group()
def jobs() -> None:
    """Các việc chạy ngầm."""


@jobs.command()
def failed() -> None:
    """Liệt kê việc bị lỗi còn được giữ, theo loại việc; nguyên do xem ở nhật ký của tiến trình worker.

    Việc bị lỗi không làm mất tin: máy tự xếp lại việc còn phải làm.
    """
    from core.clock import VIETNAM
    from core.database import transaction
    from outreach.ended_jobs import failed_tasks

    with ready_database(), transaction() as session:
        found = failed_tasks(session)
    for one in found:
        last = one.last_at.astimezone(VIETNAM)
        click.echo(f"{one.task} ({one.queue}): {one.jobs} việc, lần cuối {last:%H:%M ngày %d/%m/%Y}")
    if not found:
        click.echo("Không có việc nào bị lỗi.")
