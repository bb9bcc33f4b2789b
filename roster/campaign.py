"""A campaign: what the survey asks and which facts its answers state."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.orm import Base


class AccountDetails(StrEnum):
    """Where account details are taken: the police tell people never to send an account number to a message."""

    CHAT = "chat"
    OFFICER = "officer"
    VNEID = "vneid"


class CampaignState(StrEnum):
    """Whether the campaign's survey is open."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


class Campaign(Base):
    """One survey. `facts` fills the answers: office, hours, phone, payday, documents (configuration, never code)."""

    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    name: Mapped[str]
    account_details: Mapped[AccountDetails]
    deadline: Mapped[date]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[CampaignState]
    created_at: Mapped[datetime]
