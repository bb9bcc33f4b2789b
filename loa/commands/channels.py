"""`loa channels`: the accounts over which messages go out and come in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError

from core.uncaught import refused_settings
from loa.environment import ready_database

if TYPE_CHECKING:
    from outreach.channels.provider import Finding, Provider

_NOTHING_SET_UP = (
    "Chưa khai kênh nhắn tin nào: người dân chỉ trò chuyện được trên trang web của phường, xã, và hệ thống không gửi "
    "tin mời cho ai được. Xin mở docs/channels.md: bảng đầu trang cho biết mỗi kênh cần ký với ai, mục 2 đến mục 6 "
    "cho biết đặt biến nào trong tệp .env. Đặt xong, chạy lại lệnh này."
)


@click.group()
def channels() -> None:
    """Các kênh nhắn tin: thử tài khoản, kết nối Zalo và Telegram."""


@channels.command()
def check() -> None:
    """Thử từng tài khoản đã khai: mã truy cập, hạn mức, địa chỉ nhận tin; nói rõ còn thiếu gì."""
    from outreach.channels.provider import Finding
    from outreach.channels.providers import PROVIDERS

    with ready_database():
        findings = [finding for provider in PROVIDERS for finding in _tried(provider)]
    for finding in findings or [Finding(False, _NOTHING_SET_UP)]:
        click.echo(f"{'ĐƯỢC ' if finding.fine else 'THIẾU'}  {finding.text}")
    if not findings or not all(finding.fine for finding in findings):
        sys.exit(1)


def _tried(provider: Provider) -> list[Finding]:
    """What the provider's account says of itself; of settings that end every process at its start, which and why."""
    from outreach.channels.provider import Finding

    try:
        return provider.check() if provider.account() else []
    except ValidationError as refused:
        reasons = "; ".join(refused_settings(refused))
        return [Finding(False, f"{provider.name}: hệ thống không khởi động với cài đặt này. {reasons}")]


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
