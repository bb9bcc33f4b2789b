"""`loa db`: the database."""

from __future__ import annotations

import click

from loa.environment import ready_database


@click.group()
def db() -> None:
    """Cơ sở dữ liệu."""


@db.command()
def migrate() -> None:
    """Đưa cơ sở dữ liệu về đúng phiên bản hiện tại."""
    with ready_database():
        click.echo("Cơ sở dữ liệu đã sẵn sàng.")
