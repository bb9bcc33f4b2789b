"""`loa channels`: the accounts over which messages go out and come in."""

from __future__ import annotations

import sys

import click

from loa.environment import ready_database


@click.group()
def channels() -> None:
    """Các kênh nhắn tin: thử tài khoản, kết nối Zalo và Telegram."""


@channels.command()
def check() -> None:
    """Thử từng tài khoản đã khai: mã truy cập, hạn mức, địa chỉ nhận tin; nói rõ còn thiếu gì."""
    from outreach.channels.providers import PROVIDERS

    with ready_database():
        findings = [finding for provider in PROVIDERS if provider.account() for finding in provider.check()]
    for finding in findings:
        click.echo(f"{'ĐƯỢC ' if finding.fine else 'THIẾU'}  {finding.text}")
    if not all(finding.fine for finding in findings):
        sys.exit(1)


@channels.command("zalo-token")
def zalo_token() -> None:
    """Nhận mã gia hạn (refresh token) đầu tiên của Zalo từ đầu vào chuẩn, ví dụ: loa channels zalo-token < tep."""
    from core.audit import Actor
    from outreach.channels.zalo.house import keeper
    from outreach.channels.zalo.settings import zalo_settings
    from outreach.channels.zalo.tokens import NoToken

    if not zalo_settings().configured:
        raise click.ClickException("chưa khai Official Account (LOA_ZALO_APP_ID, LOA_ZALO_OA_ID)")
    token = sys.stdin.readline().strip()
    if not token:
        raise click.ClickException("đầu vào trống: cần một dòng là mã gia hạn")
    with ready_database():
        try:
            keeper().bring(token, Actor("command", "zalo-token"))
        except NoToken as error:
            raise click.ClickException(f"đã ghi mã nhưng Zalo chưa cấp mã truy cập ({error})") from None
    click.echo("Đã kết nối Zalo.")


@channels.command("telegram-connect")
def telegram_connect() -> None:
    """Báo cho Telegram nơi nhận tin về, theo cấu hình: qua webhook, hoặc chờ tiến trình telegram-poll hỏi lấy."""
    from outreach.channels.telegram.receiving import connect
    from outreach.channels.telegram.settings import telegram_settings

    if not telegram_settings().configured:
        raise click.ClickException("chưa đặt mã của bot Telegram (LOA_TELEGRAM_TOKEN)")
    told = connect()
    click.echo(told.text)
    if not told.fine:
        sys.exit(1)
