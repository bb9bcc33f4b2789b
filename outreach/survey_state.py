"""Whether a person has answered, or left the survey unfinished: the questions audiences, checks and reminders share."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import InstrumentedAttribute

from roster.claim import Claim
from roster.survey.draft import Closing, Draft, DraftState, Source

type PersonColumn = InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None] | ColumnElement[UUID]
type CampaignColumn = InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | ColumnElement[int] | int


def has_claim(person: PersonColumn, campaign: CampaignColumn) -> ColumnElement[bool]:
    """SQL: the person's survey of the campaign is declared."""
    return exists().where(Claim.person_id == person, Claim.campaign_id == campaign)


def has_answered(person: PersonColumn, campaign: CampaignColumn) -> ColumnElement[bool]:
    """SQL: the person has begun, declared or ended the survey of the campaign."""
    return or_(_has_begun(person, campaign), has_claim(person, campaign))


def has_not_answered(person: PersonColumn, campaign: CampaignColumn) -> ColumnElement[bool]:
    """SQL: nothing of that. In the form that PostgreSQL turns into one join of whole tables."""
    return and_(~_has_begun(person, campaign), ~has_claim(person, campaign))


def _has_begun(person: PersonColumn, campaign: CampaignColumn) -> ColumnElement[bool]:
    return exists().where(Draft.person_id == person, Draft.campaign_id == campaign)


def is_unfinished(person: PersonColumn, campaign: CampaignColumn, idle_since: datetime) -> ColumnElement[bool]:
    """SQL: nothing is declared, and an open survey of the person has had no word since `idle_since`."""
    idle = exists().where(
        Draft.person_id == person,
        Draft.campaign_id == campaign,
        Draft.state == DraftState.OPEN,
        Draft.source == Source.BOT,  # an officer's form is the officer's to finish
        Draft.last_message_at <= idle_since,
    )
    return idle & ~_declared_or_busy(person, campaign, idle_since)


def _declared_or_busy(person: PersonColumn, campaign: CampaignColumn, idle_since: datetime) -> ColumnElement[bool]:
    """SQL: the person has declared, says to have done it at the ward, or talks to us right now over whatever phone."""
    busy = exists().where(
        Draft.person_id == person,
        Draft.campaign_id == campaign,
        or_(
            Draft.state == DraftState.DECLARED,
            Draft.closing == Closing.ALREADY_DONE,
            Draft.last_message_at > idle_since,
        ),
    )
    return or_(busy, has_claim(person, campaign))
