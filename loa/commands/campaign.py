"""`loa campaign`: plan, release and watch a campaign from the command line."""

from __future__ import annotations

from datetime import datetime

import click

from loa.environment import ready_database


@click.group()
def campaign() -> None:
    """Chiến dịch: lập, duyệt, theo dõi."""


@campaign.command()
@click.option("--name", required=True, help="Tên chiến dịch.")
@click.option("--deadline", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Hạn đăng ký, năm-tháng-ngày.")
@click.option("--due", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="Giờ gửi (giờ Việt Nam); mặc định là ngay.")
@click.option("--details", type=click.Choice(["chat", "officer", "vneid"]), default="officer", show_default=True,
              help="Số tài khoản ghi ở đâu.")  # fmt: skip
@click.option("--phone", required=True, help="Số điện thoại dán ở trụ sở, ghi trong tin mời.")
@click.option("--staff", "staff_id", type=int, required=True, help="Mã cán bộ lập.")
def plan(name: str, deadline: datetime, due: datetime | None, details: str, phone: str, staff_id: int) -> None:
    """Lập một chiến dịch với một lượt mời qua SMS; người khác phải duyệt mới gửi."""
    from core.clock import VIETNAM, now
    from core.database import transaction
    from outreach.campaign_setup import CampaignPlan, TextRefused, plan_campaign, steps_of
    from roster.campaign import AccountDetails

    with ready_database(), transaction() as session:
        at = due.replace(tzinfo=VIETNAM) if due else now()
        wanted = CampaignPlan(
            name, deadline.date(), at, facts={"phone": phone}, account_details=AccountDetails(details)
        )
        try:
            made = plan_campaign(session, wanted, staff_id, now())
        except TextRefused as refusal:
            raise click.ClickException(str(refusal)) from None
        steps = ", ".join(f"{step.id} ({step.kind.value})" for step in steps_of(session, made.id))
        click.echo(f"Đã lập chiến dịch {made.id}; các lượt gửi: {steps}.")


@campaign.command()
@click.argument("step_id", type=int)
@click.option("--staff", "staff_id", type=int, required=True, help="Mã cán bộ duyệt (không phải người lập).")
def release(step_id: int, staff_id: int) -> None:
    """Duyệt một lượt gửi."""
    from core.clock import now
    from core.database import transaction
    from outreach.campaign_setup import TextRefused
    from outreach.releasing import ReleaseRefused, release_step

    with ready_database(), transaction() as session:
        try:
            release_step(session, step_id, staff_id, now())
        except (ReleaseRefused, TextRefused) as refusal:
            raise click.ClickException(str(refusal)) from None
    click.echo("Đã duyệt: tin đi khi đến giờ và trong khung giờ cho phép.")


@campaign.command()
@click.argument("step_id", type=int)
def progress(step_id: int) -> None:
    """Số tin theo từng trạng thái của một lượt gửi."""
    from core.database import transaction
    from outreach.ledger import state_counts

    with ready_database(), transaction() as session:
        for state, count in state_counts(session, step_id).items():
            click.echo(f"{state.value:<12} {count}")
