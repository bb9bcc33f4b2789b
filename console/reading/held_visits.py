"""What is held on one person from visits, from the match with the police, and as requests to change the roster."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from console import change_words, match_words, visit_words
from console.reading.held_record import Field, Section
from roster.changes.change_request import ChangeRequest
from roster.changes.values import FIELD_NAMES
from roster.matching_police.match_file import MatchRow
from roster.visiting.visit_list import VisitRow


def visits(session: Session, person_id: UUID) -> Section:
    """Why somebody went there, and what was found. The printed code is none of the person's data."""
    rows = session.scalars(select(VisitRow).where(VisitRow.person_id == person_id).order_by(VisitRow.id))
    records = [
        [
            Field("reason", "Vì sao đến", row.reason, visit_words.REASONS[row.reason]),
            Field("visited_on", "Ngày đến", row.visited_on),
            Field("outcome", "Kết quả", row.outcome, visit_words.OUTCOMES[row.outcome] if row.outcome else None),
            Field("note", "Ghi chú", row.note),
        ]
        for row in rows
    ]
    return Section("visits", "Đến thăm nhà", records)


def matches(session: Session, person_id: UUID) -> Section:
    """What went to the police about the person, and what they said."""
    rows = session.scalars(select(MatchRow).where(MatchRow.person_id == person_id).order_by(MatchRow.id))
    records = [
        [
            Field("sent", "Đã gửi công an", row.sent, _fields(row.sent)),
            Field("result", "Kết quả", row.result, match_words.RESULTS[row.result] if row.result else None),
            Field("answer", "Công an ghi", row.answer, _answer(row)),
            Field("answered_at", "Ghi lúc", row.answered_at),
        ]
        for row in rows
    ]
    return Section("matches", "Đối chiếu với công an", records)


def changes(session: Session, person_id: UUID) -> Section:
    """Which changes somebody asked for, and how each was decided."""
    rows = session.scalars(select(ChangeRequest).where(ChangeRequest.person_id == person_id).order_by(ChangeRequest.id))
    records = [
        [
            Field("field", "Mục", row.field, FIELD_NAMES[row.field]),
            Field("old", "Khi ấy ghi", row.old),
            Field("new", "Đề nghị ghi", row.new),
            Field("source", "Từ đâu", row.source, change_words.SOURCES[row.source]),
            Field("asked_at", "Đề nghị lúc", row.asked_at),
            Field("state", "Quyết định", row.state, change_words.STATES[row.state]),
            Field("decided_at", "Quyết định lúc", row.decided_at),
            Field("reason", "Vì sao không sửa", row.reason),
        ]
        for row in rows
    ]
    return Section("changes", "Đề nghị sửa thông tin", records)


def _fields(said: dict[str, str]) -> str:
    return "; ".join(f"{FIELD_NAMES[field]}: {said[field.value]}" for field in FIELD_NAMES if said.get(field.value))


def _answer(row: MatchRow) -> str | None:
    if row.answer is None:
        return None
    note = str(row.answer["note"])
    return "; ".join(one for one in (_fields(row.answer["fields"]), note) if one) or None
