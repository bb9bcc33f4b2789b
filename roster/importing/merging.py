"""The merge: a staged import enters the roster whole or not at all; the same content again changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from core import audit
from roster.importing.errors import ImportClosed, ImportNotFound, RowInError, RowsInError
from roster.importing.merge_batch import Incoming, MergeBatch
from roster.importing.standing import Difference
from roster.importing.values import SKIPPED, person_of
from roster.importing.writing import Gain
from roster.intake import Status
from roster.roster_import import ImportRow, ImportState, RosterImport

_BATCH = 1000


@dataclass(frozen=True)
class RowDifference:
    """A row of the file says something about a known person otherwise than the roster, which was left as it is."""

    sheet: str
    row: int
    person_id: UUID
    difference: Difference


@dataclass
class MergeResult:
    """People, each counted once. `differences` hold personal data: for officers' eyes, never for logs."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    differences: list[RowDifference] = field(default_factory=list)


@dataclass
class _Tally:
    """The people met so far, the rows that matching could not settle, and what goes into the audit log at the end."""

    added: set[UUID] = field(default_factory=set)
    changed: set[UUID] = field(default_factory=set)
    met: set[UUID] = field(default_factory=set)
    differences: list[RowDifference] = field(default_factory=list)
    unsettled: list[RowInError] = field(default_factory=list)
    gains: list[Gain] = field(default_factory=list)


def merge(
    session: Session,
    import_id: UUID,
    merged_by: int | None,
    now: datetime,
    *,
    skip_errors: bool = False,
    communes: Collection[str] | None = None,
) -> MergeResult:
    """Bring the import's rows into the roster, all or nothing, and write it to the audit log.

    `session` must see every commune (a worker's); `communes` are those whose people may be met (None: all), and a row
    that means anybody else is in error. A row in error that was not left out refuses the whole merge
    (RowsInError names the rows), or is left out with `skip_errors`. An import that was merged before changes nothing.
    Raises ImportNotFound, ImportClosed (discarded). One merge runs at a time.
    """
    with session.begin_nested():
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('roster.merge'))"))
        staged = session.get(RosterImport, import_id, with_for_update=True, populate_existing=True)
        if staged is None:
            raise ImportNotFound
        if staged.state is ImportState.DISCARDED:
            raise ImportClosed
        if staged.state is ImportState.MERGED:
            return _merged_before(session, staged)
        _settle_errors(session, import_id, skip_errors)
        tally = _merge_rows(session, staged, now, communes)
        if tally.unsettled:
            _settle_late_errors(session, tally.unsettled, skip_errors)
        return _finish(session, staged, tally, merged_by, now)


def _merged_before(session: Session, staged: RosterImport) -> MergeResult:
    people = (staged.added or 0) + (staged.changed or 0) + (staged.unchanged or 0)
    return MergeResult(unchanged=people, left_out=_left_out(session, staged.id))


def rows_in_error(session: Session, import_id: UUID) -> list[RowInError]:
    """The rows that forbid the merge as things stand."""
    rows = session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == import_id, ImportRow.status == Status.ERROR, ~ImportRow.left_out)
        .order_by(ImportRow.id)
    )
    return [RowInError(row.id, row.sheet, row.row, tuple(row.values["errors"])) for row in rows]


def _settle_errors(session: Session, import_id: UUID, skip_errors: bool) -> None:
    wrong = rows_in_error(session, import_id)
    if wrong and not skip_errors:
        raise RowsInError(wrong)
    _leave_out(session, wrong)


def _settle_late_errors(session: Session, unsettled: Sequence[RowInError], skip_errors: bool) -> None:
    """Rows that became a question only now: the roster has changed since they were staged."""
    if not skip_errors:
        raise RowsInError(unsettled)
    _leave_out(session, unsettled)


def _leave_out(session: Session, rows: Sequence[RowInError]) -> None:
    ids = [row.row_id for row in rows]
    session.execute(update(ImportRow).where(ImportRow.id == func.any(ids)).values(left_out=True))


def _left_out(session: Session, import_id: UUID) -> int:
    rows = select(func.count()).where(ImportRow.import_id == import_id, ImportRow.left_out)
    return session.scalar(rows) or 0


def _merge_rows(session: Session, staged: RosterImport, now: datetime, communes: Collection[str] | None) -> _Tally:
    tally = _Tally()
    for rows in _batches(session, staged.id):
        outcome = MergeBatch(session, staged.id, now, communes).merge(rows)
        tally.added |= outcome.added
        tally.changed |= outcome.changed
        tally.met |= outcome.met
        tally.unsettled += outcome.unsettled
        tally.gains += outcome.gains
        tally.differences += [
            RowDifference(row.sheet, row.row, person_id, difference)
            for row, person_id, differences in outcome.differences
            for difference in differences
        ]
    return tally


def _batches(session: Session, import_id: UUID) -> Iterator[list[Incoming]]:
    """The rows to be merged in the sheet's order, a bounded number at a time."""
    last = 0
    while True:
        rows = session.execute(
            select(ImportRow.id, ImportRow.sheet, ImportRow.row, ImportRow.values, ImportRow.person_id)
            .where(ImportRow.import_id == import_id, ImportRow.id > last)
            .where(~ImportRow.left_out, ImportRow.status != SKIPPED)
            .order_by(ImportRow.id)
            .limit(_BATCH)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        yield [Incoming(row.id, row.sheet, row.row, person_of(row.values), row.person_id) for row in rows]


def _finish(session: Session, staged: RosterImport, tally: _Tally, merged_by: int | None, now: datetime) -> MergeResult:
    changed = tally.changed - tally.added
    result = MergeResult(
        added=len(tally.added),
        changed=len(changed),
        unchanged=len(tally.met - tally.added - changed),
        left_out=_left_out(session, staged.id),
        differences=tally.differences,
    )
    staged.state = ImportState.MERGED
    staged.merged_at = now
    staged.added, staged.changed, staged.unchanged = result.added, result.changed, result.unchanged
    _record(session, staged, tally.gains, result, merged_by, now)
    return result


def _record(
    session: Session,
    staged: RosterImport,
    gains: Sequence[Gain],
    result: MergeResult,
    merged_by: int | None,
    now: datetime,
) -> None:
    """Only now, after the last row: until the transaction ends nobody else can write to the audit log."""
    actor = audit.SYSTEM if merged_by is None else audit.staff_actor(merged_by)
    entries = [
        audit.entry(
            now, actor, "fill_from_import", f"person:{one.person_id}", commune_code=one.commune_code, after=one.after
        )
        for one in gains
    ]
    counts = {"added": result.added, "changed": result.changed, "unchanged": result.unchanged}
    counts |= {"left_out": result.left_out, "differences": len(result.differences)}
    merged = audit.entry(
        now,
        actor,
        "merge_import",
        f"roster_import:{staged.id}",
        before={"state": ImportState.STAGED.value},
        after={"state": ImportState.MERGED.value, **counts},
    )
    audit.record_all(session, [*entries, merged])
