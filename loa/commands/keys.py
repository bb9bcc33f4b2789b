"""`loa keys`: the keys under which personal data is kept."""

from __future__ import annotations

import click

from loa.environment import ready_database


@click.group()
def keys() -> None:
    """Khóa mã hóa dữ liệu cá nhân."""


@keys.command()
def new() -> None:
    """In một khóa mã hóa mới, để đặt lên đầu LOA_ENCRYPTION_KEYS."""
    from cryptography.fernet import Fernet

    click.echo(Fernet.generate_key().decode())


@keys.command()
def rotate() -> None:
    """Mã hóa lại mọi dữ liệu bằng khóa đứng đầu LOA_ENCRYPTION_KEYS.

    Trước đó: đặt khóa mới lên đầu, giữ khóa cũ phía sau, khởi động lại các tiến trình. Hệ thống vẫn chạy bình thường
    trong lúc này; bị ngắt giữa chừng thì chạy lại. Xong mới bỏ khóa cũ.
    """
    from core import audit
    from core.clock import now
    from core.database import transaction
    from core.key_rotation import rotate_everything
    from loa.commands.indexed_values import all_tables

    unreadable: list[str] = []
    with ready_database():
        changed = 0
        for table in rotate_everything(all_tables()):
            click.echo(f"{table.table}: {table.rotated} giá trị mã hóa lại, {table.seen} dòng đã xem")
            changed += table.rotated
            unreadable += table.unreadable
        with transaction() as session:
            after = {"rotated": changed, "unreadable": len(unreadable)}
            audit.record(session, now(), audit.SYSTEM, "keys.rotated", "keys:encryption", after=after)
    if unreadable:
        click.echo("\n".join(unreadable), err=True)
        raise click.ClickException(f"{len(unreadable)} giá trị không đọc được bằng khóa nào: chưa được bỏ khóa cũ.")
    click.echo("Xong. Mọi dữ liệu đã ở dưới khóa đứng đầu: bỏ các khóa cũ được.")


@keys.command()
def reindex() -> None:
    """Lập lại các chỉ mục mù sau khi đổi LOA_INDEX_KEY.

    Trước đó: dừng hết các tiến trình, đợi tin đang gửi có kết quả, đổi LOA_INDEX_KEY. Bị ngắt giữa chừng thì chạy lại.
    """
    from core import audit
    from core.clock import now
    from core.database import forget_connections, transaction
    from core.reindexing import BlindIndex, ProcessesRunning
    from core.reindexing import reindex as make_anew
    from loa.commands.indexed_values import all_indexes

    done: dict[str, int] = {}

    def tell(index: BlindIndex, changed: int) -> None:
        done[str(index.index)] = changed
        click.echo(f"{index.index}: {changed} dòng lập lại")

    with ready_database():
        forget_connections()
        try:
            make_anew(all_indexes(), tell)
        except ProcessesRunning as error:
            raise click.ClickException(str(error)) from None
        with transaction() as session:
            audit.record(session, now(), audit.SYSTEM, "keys.reindexed", "keys:index", after=dict(done))
    click.echo("Xong. Khởi động lại các tiến trình được.")
