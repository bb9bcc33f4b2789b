"""`loa campaign certificate|invoice|unknown`: what became of a campaign's messages, and what they cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from loa.environment import ready_database

if TYPE_CHECKING:
    from outreach.certificate import Certificate
    from outreach.invoicing import MonthCount
    from outreach.undecided import Wave

_target = click.option("--out", "target", type=click.Path(dir_okay=False, path_type=Path), help="Ghi ra tệp Excel này.")
_staff = click.option("--staff", "staff_id", type=int, help="Mã cán bộ thực hiện, ghi vào nhật ký.")


@click.command()
@click.argument("campaign_id", type=int)
@_target
@_staff
def certificate(campaign_id: int, target: Path | None, staff_id: int | None) -> None:
    """Kết quả gửi tin: mọi dòng ở đâu, vì sao; chưa xong thì chỉ là bản tạm tính."""
    from console.certificate_book import note_taken, write_certificate
    from core.clock import now
    from core.database import transaction
    from outreach.accounted_rows import accounted_rows
    from outreach.certificate import certify
    from roster.campaign import Campaign

    staff = _taker(target, staff_id)
    with ready_database():
        with transaction(one_moment=True) as session:
            campaign = session.get(Campaign, campaign_id)
            if campaign is None:
                raise click.ClickException("Không có chiến dịch này.")
            made = certify(session, campaign, now())
            _tell_certificate(made)
            if target is not None:
                with _new_file(target) as file:
                    write_certificate(file, made, lambda step_id: accounted_rows(session, step_id))
        if target is not None:
            with transaction() as session:
                note_taken(session, made, staff)
            click.echo(f"Đã ghi {target}.")


@click.command()
@click.argument("month", required=False)
@_target
@_staff
def invoice(month: str | None, target: Path | None, staff_id: int | None) -> None:
    """Số tin trong một tháng (năm-tháng, ví dụ 2026-11) theo tài khoản, để đặt cạnh hóa đơn; mặc định tháng này."""
    from console.invoice_book import note_taken, write_month
    from console.invoice_words import month_asked
    from core.clock import now, today
    from core.database import transaction
    from outreach.invoicing import billed_messages, count_month

    staff = _taker(target, staff_id)
    first = month_asked(month, today().replace(day=1))
    if month and f"{first:%Y-%m}" != month:
        raise click.UsageError("Ghi tháng theo năm-tháng, ví dụ 2026-11.")
    with ready_database():
        with transaction(one_moment=True) as session:
            counted = count_month(session, first)
            _tell_month(counted)
            if target is not None:
                with _new_file(target) as file:
                    write_month(file, counted, billed_messages(session, first))
        if target is not None:
            with transaction() as session:
                note_taken(session, counted, staff, now())
            click.echo(f"Đã ghi {target}.")


@click.command()
@click.argument("campaign_id", type=int)
@click.option("--wave", nargs=3, type=(int, str, click.Choice(["unknown", "held"])),
              help="Lượt gửi, tài khoản, tình trạng: như danh sách in ra.")  # fmt: skip
@click.option("--decide", type=click.Choice(["arrived", "again", "leave"]),
              help="arrived: đã đến; again: chưa đến, gửi lại; leave: bỏ, không gửi lại.")  # fmt: skip
@click.option("--because", "words", help="Đã hỏi lại thế nào, ghi vào nhật ký.")
@_staff
def unknown(
    campaign_id: int, wave: tuple[int, str, str] | None, decide: str | None, words: str | None, staff_id: int | None
) -> None:
    """Tin nhà cung cấp không tra được, hoặc tạm giữ: đang chờ ai quyết định; quyết định cho cả một lượt."""
    from console.watch_words import DECIDED, NOT_DECIDED
    from core.clock import now
    from core.database import transaction
    from outreach.deciding import CHOICES, Choice
    from outreach.message import MessageState
    from outreach.undecided import Wave, decide_wave, waves

    if wave is None or decide is None:
        if wave or decide:
            raise click.UsageError("Ghi cả --wave và --decide.")
        with ready_database(), transaction() as session:
            _tell_waiting(waves(session, campaign_id))
        return
    if not words or staff_id is None:
        raise click.UsageError("Quyết định cần --because và --staff: cả hai được giữ trong nhật ký.")
    chosen = Wave(wave[0], wave[1], MessageState(wave[2]))
    if Choice(decide) not in CHOICES[chosen.state]:
        raise click.UsageError("Tin tạm giữ chưa đi, nên chỉ có thể gửi lại (again) hoặc bỏ (leave).")
    with ready_database():
        with transaction() as session:
            if chosen not in waves(session, campaign_id):
                raise click.ClickException("Lượt này không còn tin nào chờ quyết định.")
        decided = decide_wave(transaction, chosen, Choice(decide), staff_id, now(), words)
    click.echo(DECIDED.format(decided.done))
    if decided.left:
        click.echo(NOT_DECIDED.format(decided.left))


def _taker(target: Path | None, staff_id: int | None) -> int:
    """Who takes a workbook stands in the audit log; 0 where none is taken."""
    if target is not None and staff_id is None:
        raise click.UsageError("Ghi ra tệp cần --staff: ai lấy tệp được giữ trong nhật ký.")
    return staff_id or 0


def _new_file(target: Path) -> BinaryIO:
    try:
        return target.open("xb")
    except FileExistsError:
        raise click.ClickException(f"{target} đã có; xin chọn tên khác.") from None
    except OSError:
        raise click.ClickException(f"Không ghi được vào {target}.") from None


def _tell_certificate(made: Certificate) -> None:
    from console.certificate_book import title_of
    from console.certificate_words import matters, reason_name, state_name
    from console.watch_words import step_name

    click.echo(title_of(made))
    for matter in matters(made.open):
        click.echo(f"  còn: {matter}")
    for one in made.steps:
        balance = "khớp" if one.balanced else "KHÔNG KHỚP"
        click.echo(f"{step_name(one.step)}: chốt {one.sealed.rows} tin, đếm được {one.rows}, {balance}")
        for line in one.lines:
            why = f" ({reason_name(line.reason)})" if line.reason else ""
            click.echo(f"  {line.rows:>9}  {line.channel:<9} {state_name(line.state)}{why}")
        for reason, count in one.together.items():
            click.echo(f"  {count:>9}  gửi chung một máy{f' ({reason_name(reason)})' if reason else ''}")
        for reason, count in one.left_out.items():
            click.echo(f"  {count:>9}  {state_name(None)} ({reason_name(reason)})")
    click.echo(f"Cả đợt: {made.rows} tin, {made.spent_dong} đồng.")


def _tell_month(counted: MonthCount) -> None:
    from console.invoice_words import KINDS, UNKNOWN_PRICE, account_name, month_name

    click.echo(f"Tháng {month_name(counted.first)}")
    for account, kinds in counted.by_account.items():
        whole = counted.of(account)
        click.echo(account_name(whole.lines[0]))
        for name, one in [*((KINDS[kind], one) for kind, one in kinds.items()), ("cộng", whole)]:
            dong = UNKNOWN_PRICE if one.dong is None else f"{one.dong} đồng"
            click.echo(f"  {name:<14} {one.messages:>9} tin {one.segments:>9} đoạn  {dong}")
    for doubt in counted.doubts:
        click.echo(f"{doubt.account}: ngoài ra {doubt.messages} tin ({doubt.segments} đoạn) chưa rõ đã gửi hay chưa")
    if not counted.lines:
        click.echo("Tháng này chưa gửi tin nào.")


def _tell_waiting(waiting: dict[Wave, int]) -> None:
    from console.words import MESSAGE_STATES

    for wave, count in waiting.items():
        said = MESSAGE_STATES[wave.state].lower()
        click.echo(f"--wave {wave.step_id} {wave.account} {wave.state.value}: {count} tin, {said}")
    if not waiting:
        click.echo("Không có tin nào chờ quyết định.")


COMMANDS: tuple[click.Command, ...] = (certificate, invoice, unknown)
