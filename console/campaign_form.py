"""The form that plans a campaign: what was typed, what is wrong with it, and how it looks on real rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from console.campaign_facts import typed_facts
from console.form_reading import FormRefused, read_date, read_number, read_text
from console.formats import sentence
from console.ladder_form import read_ladder
from console.moment_form import read_at
from console.reading.campaign_progress import some_reachable
from console.wave_words import why_without_text
from console.whom_form import read_whom
from core.clock import VIETNAM
from language.text import nfc
from outreach.campaign_setup import CampaignPlan
from outreach.channels.registry import account_for
from outreach.delivery_settings import delivery_settings
from outreach.template_checks import faults
from outreach.templates import CampaignWords
from outreach.usual_texts import INVITATION, REMINDER
from outreach.wording import CannotWord, Wordsmith
from roster.campaign import AccountDetails

SAMPLES = 3
MOST_DONG = 100_000_000_000
CHANNEL = "sms"


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


def read_plan(session: Session, form: MultiDict[str, str], now: datetime) -> CampaignPlan:
    """What the form plans. Raises FormRefused."""
    name = nfc(form.get("name", "")).strip()[:200]
    if not name:
        raise FormRefused("Xin đặt tên cho đợt khảo sát.")
    deadline = read_date(form.get("deadline", ""), "hạn chót")
    due_at = read_at(form, "due_day", "due_time", delivery_settings().hours, now).moment
    if deadline <= due_at.astimezone(VIETNAM).date():
        raise FormRefused("Hạn chót phải sau ngày gửi.")
    return CampaignPlan(
        name=name,
        deadline=deadline,
        due_at=due_at,
        facts=typed_facts(form),
        account_details=read_details(form.get("account_details", "")),
        audience=read_whom(session, form),
        ladder=read_ladder(form) if form.get("own_ladder") else (),
        ceiling_dong=read_number(form.get("ceiling", ""), "mức chi", MOST_DONG),
        invitation=read_text(form, "invitation", INVITATION),
        reminder=read_text(form, "reminder", REMINDER) if form.get("with_reminder") else None,
    )


def read_details(typed: str) -> AccountDetails:
    """Where account details are taken. Raises FormRefused."""
    if typed not in set(AccountDetails):
        raise FormRefused("Xin chọn nơi ghi số tài khoản.")
    return AccountDetails(typed)


def preview_text(session: Session, form: MultiDict[str, str], field: str, now: datetime) -> TextPreview:
    """The text in `field` as it would read for a few people of the audience, with what is typed so far."""
    text = read_text(form, field)
    words = CampaignWords(_deadline_so_far(form, now), typed_facts(form))
    found = [str(fault) for fault in faults(text, words)]
    if found:
        return TextPreview(found, [])
    account = account_for(CHANNEL)
    smith = Wordsmith(text, account, words, now.astimezone(VIETNAM).date())
    try:
        made = [smith.word(people) for people in some_reachable(session, read_whom(session, form), SAMPLES, now)]
    except (CannotWord, FormRefused) as refusal:
        return TextPreview([sentence(why_without_text(str(refusal)))], [])
    return TextPreview([], [SampleText(one.body, one.segments, one.segments * account.price_dong) for one in made])


def _deadline_so_far(form: MultiDict[str, str], now: datetime) -> date:
    try:
        return read_date(form.get("deadline", ""), "hạn chót")
    except FormRefused:
        return now.astimezone(VIETNAM).date()
