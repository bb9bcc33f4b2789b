"""`loa serve`: one process of an installation, in the foreground."""

from __future__ import annotations

import click


@click.group()
def serve() -> None:
    """Chạy từng tiến trình (make run chạy tất cả)."""


@serve.command()
def actions() -> None:
    """Máy chủ hành động của bot (rasa_sdk)."""
    from bot.actions.server import serve as serve_actions

    serve_actions()


@serve.command()
@click.option(
    "--queues",
    default="answers,replies,sending,default",
    show_default=True,
    help="Hàng đợi, cách nhau dấu phẩy.",
)
@click.option("--concurrency", default=8, show_default=True, help="Số việc làm cùng lúc.")
def worker(queues: str, concurrency: int) -> None:
    """Tiến trình làm việc (Procrastinate): trả lời, gửi tin, biên nhận."""
    from core.logs import configure_logging
    from loa.working import run_worker

    configure_logging("worker")
    run_worker(queues.split(","), concurrency)


@serve.command()
def scheduler() -> None:
    """Bộ hẹn giờ (APScheduler): chỉ một tiến trình chạy thật, các tiến trình khác chờ."""
    from core.logs import configure_logging
    from loa.working import run_scheduler

    configure_logging("scheduler")
    run_scheduler()


@serve.command("telegram-poll")
def telegram_poll() -> None:
    """Hỏi lấy tin Telegram về, cho máy không có địa chỉ công khai: chỉ một tiến trình chạy thật."""
    from core.logs import configure_logging
    from loa.telegram_polling import run_poller
    from outreach.channels.telegram.settings import telegram_settings

    own = telegram_settings()
    if not own.configured:
        raise click.ClickException("Chưa đặt mã của bot Telegram (LOA_TELEGRAM_TOKEN).")
    if own.by_webhook:
        raise click.ClickException("Tin Telegram về qua webhook (LOA_TELEGRAM_WEBHOOK_SECRET đã đặt), không phải hỏi.")
    configure_logging("telegram-poll")
    run_poller()
