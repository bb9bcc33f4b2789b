"""The end of the audit log's chain, noted again and again outside the database.

A chain shows what was changed, taken out or put in anywhere inside it. Whoever owns the database could still cut off
its end, or write everything anew from some entry on: then the chain is whole, and what was noted earlier is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import AuditEntry


class NotesUnreadable(ValueError):
    """A line of the notes is none of ours; `str()` names it by its number."""


@dataclass(frozen=True)
class Note:
    """At `at` the last entry was `entry_id`, with this hash."""

    at: datetime
    entry_id: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.entry_id} {self.hash.hex()}"


def present_end(session: Session, at: datetime) -> Note | None:
    """The chain's end now; None for an empty log. `session` must see every entry."""
    last = session.execute(select(AuditEntry.id, AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)).first()
    return None if last is None else Note(at, last.id, last.hash)


def keep(note: Note, file: Path) -> None:
    """Append `note` to the file, unless its last line says the same entry."""
    lines = file.read_text().splitlines() if file.exists() else []
    if not lines or _read(lines[-1], len(lines)).entry_id != note.entry_id:
        with file.open("a") as notes:
            notes.write(f"{note}\n")


def notes_in(file: Path) -> Iterator[Note]:
    """All notes of the file. Raises NotesUnreadable."""
    for number, line in enumerate(file.read_text().splitlines(), 1):
        yield _read(line, number)


def first_missing(session: Session, notes: Iterator[Note]) -> Note | None:
    """The first note whose entry is gone or has another hash; None while all stand in the log."""
    for note in notes:
        if session.scalar(select(AuditEntry.hash).where(AuditEntry.id == note.entry_id)) != note.hash:
            return note
    return None


def _read(line: str, number: int) -> Note:
    try:
        at, entry_id, digest = line.split()
        return Note(datetime.fromisoformat(at), int(entry_id), bytes.fromhex(digest))
    except ValueError:
        raise NotesUnreadable(f"dòng {number}") from None
