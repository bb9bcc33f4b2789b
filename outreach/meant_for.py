"""To whom each kind of step goes: one question in SQL, asked when a step is sealed and before each message leaves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, or_
from sqlalchemy.orm import InstrumentedAttribute

from outreach.delivery_settings import delivery_settings
from outreach.message import Message, MessageKind, MessageMember, MessageState
from outreach.step import AFTER_AN_INVITATION, StepKind
from outreach.survey_state import CampaignColumn, PersonColumn, has_not_answered, is_unfinished
from roster.claim import Claim, ClaimState

WENT_OUT = (MessageState.CLAIMED, MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.UNKNOWN)
"""States of a message that its reader may have."""


def meant_for(kind: StepKind, person: PersonColumn, campaign: CampaignColumn, now: datetime) -> ColumnElement[bool]:
    """SQL: a step of `kind` is for this person, going by the survey alone."""
    still = still_meant_for(kind, person, campaign, now)
    return still & was_written_to(person, campaign) if kind in AFTER_AN_INVITATION else still


def still_meant_for(
    kind: StepKind, person: PersonColumn, campaign: CampaignColumn, now: datetime
) -> ColumnElement[bool]:
    """SQL: nothing has happened since that makes a step of `kind` pointless for this person."""
    idle_since = now - delivery_settings().reminder_after
    match kind:
        case StepKind.INVITATION | StepKind.REMINDER_UNANSWERED:
            return has_not_answered(person, campaign)
        case StepKind.REMINDER_UNFINISHED:
            return is_unfinished(person, campaign, idle_since)
        case StepKind.FINAL:
            return or_(has_not_answered(person, campaign), is_unfinished(person, campaign, idle_since))
        case StepKind.MONEY_CAME:
            return awaits_money(person, campaign)


def still_meant(
    kind: InstrumentedAttribute[StepKind] | ColumnElement[StepKind],
    person: PersonColumn,
    campaign: CampaignColumn,
    now: datetime,
) -> ColumnElement[bool]:
    """SQL: the same for rows of different kinds; `kind` is their step's."""
    return case(*((kind == one, still_meant_for(one, person, campaign, now)) for one in StepKind), else_=True)


def was_written_to(person: PersonColumn, campaign: CampaignColumn) -> ColumnElement[bool]:
    """SQL: a message of the campaign's waves went to the person, alone or with a household."""
    alone = exists().where(
        Message.person_id == person,
        Message.campaign_id == campaign,
        Message.kind == MessageKind.WAVE,
        Message.state.in_(WENT_OUT),
    )
    together = exists().where(
        MessageMember.person_id == person,
        MessageMember.reason.is_(None),
        MessageMember.message_id == Message.id,
        Message.campaign_id == campaign,
        Message.state.in_(WENT_OUT),
    )
    return or_(alone, together)


def awaits_money(person: PersonColumn, campaign: CampaignColumn) -> ColumnElement[bool]:
    """SQL: the welfare software has the person's account, and nobody has said yet that money came there."""
    return exists().where(
        Claim.person_id == person,
        Claim.campaign_id == campaign,
        Claim.state == ClaimState.SYNCED,
        Claim.account_index.is_not(None),
    )
