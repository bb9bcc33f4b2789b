"""The form that plans a campaign: what was typed, what is wrong with it, and how it looks on real rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from console.campaign_facts import typed_facts
from console.reading.campaign_progress import some_reachable
from core.clock import VIETNAM
from language.text import nfc
from outreach.audience import Audience
from outreach.calendar import permitted
from outreach.campaign_setup import CampaignPlan
from outreach.channels.registry import account_for
from outreach.delivery_settings import delivery_settings
from outreach.template_checks import faults
from outreach.templates import CampaignWords
from outreach.usual_texts import INVITATION, REMINDER
from outreach.wording import Wordsmith
from roster.campaign import AccountDetails

SAMPLES = 3
CHANNEL = "sms"


class FormRefused(ValueError):
    """Something is missing or cannot be; `str()` is Vietnamese."""


@dataclass(frozen=True)
class SampleText:
    """One finished text, its segments and its price."""

    body: str
    segments: int
    price_dong: int


@dataclass(frozen=True)
class TextPreview:
    """What is wrong with a text (then there are no samples), or how it looks on the first rows it would go to."""

    faults: list[str]
    samples: list[SampleText]


def read_plan(form: MultiDict[str, str], now: datetime) -> CampaignPlan:
    """What the form plans. Raises FormRefused."""
    name = nfc(form.get("name", "")).strip()[:200]
    if not name:
        raise FormRefused("Xin đặt tên cho đợt khảo sát.")
    deadline = read_date(form.get("deadline", ""), "hạn chót")
    due_at = _due(form)
    if due_at < now:
        raise FormRefused("Giờ gửi đã qua. Xin ghi lại.")
    if not permitted(due_at, delivery_settings().hours):
        raise FormRefused("Giờ gửi rơi vào giờ nghỉ hoặc ngày Tết. Xin ghi giờ khác trong ngày.")
    if deadline <= due_at.astimezone(VIETNAM).date():
        raise FormRefused("Hạn chót phải sau ngày gửi.")
    return CampaignPlan(
        name=name,
        deadline=deadline,
        due_at=due_at,
        facts=typed_facts(form),
        account_details=read_details(form.get("account_details", "")),
        audience=_audience(form),
        invitation=_text(form, "invitation", INVITATION),
        reminder=_text(form, "reminder", REMINDER) if form.get("with_reminder") else None,
    )


def read_date(typed: str, what: str) -> date:
    """A date as officers write it: 05/12/2026. Raises FormRefused."""
    try:
        return datetime.strptime(typed.strip(), "%d/%m/%Y").date()
    except ValueError:
        raise FormRefused(f"Xin ghi {what} theo ngày/tháng/năm, ví dụ 05/12/2026.") from None


def read_details(typed: str) -> AccountDetails:
    """Where account details are taken. Raises FormRefused."""
    if typed not in set(AccountDetails):
        raise FormRefused("Xin chọn nơi ghi số tài khoản.")
    return AccountDetails(typed)


def preview_text(session: Session, form: MultiDict[str, str], field: str, now: datetime) -> TextPreview:
    """The text in `field` as it would read for a few people of the audience, with what is typed so far."""
    text = _text(form, field, "")
    words = CampaignWords(_deadline_so_far(form, now), typed_facts(form))
    found = [str(fault) for fault in faults(text, words)]
    if found:
        return TextPreview(found, [])
    account = account_for(CHANNEL)
    smith = Wordsmith(text, account, words, now.astimezone(VIETNAM).date())
    made = [smith.word(people) for people in some_reachable(session, _audience(form), SAMPLES, now)]
    return TextPreview([], [SampleText(one.body, one.segments, one.segments * account.price_dong) for one in made])


def _deadline_so_far(form: MultiDict[str, str], now: datetime) -> date:
    try:
        return read_date(form.get("deadline", ""), "hạn chót")
    except FormRefused:
        return now.astimezone(VIETNAM).date()


def _due(form: MultiDict[str, str]) -> datetime:
    day = read_date(form.get("due_day", ""), "ngày gửi")
    try:
        at = datetime.strptime(form.get("due_time", "").strip(), "%H:%M").time()
    except ValueError:
        raise FormRefused("Xin ghi giờ gửi theo giờ:phút, ví dụ 08:30.") from None
    return datetime.combine(day, at, VIETNAM)


def _audience(form: MultiDict[str, str]) -> Audience:
    return Audience(tuple(form.getlist("communes")), tuple(form.getlist("categories")))


def _text(form: MultiDict[str, str], field: str, otherwise: str) -> str:
    return nfc(form.get(field, otherwise)).replace("\r\n", "\n").strip()
