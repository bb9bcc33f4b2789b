"""The calendar of sending: the coming weeks, and the limits that hold in them."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, render_template, request
from lunar_vn import LunarDate
from sqlalchemy import select

from console.desk import scoped
from console.permissions import Action, for_action
from console.reading.sending_calendar import A_WEEK, next_tet, sending_calendar, silence_around
from console.words import STEP_KINDS, STEP_STATES
from core.clock import now, today
from outreach.campaign_hours import hours_of
from outreach.delivery_settings import delivery_settings
from roster.campaign import Campaign, CampaignState

blueprint = Blueprint("campaign_calendar", __name__, url_prefix="/lich-gui")
WEEKS = 6
FURTHEST = timedelta(days=366 * 2)
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_MONTHS = {1: "Giêng", 12: "Chạp"}
_MUNG, _HALF_MOON = 10, 15


@blueprint.get("/")
@for_action(Action.CAMPAIGNS)
def weeks() -> str:
    """Six weeks from the one of `?tu=` on; from this week on where nothing is asked."""
    first = _first()
    tet = next_tet(today())
    with scoped() as session:
        alive = select(Campaign).where(Campaign.state != CampaignState.CLOSED).order_by(Campaign.id)
        own_hours = [
            (one, hours_of(one.sending_opens, one.sending_closes))
            for one in session.scalars(alive)
            if one.sending_opens
        ]
        return render_template(
            "campaigns/calendar.html",
            calendar=sending_calendar(session, first, WEEKS, now()),
            weekdays=WEEKDAYS,
            lunar=lunar_words,
            today=today(),
            tet=tet,
            silence=silence_around(tet),
            earlier=first - WEEKS * A_WEEK,
            later=first + WEEKS * A_WEEK,
            settings=delivery_settings(),
            own_hours=own_hours,
            step_kinds=STEP_KINDS,
            step_states=STEP_STATES,
        )


def lunar_words(lunar: LunarDate) -> str:
    """As people say it: "mùng 1 tháng Chạp", "rằm tháng Giêng", "23 tháng 10 nhuận"."""
    early = f"mùng {lunar.day}" if lunar.day <= _MUNG else str(lunar.day)
    said = "rằm" if lunar.day == _HALF_MOON else early
    return f"{said} tháng {_MONTHS.get(lunar.month, lunar.month)}{' nhuận' if lunar.leap else ''}"


def _first() -> date:
    try:
        asked = date.fromisoformat(request.args.get("tu", ""))
    except ValueError:
        return today()
    return asked if abs(asked - today()) <= FURTHEST else today()
