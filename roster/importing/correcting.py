"""What an officer does with a staged row: correct it, leave it out, take it in again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core import audit
from roster.importing.against_roster import hold_against_roster
from roster.importing.errors import ImportNotFound, NotACorrection
from roster.importing.staging import intake_settings, open_import
from roster.importing.values import SKIPPED, findings_of, person_of, status_of
from roster.intake import (
    Field,
    Finding,
    IntakeSettings,
    Person,
    Role,
    RowKind,
    Severity,
    StagedRow,
    read_texts,
    to_record,
)
from roster.intake.categories import load_categories
from roster.roster_import import ImportRow

CORRECTABLE = (
    Role.FULL_NAME,
    Role.BIRTH,
    Role.GENDER,
    Role.CITIZEN_ID,
    Role.CATEGORY,
    Role.WARD,
    Role.ADDRESS,
    Role.NEIGHBOURHOOD,
    Role.PHONES,
    Role.RELATIVE,
    Role.RELATION,
    Role.RELATIVE_PHONES,
    Role.AMOUNT,
    Role.PAID_BY,
    Role.HOUSEHOLD,
    Role.NOTE,
    Role.DECEASED,
)
"""What may be corrected, in the order a form shows it."""

_IDENTITY = frozenset({Role.FULL_NAME, Role.BIRTH, Role.CITIZEN_ID, Role.WARD})
_FIELD_OF = {
    Role.FULL_NAME: Field.FULL_NAME,
    Role.BIRTH: Field.BIRTH_YEAR,
    Role.GENDER: Field.GENDER,
    Role.CITIZEN_ID: Field.CITIZEN_ID,
    Role.CATEGORY: Field.CATEGORY,
    Role.WARD: Field.WARD,
    Role.PHONES: Field.PHONES,
    Role.AMOUNT: Field.AMOUNT,
}
_GENDERS = {"male": "Nam", "female": "Nữ"}


def correctable_texts(row: ImportRow, now: datetime) -> dict[Role, str]:
    """What a form for this row begins with: the values as they were read, or what the sheet says where none was."""
    person = person_of(row.values)
    texts = _texts(person, intake_settings(now))
    for finding in findings_of(row.values):
        for role, field in _FIELD_OF.items():
            if field is finding.field and not texts[role]:
                texts[role] = finding.value
    return texts


def correct_row(
    session: Session,
    row_id: int,
    changes: Mapping[Role, str],
    corrected_by: int | None,
    now: datetime,
    communes: Collection[str] | None = None,
) -> ImportRow:
    """Read the row again with `changes` (role → typed text, "" for nothing), by the rules of the first reading.

    `communes`: those whose people the row may mean, None for all. The cells as found stay beside the corrected values.
    Raises ImportNotFound, ImportClosed, NotACorrection.
    """
    row = _open_row(session, row_id)
    if row.status == SKIPPED or not set(changes) <= set(CORRECTABLE):
        raise NotACorrection
    read = _read_again(row, changes, now)
    before = row.status
    (row.person_id,) = hold_against_roster(session, [read], communes)
    row.values = {
        **to_record(read),
        "corrected": sorted({*row.values.get("corrected", []), *map(str, changes)}),
    }
    row.commune_code = read.person.ward_code if read.person else None
    row.status = status_of(read)
    changed: dict[str, Any] = {"status": row.status, "fields": sorted(map(str, changes))}
    _record(session, row, "correct_import_row", now, corrected_by, {"status": before}, changed)
    return row


def leave_out(
    session: Session, row_id: int, left_out_by: int | None, now: datetime, *, left_out: bool = True
) -> ImportRow:
    """Leave the row out of the merge, or (`left_out=False`) take it in again. Raises ImportNotFound, ImportClosed."""
    row = _open_row(session, row_id)
    if row.left_out is not left_out:
        _record(
            session,
            row,
            "leave_out_import_row",
            now,
            left_out_by,
            {"left_out": row.left_out},
            {"left_out": left_out},
        )
        row.left_out = left_out
    return row


def _open_row(session: Session, row_id: int) -> ImportRow:
    found = session.get(ImportRow, row_id)
    if found is None:
        raise ImportNotFound
    open_import(session, found.import_id)  # first the import, then its row: a merge locks in that order too
    return session.get_one(ImportRow, row_id, with_for_update=True, populate_existing=True)


def _read_again(row: ImportRow, changes: Mapping[Role, str], now: datetime) -> StagedRow:
    person, findings = read_texts({**correctable_texts(row, now), **changes}, intake_settings(now))
    kept = row.values
    read = StagedRow(row.sheet, row.row, RowKind.PERSON, None, person, findings, raw=dict(kept["raw"]))
    if not _IDENTITY & set(changes):
        read.duplicate_of, read.duplicate_sheet = kept["duplicate_of"], kept["duplicate_sheet"]
        read.findings += [finding for finding in findings_of(kept) if _is_duplicate_in_file(finding)]
    return read


def _is_duplicate_in_file(finding: Finding) -> bool:
    """Not the errors that the roster gives rise to: those are found anew."""
    return finding.field is Field.DUPLICATE and finding.severity is Severity.WARNING


def _texts(person: Person, settings: IntakeSettings) -> dict[Role, str]:
    labels = load_categories(settings.categories_file).labels
    born = person.birth_date.strftime("%d/%m/%Y") if person.birth_date else str(person.birth_year or "")
    categories = [labels[name] for name in (person.category, *person.further_categories) if name]
    return {
        Role.FULL_NAME: person.full_name or "",
        Role.BIRTH: born,
        Role.GENDER: _GENDERS[person.gender] if person.gender else "",
        Role.CITIZEN_ID: person.citizen_id or "",
        Role.CATEGORY: "; ".join(categories),
        Role.WARD: person.ward or "",
        Role.ADDRESS: person.address or "",
        Role.NEIGHBOURHOOD: person.neighbourhood or "",
        Role.PHONES: "; ".join(person.phones),
        Role.RELATIVE: person.relative_name or "",
        Role.RELATION: person.relation or "",
        Role.RELATIVE_PHONES: "; ".join(person.relative_phones),
        Role.AMOUNT: str(person.monthly_dong or ""),
        Role.PAID_BY: person.paid_by or "",
        Role.HOUSEHOLD: person.household or "",
        Role.NOTE: person.note or "",
        Role.DECEASED: "đã mất" if person.deceased else "",
    }


def _record(
    session: Session,
    row: ImportRow,
    action: str,
    now: datetime,
    by: int | None,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    actor = audit.SYSTEM if by is None else audit.staff_actor(by)
    audit.record(
        session,
        now,
        actor,
        action,
        f"import_row:{row.id}",
        commune_code=row.commune_code,
        before=before,
        after=after,
    )
