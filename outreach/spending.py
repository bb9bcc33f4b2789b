"""What a campaign has spent: one number, kept by whoever commits or takes back a message's price.

The sum of `message.price_dong` over a campaign is what is committed for it: messages under way, of unknown fate, or
taken by a provider. The number is changed under the lock of its row in the transaction that changes the messages, so
it never differs from that sum, and two workers can never pass a ceiling together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import BigInteger, ForeignKey, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.orm import Base
from outreach.message import Message
from roster.campaign import Campaign


class CampaignSpend(Base):
    """The đồng committed for one campaign."""

    __tablename__ = "campaign_spend"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    committed_dong: Mapped[int] = mapped_column(BigInteger)


def spent(session: Session, campaign_id: int) -> int:
    """The đồng committed for the campaign so far."""
    found = session.scalar(select(CampaignSpend.committed_dong).where(CampaignSpend.campaign_id == campaign_id))
    return found or 0


def lock_budget(session: Session, campaign_id: int) -> int | None:
    """What the campaign may still spend, locked until the transaction ends; None where no ceiling is set."""
    committed = session.scalar(_add(campaign_id, 0))
    ceiling = session.scalar(select(Campaign.ceiling_dong).where(Campaign.id == campaign_id))
    return None if ceiling is None else max(0, ceiling - (committed or 0))


def commit_prices(session: Session, campaign_id: int, dong: int) -> None:
    """Add the prices of messages that are about to go out. Each message keeps its own as `price_dong`."""
    session.execute(_add(campaign_id, dong))


def take_back(session: Session, messages: Iterable[Message]) -> None:
    """These messages have certainly not been sent: their prices are free again."""
    freed: dict[int, int] = defaultdict(int)
    for message in messages:
        if message.campaign_id is not None and message.price_dong is not None:
            freed[message.campaign_id] += message.price_dong
            message.price_dong = None
    for campaign_id in sorted(freed):
        session.execute(_add(campaign_id, -freed[campaign_id]))


def wrong_sums(session: Session) -> int:
    """Campaigns whose number is not the sum of their messages' prices; 0 is right."""
    sums = select(Message.campaign_id, func.sum(Message.price_dong).label("dong")).where(
        Message.campaign_id.is_not(None), Message.price_dong.is_not(None)
    )
    told = sums.group_by(Message.campaign_id).subquery()
    differ = (
        select(func.count())
        .select_from(CampaignSpend)
        .outerjoin(told, told.c.campaign_id == CampaignSpend.campaign_id, full=True)
        .where(func.coalesce(CampaignSpend.committed_dong, 0) != func.coalesce(told.c.dong, 0))
    )
    return session.scalar(differ) or 0


def _add(campaign_id: int, dong: int):  # type: ignore[no-untyped-def]
    row = insert(CampaignSpend).values(campaign_id=campaign_id, committed_dong=dong)
    together = {"committed_dong": CampaignSpend.committed_dong + dong}
    return row.on_conflict_do_update(index_elements=[CampaignSpend.campaign_id], set_=together).returning(
        CampaignSpend.committed_dong
    )
