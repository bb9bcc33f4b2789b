"""One thing that is held on a person: its fields with their names, as a person reads them and as data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from console.formats import NOTHING, day, moment


@dataclass(frozen=True)
class Field:
    """One field. `key` is its name in the data; `words`, where given, is how its value is read."""

    key: str
    label: str
    value: Any
    words: str | None = None

    @property
    def shown(self) -> str:
        """As a person reads it."""
        return NOTHING if self.value is None else self.words or in_plain_words(self.value)

    @property
    def data(self) -> Any:
        """As a program reads it."""
        return as_data(self.value)


@dataclass(frozen=True)
class Section:
    """All records of one sort. `note` is said above them."""

    key: str
    title: str
    records: list[list[Field]]
    note: str = ""

    def as_json(self) -> list[dict[str, Any]]:
        return [{field.key: field.data for field in record} for record in self.records]


def in_plain_words(value: Any) -> str:
    """A value without a word of its own: dates and yes or no as they are written here."""
    match value:
        case None | "":
            return NOTHING
        case bool():
            return "Có" if value else "Không"
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case Enum():
            return str(value.value)
        case Mapping():
            return "; ".join(f"{name}: {in_plain_words(one)}" for name, one in value.items()) or NOTHING
        case list() | tuple():
            return ", ".join(in_plain_words(one) for one in value) or NOTHING
    return str(value)


def as_data(value: Any) -> Any:
    """What JSON can hold of it."""
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return {str(name): as_data(one) for name, one in value.items()}
        case list() | tuple():
            return [as_data(one) for one in value]
    return value
