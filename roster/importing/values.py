"""A staged row as it is kept, encrypted, in `import_row.values`: read back, as `roster.intake.to_record` wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from roster.intake import Field, Finding, Gender, Person, RowKind, Severity, StagedRow

SKIPPED = "skipped"
"""`import_row.status` of a sheet row that is no person; the others are those of `roster.intake.Status`."""

DIFFERENCES = "differences"
"""Where a merge leaves what the file says otherwise than the roster."""

_NAMES = frozenset(field.name for field in fields(Person))


def status_of(row: StagedRow) -> str:
    """What `import_row.status` says of a row: its worst finding, or that it is no person."""
    return row.status.value if row.kind is RowKind.PERSON else SKIPPED


def person_of(record: Mapping[str, Any]) -> Person:
    """The typed values of a person row."""
    kept: dict[str, Any] = {name: value for name, value in record.items() if name in _NAMES and value is not None}
    kept = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    if "birth_date" in kept:
        kept["birth_date"] = date.fromisoformat(kept["birth_date"])
    if "gender" in kept:
        kept["gender"] = Gender(kept["gender"])
    return Person(**kept)


def findings_of(record: Mapping[str, Any]) -> list[Finding]:
    """What was found about the row."""
    return [
        Finding(Field(one["field"]), Severity(one["severity"]), one["value"], one["reason"], one["suggestion"])
        for one in record["findings"]
    ]
