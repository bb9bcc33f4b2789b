"""What a step will do, before it is released: how many people over which rung of its ladder, segments and đồng, how
long, whether before the quiet hours, and who is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from outreach.calendar import Hours
from outreach.campaign_hours import hours_of
from outreach.channels.provider import Account
from outreach.channels.registry import accounts_for
from outreach.channels.zalo.templates import MappingRefused, ZaloTemplate, step_templates
from outreach.forecast import Forecast, warning
from outreach.looking import households
from outreach.members import Member
from outreach.message import Message, MessageKind
from outreach.reach import Aim, Reached, aim_of, count_reached
from outreach.rungs import Rung
from outreach.sample_texts import LOOKED_AT, TextNumbers, text_numbers
from outreach.spending import spent
from outreach.step import AFTER_AN_INVITATION, Step, StepKind, is_rolling
from outreach.step_moments import first_moment
from outreach.wave_forecast import forecast_wave
from outreach.wording import words_of
from roster.campaign import Campaign


@dataclass(frozen=True)
class RungPreview:
    """One rung. numbers, forecast: of a rung by message whose account is set up; of the first rung what will be, of a
    further one the most that can come to it: nobody was reached before. problem: why nothing can go out over it."""

    rung: Rung
    account: Account | None = None
    numbers: TextNumbers | None = None
    forecast: Forecast | None = None
    late: str | None = None
    """What a manager is told where it will not be out before the quiet hours."""
    problem: str | None = None


@dataclass(frozen=True)
class Preview:
    """Numbers over the whole audience (`aim`) of a step that begins at `begins`.

    at_most: nobody has been written to yet, so a reminder is reckoned as if none of the invited had answered. rolling:
    people get it one by one as each one's moment comes; counted are those whose moment would be now. left_dong: what
    the campaign's ceiling leaves, None without one.
    """

    begins: datetime
    aim: Aim
    reached: Reached
    rungs: tuple[RungPreview, ...]
    at_most: bool
    rolling: bool
    left_dong: int | None

    @property
    def first_dong(self) -> int:
        """What the first rung costs."""
        return _dong(self.rungs[0])

    @property
    def most_dong(self) -> int:
        """What all rungs cost together where everybody climbs to the last."""
        return sum(_dong(one) for one in self.rungs)

    @property
    def over_ceiling(self) -> bool:
        """Whether the ceiling may stop it."""
        return self.left_dong is not None and self.most_dong > self.left_dong


def preview_step(session: Session, step: Step, now: datetime) -> Preview:
    """What would be sealed at `now`, within what `session` may see; `step` need not be in the database.

    Raises TimingRefused where its moment cannot be reckoned.
    """
    campaign = session.get_one(Campaign, step.campaign_id)
    aim, at_most = _aim(session, step, now)
    reached = count_reached(session, aim)
    some = households(session, aim, LOOKED_AT, reached.messages)
    begins = max(now, first_moment(session, step, campaign, now))
    rungs = []
    starts = begins
    for rung in step.rungs:
        starts += rung.after
        rungs.append(_rung(session, step, campaign, rung, some, reached.messages, starts))
    left = None if campaign.ceiling_dong is None else max(0, campaign.ceiling_dong - spent(session, campaign.id))
    return Preview(begins, aim, reached, tuple(rungs), at_most, is_rolling(step), left)


def _aim(session: Session, step: Step, now: datetime) -> tuple[Aim, bool]:
    """Whom to count, and whether they are the most that it can be."""
    aim = aim_of(step, now)
    if step.kind not in AFTER_AN_INVITATION or _has_begun(session, step.campaign_id):
        return aim, False
    return replace(aim, kind=StepKind.INVITATION), True


def _has_begun(session: Session, campaign_id: int) -> bool:
    rows = exists().where(Message.campaign_id == campaign_id, Message.kind == MessageKind.WAVE)
    return bool(session.scalar(select(rows)))


def _rung(
    session: Session,
    step: Step,
    campaign: Campaign,
    rung: Rung,
    some: list[list[Member]],
    messages: int,
    starts: datetime,
) -> RungPreview:
    if not rung.by_message:
        return RungPreview(rung)
    accounts = accounts_for(rung.channel)
    if not accounts:
        return RungPreview(rung, problem="Kênh này chưa cài đặt tài khoản gửi.")
    try:
        zalo = _template(step) if rung.channel == "zalo" else None
    except MappingRefused as refusal:
        return RungPreview(rung, accounts[0], problem=str(refusal))
    today = starts.astimezone(VIETNAM).date()
    numbers = text_numbers(step.template, accounts[0], words_of(campaign), today, some, messages, zalo)
    hours = hours_of(campaign.sending_opens, campaign.sending_closes)
    expected = forecast_wave(session, accounts[0], messages, numbers.segments, starts, hours)
    return RungPreview(rung, accounts[0], numbers, expected, _late(step, expected, hours))


def _late(step: Step, expected: Forecast, hours: Hours) -> str | None:
    return None if is_rolling(step) else warning(expected, hours)


def _template(step: Step) -> ZaloTemplate:
    """As it was kept at the release, else as it is mapped now. Raises MappingRefused."""
    if step.zalo_template is not None:
        return ZaloTemplate.model_validate(step.zalo_template)
    mapped = step_templates().get(step.kind)
    if mapped is None:
        raise MappingRefused("Chưa khai mẫu Zalo cho loại tin này.")
    return mapped


def _dong(one: RungPreview) -> int:
    return one.numbers.price_dong if one.numbers else 0
