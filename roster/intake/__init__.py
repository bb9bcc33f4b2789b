"""Roster import, the pure half: from an .xlsx to staged rows. No database, no clock, no network."""

from roster.intake.errors import IntakeError
from roster.intake.reading import read_texts, read_workbook
from roster.intake.report import to_json, to_record
from roster.intake.roles import Role
from roster.intake.settings import IntakeSettings
from roster.intake.staged import Field, Finding, Gender, Person, RowKind, RowReason, Severity, StagedRow, Status

__all__ = [
    "Field",
    "Finding",
    "Gender",
    "IntakeError",
    "IntakeSettings",
    "Person",
    "Role",
    "RowKind",
    "RowReason",
    "Severity",
    "StagedRow",
    "Status",
    "read_texts",
    "read_workbook",
    "to_json",
    "to_record",
]
