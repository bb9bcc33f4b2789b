"""What the population data say of a person, and what follows from it: one table. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from roster.changes.change_request import ChangeField


class MatchResult(StrEnum):
    """What the population data say of a person."""

    MATCHED = "matched"
    MISMATCH = "mismatch"
    NOT_FOUND = "not_found"
    NO_ID = "no_id"
    DECEASED = "deceased"
    MOVED = "moved"
    ABSENT = "absent"
    TEMPORARY_RESIDENCE = "temporary_residence"


@dataclass(frozen=True)
class Follow:
    """What a result brings about. Nothing of it changes the roster or a payment by itself.

    asks: the request that another officer decides. pauses: nothing proactive goes out until it is decided. visit:
    somebody goes there. corrects: the fields said otherwise become requests.
    """

    asks: ChangeField | None = None
    pauses: bool = False
    visit: bool = False
    corrects: bool = True


FOLLOWS: Mapping[MatchResult, Follow] = {
    MatchResult.MATCHED: Follow(corrects=False),
    MatchResult.MISMATCH: Follow(),
    MatchResult.NOT_FOUND: Follow(visit=True),
    MatchResult.NO_ID: Follow(visit=True),
    MatchResult.DECEASED: Follow(asks=ChangeField.DECEASED, pauses=True),
    MatchResult.MOVED: Follow(asks=ChangeField.MOVED),
    MatchResult.ABSENT: Follow(visit=True),
    MatchResult.TEMPORARY_RESIDENCE: Follow(),
}
NEEDS_A_VISIT = tuple(result for result, follow in FOLLOWS.items() if follow.visit)
