"""A campaign: what the survey asks and which facts its answers state."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.orm import Base


class AccountDetails(StrEnum):
    """Where account details are taken: the police tell people never to send an account number to a message."""

    CHAT = "chat"
    OFFICER = "officer"
    VNEID = "vneid"


class CampaignState(StrEnum):
    """Whether the campaign's survey is open. Paused: it takes answers, but nothing proactive goes out."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"


TAKES_ANSWERS = (CampaignState.RUNNING, CampaignState.PAUSED)


class Campaign(Base):
    """One survey. `facts` fills the answers: office, hours, phone, payday, documents (configuration, never code)."""

    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    name: Mapped[str]
    account_details: Mapped[AccountDetails]
    deadline: Mapped[date]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[CampaignState]
    pause_reason: Mapped[str | None]
    """Why it is paused: a code of `outreach.campaign_pause`."""
    paused_at: Mapped[datetime | None]
    ceiling_dong: Mapped[int | None] = mapped_column(BigInteger)
    """What its messages may cost together; None sets no limit."""
    sending_opens: Mapped[time | None]
    sending_closes: Mapped[time | None]
    """Hours of the day (in Vietnam) of its own in which its messages go out; None: the installation's."""
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """Since when it is over: the retention of what was said in it counts from here (`roster.privacy.settings`)."""
