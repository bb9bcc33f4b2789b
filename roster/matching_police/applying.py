"""What follows from the police's results: requests for another officer, a pause after a death, visits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core import audit
from roster.changes.asking import ask
from roster.changes.change_request import ChangeField, ChangeSource
from roster.changes.values import DEAD
from roster.deaths import pause_after_report
from roster.matching_police.match_file import MatchRow
from roster.matching_police.results import FOLLOWS, MatchResult
from roster.person import Person
from roster.returned.returned_file import ReturnedRow
from roster.returned.staging import Apply

_UNKNOWN_PLACE = "Chưa rõ nơi đến"


def apply_results(session: Session, staff_id: int | None, at: datetime) -> Apply:
    """Brings in the rows of one file, for `roster.returned.staging.merge_returned`."""

    def apply(row: ReturnedRow, person: Person) -> bool:
        return _apply(session, row.values["given"], person, staff_id, at)

    return apply


def _apply(session: Session, given: dict[str, Any], person: Person, staff_id: int | None, at: datetime) -> bool:
    """Whether the answer is new."""
    sent = session.get_one(MatchRow, given["match_row"], with_for_update=True)
    result, answer = MatchResult(given["result"]), {"fields": given["fields"], "note": given["note"]}
    if (sent.result, sent.answer) == (result, answer):
        return False
    before = sent.result
    sent.result, sent.answer, sent.answered_at = result, answer, at
    actor = audit.SYSTEM if staff_id is None else audit.staff_actor(staff_id)
    told = audit.entry(
        at,
        actor,
        "match.answered",
        f"person:{person.id}",
        commune_code=person.commune_code,
        before={"match": before.value if before else None},
        after={"match": result.value, "fields": sorted(given["fields"])},
    )
    asked = [
        ask(session, person, field, new, ChangeSource.POLICE, actor, staff_id, at, old=old)
        for field, new, old in _requests(result, given, sent)
    ]
    audit.record_all(session, [told, *(one for one in asked if one)])
    if FOLLOWS[result].pauses:
        pause_after_report(session, person, actor, at)
    return True


def _requests(result: MatchResult, given: dict[str, Any], sent: MatchRow) -> list[tuple[ChangeField, str, str | None]]:
    """(field, new, what the file said) of every request that follows."""
    follow = FOLLOWS[result]
    requests: list[tuple[ChangeField, str, str | None]] = []
    if follow.asks is ChangeField.DECEASED:
        requests.append((ChangeField.DECEASED, DEAD, None))
    if follow.asks is ChangeField.MOVED:
        requests.append((ChangeField.MOVED, given["note"] or _UNKNOWN_PLACE, None))
    if follow.corrects:
        requests += [(ChangeField(name), new, sent.sent[name]) for name, new in sorted(given["fields"].items())]
    return requests
