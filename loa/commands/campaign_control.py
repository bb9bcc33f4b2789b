"""`loa campaign pause|resume|cancel|hours`: what a manager does while a campaign runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time
from typing import Any

import click

from loa.environment import ready_database


def _who_and_why(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every one of these commands: both stand in the audit log."""
    because = click.option("--because", "words", required=True, help="Lý do, ghi vào nhật ký.")
    who = click.option("--staff", "staff_id", type=int, required=True, help="Mã cán bộ thực hiện.")
    return click.argument("campaign_id", type=int)(who(because(command)))


@contextmanager
def _session() -> Iterator[Any]:
    """A session on the ready database; what may not be done is told in its own words."""
    from sqlalchemy.exc import NoResultFound

    from core.database import transaction
    from outreach.campaign_hours import HoursRefused
    from outreach.campaign_pause import NotPossible

    try:
        with ready_database(), transaction() as session:
            yield session
    except (NotPossible, HoursRefused) as refusal:
        raise click.ClickException(str(refusal)) from None
    except NoResultFound:
        raise click.ClickException("Không có chiến dịch này.") from None


@click.command()
@_who_and_why
def pause(campaign_id: int, staff_id: int, words: str) -> None:
    """Tạm dừng: không gửi tin mời, vẫn trả lời người nhắn đến."""
    from core.clock import now
    from outreach.campaign_pause import pause_by_hand

    with _session() as session:
        pause_by_hand(session, campaign_id, staff_id, now(), words)
    click.echo("Đã tạm dừng: không tin mời nào đi nữa cho đến khi cho chạy tiếp.")


@click.command()
@_who_and_why
def resume(campaign_id: int, staff_id: int, words: str) -> None:
    """Cho chạy tiếp một chiến dịch đang tạm dừng."""
    from core.clock import now
    from outreach.campaign_pause import resume_campaign

    with _session() as session:
        resume_campaign(session, campaign_id, staff_id, now(), words)
    click.echo("Đã cho chạy tiếp: tin đi trong khung giờ cho phép.")


@click.command()
@_who_and_why
def cancel(campaign_id: int, staff_id: int, words: str) -> None:
    """Hủy hẳn: tin chưa đi sẽ không đi nữa, chiến dịch kết thúc."""
    from core.clock import now
    from outreach.campaign_cancel import cancel_campaign

    with _session() as session:
        count = cancel_campaign(session, campaign_id, staff_id, now(), words)
    click.echo(f"Đã hủy chiến dịch; {count} tin chưa đi đã được hủy.")


@click.command()
@_who_and_why
@click.option("--from", "opens", type=click.DateTime(["%H:%M"]), help="Giờ bắt đầu gửi, ví dụ 08:00.")
@click.option("--to", "closes", type=click.DateTime(["%H:%M"]), help="Giờ thôi gửi, ví dụ 17:30.")
@click.option("--usual", is_flag=True, help="Trở lại khung giờ chung.")
def hours(campaign_id: int, staff_id: int, words: str, opens: Any, closes: Any, usual: bool) -> None:
    """Đổi khung giờ gửi tin, kể cả khi đang gửi (trong khoảng 07:00-22:00)."""
    from core.clock import now
    from outreach.campaign_hours import change_hours

    if usual is bool(opens or closes) or bool(opens) is not bool(closes):
        raise click.UsageError("Ghi cả --from và --to, hoặc chỉ --usual.")
    wanted: tuple[time, time] | None = None if usual else (opens.time(), closes.time())
    with _session() as session:
        change_hours(session, campaign_id, wanted, staff_id, now(), words)
    click.echo("Đã đổi khung giờ." if wanted else "Đã trở lại khung giờ chung.")


COMMANDS: tuple[click.Command, ...] = (pause, resume, cancel, hours)
