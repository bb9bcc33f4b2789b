"""`loa run`: the whole installation on this machine, under honcho, with a demo campaign."""

from __future__ import annotations

import sys

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
    from loa.training import train_if_changed

    with ready_database():
        train_if_changed()
        sign_ins = []
        if demo:
            from loa.demo import load_demo

            sign_ins = load_demo()
        print_addresses(settings(), sign_ins)
        sys.exit(run_until_stopped(settings()))
