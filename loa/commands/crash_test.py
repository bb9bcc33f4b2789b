"""`loa crash-test`: proof that a wave reaches everybody once, whatever dies."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click


@click.command("crash-test")
@click.option("--people", default=20_000, show_default=True, help="Số người nhận tin.")
@click.option("--kills", default=50, show_default=True, help="Số lần giết tiến trình.")
@click.option("--seed", default=1, show_default=True, help="Chạy lại đúng kịch bản cũ bằng cùng một số.")
@click.option("--logs", type=click.Path(path_type=Path, file_okay=False), help="Thư mục giữ nhật ký các tiến trình.")
def crash_test(people: int, kills: int, seed: int, logs: Path | None) -> None:
    """Gửi một đợt tin qua nhà mạng giả lập trong khi giết, làm đơ các tiến trình, rồi đối chiếu từng người."""
    from loa.crash_test.running import run_crash_test, told

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    if logs:
        logs.mkdir(parents=True)
    ended = run_crash_test(people, kills, seed, logs)
    click.echo(told(ended))
    sys.exit(0 if ended.reckoning.holds and ended.kills.total() >= kills else 1)
