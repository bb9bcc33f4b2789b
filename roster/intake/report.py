"""The machine-readable report of a dry run: one JSON object per sheet row."""

from __future__ import annotations

from roster.intake.staged import Finding, Person, StagedRow

type Json = bool | int | str | list["Json"] | dict[str, "Json"] | None


def to_json(row: StagedRow) -> dict[str, Json]:
    """The keys of issue 2: values as they would be merged, null where nothing usable stands in the sheet.

    Where several sheets of a file hold people, `sheet` (and `duplicate_sheet`) are added, for row numbers repeat.
    """
    person = row.person or Person()
    report: dict[str, Json] = {
        "row": row.row,
        "kind": row.kind.value,
        "status": row.status.value,
        "full_name": person.full_name,
        "birth_year": person.birth_year,
        "gender": person.gender.value if person.gender else None,
        "citizen_id": person.citizen_id,
        "category": person.category,
        "ward": person.ward,
        "phones": list(person.phones),
        "errors": [field.value for field in row.errors],
        "duplicate_of": row.duplicate_of,
        "candidates": list(person.candidates),
    }
    if row.several_sheets:
        report["sheet"] = row.sheet
        report["duplicate_sheet"] = row.duplicate_sheet
    return report


def to_record(row: StagedRow) -> dict[str, Json]:
    """All that is known of a row, for keeping it while it is staged: `to_json` and the rest, dates in ISO form."""
    person = row.person or Person()
    return {
        **to_json(row),
        "sheet": row.sheet,
        "duplicate_sheet": row.duplicate_sheet,
        "reason": row.reason.value if row.reason else None,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "further_categories": list(person.further_categories),
        "ward_code": person.ward_code,
        "address": person.address,
        "neighbourhood": person.neighbourhood,
        "relative_name": person.relative_name,
        "relation": person.relation,
        "relative_phones": list(person.relative_phones),
        "household": person.household,
        "monthly_dong": person.monthly_dong,
        "paid_by": person.paid_by,
        "note": person.note,
        "deceased": person.deceased,
        "findings": [_finding(finding) for finding in row.findings],
        "raw": dict(row.raw),
    }


def _finding(finding: Finding) -> dict[str, Json]:
    return {
        "field": finding.field.value,
        "severity": finding.severity.value,
        "value": finding.value,
        "reason": finding.reason,
        "suggestion": finding.suggestion,
    }
