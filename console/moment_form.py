"""The part of a form that says when a wave goes: at a moment, from Tết, from payday, or after the person's own last
message."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from console.form_reading import FormRefused, read_date, read_number, read_time
from console.formats import day
from core.clock import VIETNAM
from outreach.calendar import Hours, in_tet, permitted
from outreach.step import StepKind
from outreach.timing import At, FromOwnStep, FromPayday, FromTet, Timing, tet_moment

MOST_DAYS, MOST_HOURS = 366, 999
_MORNING = "09:00"
_QUIET = "Giờ gửi rơi vào giờ nghỉ hoặc ngày Tết. Xin ghi giờ khác trong ngày."


class Moment(StrEnum):
    """From what a wave's time is reckoned."""

    AT = "at"
    TET = "tet"
    PAYDAY = "payday"
    OWN_STEP = "own_step"


def read_moment(form: MultiDict[str, str], hours: Hours, now: datetime) -> Timing:
    """When the form lets the wave go, within `hours`. Raises FormRefused."""
    match form.get("moment"):
        case Moment.AT:
            return read_at(form, "at_day", "at_time", hours, now)
        case Moment.TET:
            from_tet = FromTet(_days(form, "tet"), _within(form, "tet_time", hours))
            if in_tet(tet_moment(from_tet, now).astimezone(VIETNAM).date()):
                raise FormRefused("Những ngày Tết không nhắn ai cả (29 tháng Chạp đến mùng 4). Xin chọn ngày khác.")
            return from_tet
        case Moment.PAYDAY:
            return FromPayday(_days(form, "payday"), _within(form, "payday_time", hours))
        case Moment.OWN_STEP:
            count = read_number(form.get("own_count", ""), "số ngày hoặc số giờ", MOST_HOURS)
            if not count:
                raise FormRefused("Xin ghi gửi sau tin gần nhất bao lâu.")
            return FromOwnStep(timedelta(hours=count) if form.get("own_unit") == "h" else timedelta(days=count))
    raise FormRefused("Xin chọn khi nào gửi.")


def read_at(form: MultiDict[str, str], day_field: str, time_field: str, hours: Hours, now: datetime) -> At:
    """A day and an hour still to come, within `hours`. Raises FormRefused."""
    at = datetime.combine(read_date(form.get(day_field, ""), "ngày gửi"), read_time(form.get(time_field, "")), VIETNAM)
    if at < now:
        raise FormRefused("Giờ gửi đã qua. Xin ghi lại.")
    if not permitted(at, hours):
        raise FormRefused(_QUIET)
    return At(at)


def before_deadline(timing: Timing, kind: StepKind, deadline: date, now: datetime) -> None:
    """Raise FormRefused for a wave that asks people to answer after the last day for answers."""
    if kind is StepKind.MONEY_CAME:
        return
    match timing:
        case At(at):
            begins = at
        case FromTet():
            begins = tet_moment(timing, now)
        case _:
            return
    if begins.astimezone(VIETNAM).date() > deadline:
        raise FormRefused(f"Tin này gửi sau hạn chót trả lời ({day(deadline)}). Xin chọn ngày sớm hơn.")


def typed_moment(timing: Timing) -> dict[str, str]:
    """What the form shows for `timing`."""
    match timing:
        case At(at):
            local = at.astimezone(VIETNAM)
            return {"moment": Moment.AT, "at_day": day(local.date()), "at_time": f"{local:%H:%M}"}
        case FromTet(days, at):
            return _typed_days(Moment.TET, days, at)
        case FromPayday(days, at):
            return _typed_days(Moment.PAYDAY, days, at)
        case FromOwnStep(after):
            whole = after % timedelta(days=1) == timedelta(0)
            count = after // timedelta(days=1) if whole else after // timedelta(hours=1)
            return {"moment": Moment.OWN_STEP, "own_count": str(count), "own_unit": "d" if whole else "h"}


def usual_moment(kind: StepKind, at: datetime) -> dict[str, str]:
    """What is offered for a wave of `kind` that could go `at` at the earliest; the fields of other choices too."""
    offered = {
        **typed_moment(At(at)),
        **_typed_days(Moment.TET, -30, None),
        **_typed_days(Moment.PAYDAY, 2, None),
        **typed_moment(FromOwnStep(timedelta(days=3))),
    }
    chosen = {
        StepKind.INVITATION: Moment.AT,
        StepKind.REMINDER_UNANSWERED: Moment.OWN_STEP,
        StepKind.REMINDER_UNFINISHED: Moment.AT,
        StepKind.FINAL: Moment.AT,
        StepKind.MONEY_CAME: Moment.PAYDAY,
    }
    return {**offered, "moment": chosen[kind]}


def _typed_days(moment: Moment, days: int, at: time | None) -> dict[str, str]:
    side = "before" if days < 0 else "after"
    written = f"{at:%H:%M}" if at else _MORNING
    return {
        "moment": moment,
        f"{moment}_days": str(abs(days)),
        f"{moment}_side": side,
        f"{moment}_time": written,
    }


def _days(form: MultiDict[str, str], name: str) -> int:
    days = read_number(form.get(f"{name}_days", ""), "số ngày", MOST_DAYS)
    if days is None:
        raise FormRefused("Xin ghi số ngày.")
    return -days if form.get(f"{name}_side") == "before" else days


def _within(form: MultiDict[str, str], field: str, hours: Hours) -> time:
    at = read_time(form.get(field, ""))
    if not hours.opens <= at < hours.closes:
        raise FormRefused(f"Giờ gửi phải trong khoảng {hours.opens:%H:%M} đến {hours.closes:%H:%M}.")
    return at
