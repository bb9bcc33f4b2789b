"""The one statement that gives a step its rows: a message for each phone that is reached, the others of its household
beside it, and everybody else with the reason.

It is one statement, so a crash in its middle leaves nothing, and its memory does not grow with the audience.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CTE, ColumnElement, String, and_, delete, exists, func, insert, literal, literal_column, select
from sqlalchemy.dialects.postgresql import insert as insert_unless
from sqlalchemy.orm import Session

from outreach.channels.provider import Account
from outreach.delivery_settings import delivery_settings
from outreach.left_out import StepLeftOut
from outreach.message import Message, MessageKind, MessageMember, MessageState
from outreach.reach import Aim, make_room, reached
from outreach.reasons import Reason
from outreach.step import Step
from roster.person import Person

_NEXT_NUMBER = func.nextval(literal_column("'message_id_seq'"))


@dataclass(frozen=True)
class Sealed:
    """What was added: rows of the ledger, people who share them, people left out (less those who are so no more)."""

    rows: int = 0
    members: int = 0
    left_out: int = 0

    @property
    def people(self) -> int:
        return self.rows + self.members + self.left_out


def without_row(step_id: int, rung: int = 0) -> ColumnElement[bool]:
    """SQL on Person: the person has no row on this rung of the step, alone or with a household."""
    alone = exists().where(Message.person_id == Person.id, Message.step_id == step_id, Message.rung == rung)
    together = exists().where(
        MessageMember.person_id == Person.id, MessageMember.step_id == step_id, MessageMember.rung == rung
    )
    return and_(~alone, ~together)


def seal_rows(session: Session, step: Step, aim: Aim, account: Account, now: datetime) -> Sealed:
    """Give the people of `aim` (none of whom may have one) their rows on the first rung of the step.

    Somebody who was left out before and is reached now is left out no more.
    """
    make_room(session)
    everybody = reached(aim)
    placed = _placed(everybody)
    left_out, back_in = _left_out(everybody, placed, step), _back_in(placed, step)
    counts = select(
        _count(placed, _leads(placed)), _count(placed, _follows(placed)), _count(left_out) - _count(back_in)
    )
    return Sealed(*session.execute(counts.add_cte(*_rows(placed, step, 0, account, now))).one())


def seal_next_rung(session: Session, step: Step, rung: int, aim: Aim, account: Account, now: datetime) -> Sealed:
    """Give the people of `aim` their rows on a further rung. Who is not reached any more gets none."""
    placed = _placed(reached(aim))
    counts = select(_count(placed, _leads(placed)), _count(placed, _follows(placed)))
    return Sealed(*session.execute(counts.add_cte(*_rows(placed, step, rung, account, now))).one())


def _placed(everybody: CTE) -> CTE:
    """Those who are reached, each with a place among the people of the commune who share the phone, the number of their
    message, and how many they are.

    The number is drawn for everybody, so that the household's is known without a second look at the table; those of
    members are never used. Across communes nothing is shared: every office speaks for itself.
    """
    numbered = select(everybody, _NEXT_NUMBER.label("number")).where(everybody.c.reason.is_(None)).cte("numbered")
    household = [numbered.c.contact_id, numbered.c.commune_code]
    in_order = [
        numbered.c.rank.nulls_last(),
        numbered.c.given_name_folded,
        numbered.c.folded_name,
        numbered.c.person_id,
    ]
    return select(
        numbered.c.person_id,
        numbered.c.commune_code,
        numbered.c.contact_id,
        func.row_number().over(partition_by=household, order_by=in_order).label("place"),
        func.first_value(numbered.c.number).over(partition_by=household, order_by=in_order).label("message_id"),
        func.count().over(partition_by=household).label("sharing"),
    ).cte("placed")


def _leads(placed: CTE) -> ColumnElement[bool]:
    return and_(placed.c.place == 1, placed.c.sharing <= delivery_settings().most_people_a_phone)


def _follows(placed: CTE) -> ColumnElement[bool]:
    return and_(placed.c.place > 1, placed.c.sharing <= delivery_settings().most_people_a_phone)


def _rows(placed: CTE, step: Step, rung: int, account: Account, now: datetime) -> tuple[CTE, CTE]:
    message = {
        Message.id: placed.c.message_id,
        Message.kind: literal(MessageKind.WAVE, Message.kind.type),
        Message.campaign_id: literal(step.campaign_id),
        Message.step_id: literal(step.id),
        Message.rung: literal(rung),
        Message.person_id: placed.c.person_id,
        Message.commune_code: placed.c.commune_code,
        Message.contact_id: placed.c.contact_id,
        Message.ordinal: literal(0),
        Message.channel: literal(account.channel),
        Message.account: literal(account.name),
        Message.provider: literal(account.provider),
        Message.segments: literal(0),
        Message.due_at: literal(now),
        Message.state: literal(MessageState.PLANNED, Message.state.type),
        Message.created_at: literal(now),
        Message.changed_at: literal(now),
    }
    member = {
        MessageMember.message_id: placed.c.message_id,
        MessageMember.person_id: placed.c.person_id,
        MessageMember.step_id: literal(step.id),
        MessageMember.rung: literal(rung),
        MessageMember.commune_code: placed.c.commune_code,
    }
    messages = insert(Message).from_select(
        list(message), select(*message.values()).where(_leads(placed)), include_defaults=False
    )
    members = insert(MessageMember).from_select(
        list(member), select(*member.values()).where(_follows(placed)), include_defaults=False
    )
    return messages.cte("messages"), members.cte("members")


def _left_out(everybody: CTE, placed: CTE, step: Step) -> CTE:
    crowded = placed.c.sharing > delivery_settings().most_people_a_phone
    reason = literal(Reason.SHARED_BY_MANY.value, String)
    rows = (
        select(literal(step.id), everybody.c.person_id, everybody.c.commune_code, everybody.c.reason)
        .where(everybody.c.reason.is_not(None))
        .union_all(select(literal(step.id), placed.c.person_id, placed.c.commune_code, reason).where(crowded))
    )
    columns = [StepLeftOut.step_id, StepLeftOut.person_id, StepLeftOut.commune_code, StepLeftOut.reason]
    row = insert_unless(StepLeftOut).from_select(columns, rows, include_defaults=False)
    return row.on_conflict_do_nothing().returning(literal(1)).cte("left_out")


def _back_in(placed: CTE, step: Step) -> CTE:
    among = exists().where(placed.c.person_id == StepLeftOut.person_id, _leads(placed) | _follows(placed))
    return delete(StepLeftOut).where(StepLeftOut.step_id == step.id, among).returning(literal(1)).cte("back_in")


def _count(rows: CTE, *which: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(rows).where(*which).scalar_subquery()
