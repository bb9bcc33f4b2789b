"""`loa run`: the whole installation on this machine, under honcho, with a demo campaign."""

from __future__ import annotations

import sys
from typing import Any

import click


@click.command()
@click.option(
    "--demo/--no-demo", default=True, show_default=True, help="Nạp chiến dịch mẫu khi cơ sở dữ liệu còn trống."
)
def run(demo: bool) -> None:
    """Chạy tất cả trên máy này: cơ sở dữ liệu, bot, trang cán bộ, trò chuyện, điện thoại mô phỏng."""
    from core.settings import settings
    from loa.environment import ready_database
    from loa.running import print_addresses, run_until_stopped
    from loa.stand_ins.demo import keep_stand_ins
    from loa.training import train_if_changed

    with ready_database():
        train_if_changed()
        sign_ins = _load_demo() if demo else []
        keep_stand_ins()
        print_addresses(settings(), sign_ins)
        sys.exit(run_until_stopped(settings()))


def _load_demo() -> list[Any]:
    from loa.demo import load_demo, set_demo_clock

    if set_demo_clock():
        click.echo("Đang ngoài giờ được nhắn tin: bản mẫu chạy với đồng hồ của sáng ngày được phép kế tiếp.")
    return load_demo()
