"""How far people have come with a campaign, from the row planned for them to the entry in the welfare software.

Counted in people, not messages: each counts once a line, however many messages were meant for him or her. A stage
counts everybody who has come so far by whatever way: somebody who was asked at home is declared without having replied.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    Subquery,
    cast,
    false,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from outreach.message import Message, MessageKind, MessageMember, MessageState
from outreach.step import Step
from roster.claim import Claim, ClaimState
from roster.claim_states import STANDING
from roster.contact import ContactPoint
from roster.person import Entitlement
from roster.survey.draft import Draft

_TAKEN = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNDELIVERED)
_SYNCED = (ClaimState.SYNCED, ClaimState.PAID_CONFIRMED, ClaimState.RETURNED)
_VERIFIED = (ClaimState.VERIFIED, ClaimState.APPROVED, *_SYNCED)


class Split(StrEnum):
    """What the lines of a funnel stand for. A person with two allowances stands on two lines of categories."""

    WAVE = "wave"
    COMMUNE = "commune"
    CATEGORY = "category"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Stages:
    """People who have come so far.

    planned: a message was sealed for them, alone or with a household; sent: a provider has taken it; delivered: it has
    arrived; answered: a word has come back since, or a survey was begun; surveyed: consent was given and questions are
    asked; declared, verified, synced: of the claim.
    """

    planned: int = 0
    sent: int = 0
    delivered: int = 0
    answered: int = 0
    surveyed: int = 0
    declared: int = 0
    verified: int = 0
    synced: int = 0


def stages(session: Session, campaign_id: int) -> Stages:
    """Of the whole campaign."""
    once = _each_once(campaign_id, None)
    return Stages(*session.execute(_counting(campaign_id, once)).one())


def stages_by(session: Session, campaign_id: int, split: Split) -> dict[str, Stages]:
    """By the key of each line: a step's id, a commune's code, a category's key, a channel's name."""
    once = _each_once(campaign_id, split)
    rows = session.execute(_counting(campaign_id, once).add_columns(once.c.key).group_by(once.c.key))
    return {key: Stages(*counts) for *counts, key in rows}


def _counting(campaign_id: int, once: Subquery) -> Select[Any]:
    """One number a stage, of all rows of `once`."""
    surveys, claims = _surveys(campaign_id), _claims(campaign_id)
    begun, declared = surveys.c.person_id.is_not(None), claims.c.person_id.is_not(None)
    columns: list[Any] = [
        func.count(),
        _how_many(once.c.sent),
        _how_many(once.c.delivered),
        _how_many(or_(once.c.heard, begun, declared)),
        _how_many(or_(func.coalesce(surveys.c.agreed, false()), declared)),
        _how_many(declared),
        _how_many(func.coalesce(claims.c.verified, false())),
        _how_many(func.coalesce(claims.c.synced, false())),
    ]
    return (
        select(*columns)
        .select_from(once)
        .outerjoin(surveys, surveys.c.person_id == once.c.person_id)
        .outerjoin(claims, claims.c.person_id == once.c.person_id)
    )


def _reached(campaign_id: int) -> CTE:
    """One row a person and message of the campaign. By its steps, for of these the ledger has an index."""
    steps = select(Step.id).where(Step.campaign_id == campaign_id)
    heard = _heard()
    came = heard.c.heard_at >= func.coalesce(Message.accepted_at, Message.created_at)
    seen: tuple[Any, ...] = (
        Message.channel,
        Message.state.in_(_TAKEN).label("sent"),
        (Message.state == MessageState.DELIVERED).label("delivered"),
        func.coalesce(came, false()).label("heard"),
    )
    alone = (
        select(Message.person_id, Message.commune_code, Message.step_id, *seen)
        .outerjoin(heard, heard.c.id == Message.contact_id)
        .where(Message.step_id.in_(steps), Message.kind == MessageKind.WAVE, Message.person_id.is_not(None))
    )
    together = (
        select(MessageMember.person_id, MessageMember.commune_code, MessageMember.step_id, *seen)
        .join(Message, Message.id == MessageMember.message_id)
        .outerjoin(heard, heard.c.id == Message.contact_id)
        .where(MessageMember.step_id.in_(steps), MessageMember.reason.is_(None))
    )
    return union_all(alone, together).cte("reached")


def _heard() -> CTE:
    """Phones from which a word has come: few beside those that were written to. Read once, for row-level security makes
    the planner expect so few messages that it would look every phone up by itself (of 200,000: 0.35 s)."""
    heard = select(ContactPoint.id, ContactPoint.heard_at).where(ContactPoint.heard_at.is_not(None))
    return heard.cte("heard").prefix_with("MATERIALIZED")


def _each_once(campaign_id: int, split: Split | None) -> Subquery:
    """One row a line and person (a person, where there are no lines), with the furthest that any message has come."""
    reached = _reached(campaign_id)
    held = select(Entitlement.person_id, Entitlement.category).cte("held").prefix_with("MATERIALIZED")
    key = None if split is None else _key(reached, held, split)
    rows: Select[Any] = select(
        reached.c.person_id,
        func.bool_or(reached.c.sent).label("sent"),
        func.bool_or(reached.c.delivered).label("delivered"),
        func.bool_or(reached.c.heard).label("heard"),
    ).select_from(reached)
    if split is Split.CATEGORY:
        rows = rows.outerjoin(held, held.c.person_id == reached.c.person_id)
    if key is not None:
        rows = rows.add_columns(key.label("key")).group_by(key)
    return rows.group_by(reached.c.person_id).subquery("once")


def _key(reached: CTE, held: CTE, split: Split) -> ColumnElement[str]:
    match split:
        case Split.WAVE:
            return cast(reached.c.step_id, String)
        case Split.COMMUNE:
            return func.coalesce(reached.c.commune_code, "")
        case Split.CHANNEL:
            return reached.c.channel
        case Split.CATEGORY:
            return func.coalesce(held.c.category, "")


def _surveys(campaign_id: int) -> Subquery:
    """Whoever has begun the survey; `agreed`: consent was given."""
    return (
        select(Draft.person_id, func.bool_or(Draft.consent_at.is_not(None)).label("agreed"))
        .where(Draft.campaign_id == campaign_id, Draft.person_id.is_not(None))
        .group_by(Draft.person_id)
        .subquery("surveys")
    )


def _claims(campaign_id: int) -> Subquery:
    """Whoever has a standing claim, and how far it has come."""
    return (
        select(
            Claim.person_id,
            func.bool_or(Claim.state.in_(_VERIFIED)).label("verified"),
            func.bool_or(Claim.state.in_(_SYNCED)).label("synced"),
        )
        .where(Claim.campaign_id == campaign_id, Claim.person_id.is_not(None), Claim.state.in_(STANDING))
        .group_by(Claim.person_id)
        .subquery("claims")
    )


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(which)
