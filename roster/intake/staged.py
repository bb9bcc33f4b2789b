"""What the intake yields: one staged row per sheet row, its typed values and what was found about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class RowKind(StrEnum):
    """Whether a sheet row speaks of a person."""

    PERSON = "person"
    NOT_A_PERSON = "not_a_person"


class RowReason(StrEnum):
    """Why a row is no person."""

    BLANK = "blank"
    HEADER = "header"
    COLUMN_NUMBERS = "column_numbers"
    TOTAL = "total"
    HEADING = "heading"
    SIGNATURE = "signature"
    NOTE = "note"
    NUMBER_ONLY = "number_only"


class Status(StrEnum):
    """The worst finding of a row."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


class Severity(StrEnum):
    """`warning`: may be merged as it is; `error`: an officer corrects the value or leaves it out first."""

    WARNING = "warning"
    ERROR = "error"


class Field(StrEnum):
    """What a finding speaks of; the first seven bear the names of the JSON report's keys."""

    FULL_NAME = "full_name"
    BIRTH_YEAR = "birth_year"
    GENDER = "gender"
    CITIZEN_ID = "citizen_id"
    CATEGORY = "category"
    WARD = "ward"
    PHONES = "phones"
    AMOUNT = "amount"
    RELATIVE = "relative"
    DECEASED = "deceased"
    DUPLICATE = "duplicate_of"


class Gender(StrEnum):
    """As the roster states it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an officer should know about one value.

    `value` is what the sheet says; `suggestion` is a value that another cell points to, never taken by itself.
    """

    field: Field
    severity: Severity
    value: str
    reason: str
    suggestion: str | None = None


def warning(field: Field, value: str, reason: str, suggestion: str | None = None) -> Finding:
    """A finding that lets the row be merged."""
    return Finding(field, Severity.WARNING, value, reason, suggestion)


def error(field: Field, value: str, reason: str, suggestion: str | None = None) -> Finding:
    """A finding that an officer must settle first."""
    return Finding(field, Severity.ERROR, value, reason, suggestion)


@dataclass(slots=True)
class Person:
    """The typed values of one person row; None or empty where the sheet gives nothing usable."""

    full_name: str | None = None
    birth_year: int | None = None
    birth_date: date | None = None
    gender: Gender | None = None
    citizen_id: str | None = None
    """12 digits, or the 9 of an old identity card."""
    id_digits: str = ""
    """What the sheet gives as the number, valid or not: tells duplicates where `citizen_id` is None."""
    category: str | None = None
    further_categories: tuple[str, ...] = ()
    ward: str | None = None
    ward_code: str | None = None
    """The commune's code of the National Statistics Office, 5 digits."""
    candidates: tuple[str, ...] = ()
    """Communes an officer may choose from where `ward` is None."""
    address: str | None = None
    neighbourhood: str | None = None
    phones: tuple[str, ...] = ()
    relative_name: str | None = None
    relation: str | None = None
    """What the relative is to the person, in the sheet's words."""
    relative_phones: tuple[str, ...] = ()
    household: str | None = None
    """The household's head or number, as the sheet names it."""
    monthly_dong: int | None = None
    paid_by: str | None = None
    note: str | None = None
    deceased: bool = False
    """The sheet says that this person has died (a fallen soldier too): never to be written to."""


@dataclass(slots=True)
class StagedRow:
    """One row of one sheet. `person` is None exactly where `kind` is `not_a_person`."""

    sheet: str
    row: int
    """The sheet's own row number, from 1."""
    kind: RowKind
    reason: RowReason | None = None
    person: Person | None = None
    findings: list[Finding] = field(default_factory=list)
    duplicate_of: int | None = None
    duplicate_sheet: str | None = None
    """The sheet of `duplicate_of`."""
    raw: Mapping[str, str] = field(default_factory=dict)
    """The cells as the sheet shows them, by the role of their column."""
    several_sheets: bool = False
    """Whether other sheets of the file hold people too, so that `row` alone does not name a row."""

    @property
    def status(self) -> Status:
        """The worst severity among the findings."""
        if not self.findings:
            return Status.OK
        if any(f.severity is Severity.ERROR for f in self.findings):
            return Status.ERROR
        return Status.WARNING

    @property
    def errors(self) -> list[Field]:
        """The fields in error, each once, in the order found."""
        return list(dict.fromkeys(f.field for f in self.findings if f.severity is Severity.ERROR))
