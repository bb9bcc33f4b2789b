"""The form by which people are chosen: what was typed, and the audience it means."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from console.audience_words import REACHED_BY, SURVEY_STATES
from console.form_reading import FormRefused, read_number
from console.words import GROUP_NAMES, category_names
from outreach.audience import Audience, ReachedBy, Survey
from roster.commune import Commune
from roster.survey.outcome import OutcomeGroup

OLDEST, LONGEST_QUIET = 130, 3650
_PERCENT = 100


class LastContact(StrEnum):
    """What the form asks about the last message."""

    ANY = "any"
    NEVER = "never"
    QUIET = "quiet"


LAST_CONTACTS = {
    LastContact.ANY: "Không xét",
    LastContact.NEVER: "Chưa được nhắn tin lần nào",
    LastContact.QUIET: "Không nhận tin nào trong số ngày vừa qua:",
}


def read_audience(form: MultiDict[str, str]) -> Audience:
    """The audience that the form means. Raises FormRefused."""
    youngest = read_number(form.get("age_from", ""), "tuổi", OLDEST)
    oldest = read_number(form.get("age_to", ""), "tuổi", OLDEST)
    if youngest is not None and oldest is not None and youngest > oldest:
        raise FormRefused("Tuổi từ phải nhỏ hơn hoặc bằng tuổi đến.")
    percent = read_number(form.get("sample", ""), "tỷ lệ phần trăm", _PERCENT)
    if percent == 0:
        raise FormRefused("Tỷ lệ phần trăm phải từ 1 đến 100.")
    return Audience(
        communes=tuple(form.getlist("communes")),
        categories=tuple(form.getlist("categories")),
        age_from=youngest,
        age_to=oldest,
        groups=tuple(one for one in form.getlist("groups") if one in set(OutcomeGroup)),
        survey=tuple(Survey(one) for one in form.getlist("survey") if one in set(Survey)),
        reach=tuple(ReachedBy(one) for one in form.getlist("reach") if one in set(ReachedBy)),
        quiet_days=_quiet_days(form),
        never_written=form.get("last_contact") == LastContact.NEVER,
        sample=None if percent in (None, _PERCENT) else percent / _PERCENT,
    )


def typed_audience(audience: Audience) -> MultiDict[str, str]:
    """What the form shows for `audience`."""
    many = ("communes", "categories", "groups", "survey", "reach")
    typed: MultiDict[str, str] = MultiDict((name, str(one)) for name in many for one in getattr(audience, name))
    for name in ("age_from", "age_to", "quiet_days"):
        value = getattr(audience, name)
        typed[name] = "" if value is None else str(value)
    typed["sample"] = "" if audience.sample is None else f"{audience.sample * _PERCENT:g}"
    quiet = LastContact.ANY if audience.quiet_days is None else LastContact.QUIET
    typed["last_contact"] = LastContact.NEVER if audience.never_written else quiet
    return typed


def audience_choices(session: Session) -> dict[str, Any]:
    """What the template of the form's fields offers."""
    return {
        "communes": session.scalars(select(Commune).order_by(Commune.folded_name)).all(),
        "categories": category_names(),
        "group_names": GROUP_NAMES,
        "survey_states": SURVEY_STATES,
        "reached_by": REACHED_BY,
        "last_contacts": LAST_CONTACTS,
    }


def _quiet_days(form: MultiDict[str, str]) -> int | None:
    if form.get("last_contact") != LastContact.QUIET:
        return None
    days = read_number(form.get("quiet_days", ""), "số ngày", LONGEST_QUIET)
    if not days:
        raise FormRefused("Xin ghi số ngày không nhận tin.")
    return days
