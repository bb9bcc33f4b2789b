"""Every blind index of the database, and from which value it is made. A test finds one that is missing here."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from sqlalchemy import MetaData, Table

from core.orm import Base
from core.reindexing import BlindIndex

ROOMS = ("core", "roster", "outreach", "conversations", "console")
_MARKS = ("__tablename__", " = Table(")


def all_tables() -> MetaData:
    """Every table of every room: each module that makes one is imported."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            file = Path(getattr(found.module_finder, "path", "")) / f"{found.name.rpartition('.')[2]}.py"
            if not found.ispkg and any(mark in file.read_text() for mark in _MARKS):
                importlib.import_module(found.name)
    return Base.metadata


def all_indexes() -> list[BlindIndex]:
    """In the order in which they are made anew."""
    tables = all_tables().tables
    contact_point = tables["contact_point"]
    return [
        _index(tables["person"], "citizen_id_index", "citizen_id", "citizen_id"),
        BlindIndex(contact_point, contact_point.c.address_index, contact_point.c.address, contact_point.c.kind),
        _index(tables["claim"], "account_index", "account_number", "account"),
        _index(tables["visit_row"], "token_index", "token", "visit"),
        _index(tables["change_request"], "new_index", "new", "change"),
    ]


def _index(table: Table, index: str, value: str, purpose: str) -> BlindIndex:
    return BlindIndex(table, table.c[index], table.c[value], purpose)
