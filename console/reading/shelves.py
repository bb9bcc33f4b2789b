"""What waits for officers lies on shelves: nobody's yet, mine, a colleague's, done with."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement

from conversations.escalation import Escalation
from outreach.follow_up import FollowUp


class Shelf(StrEnum):
    """Which part of a queue is looked at."""

    WAITING = "waiting"
    MINE = "mine"
    OTHERS = "others"
    CLOSED = "closed"


STILL_OPEN = (Shelf.WAITING, Shelf.MINE, Shelf.OTHERS)


def on_shelf(matter: type[Escalation | FollowUp], shelf: Shelf, staff_id: int) -> ColumnElement[bool]:
    """The condition under which a row of the table `matter` lies on the shelf."""
    is_open = matter.closed_at.is_(None)
    match shelf:
        case Shelf.WAITING:
            return is_open & matter.taken_by.is_(None)
        case Shelf.MINE:
            return is_open & (matter.taken_by == staff_id)
        case Shelf.OTHERS:
            return is_open & matter.taken_by.is_not(None) & (matter.taken_by != staff_id)
        case Shelf.CLOSED:
            return ~is_open
