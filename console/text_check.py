"""What the gate says of a text that is being written, and how it will read on the shortest and the longest row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from console.campaign_facts import typed_facts
from console.form_reading import FormRefused, read_date
from core.clock import VIETNAM, now
from outreach.campaign_setup import findings_in
from outreach.channels.registry import accounts_for
from outreach.step import StepKind
from outreach.template_checks import faults
from outreach.template_findings import Advice, Finding
from outreach.template_lengths import Reader, variants
from outreach.template_readability import advice
from outreach.templates import CampaignWords, PlaceholderError
from outreach.wording import in_commune, words_of
from roster.campaign import Campaign

READER_NAMES: Mapping[Reader, str] = {
    Reader.SHORTEST: "hàng ngắn nhất",
    Reader.USUAL: "hàng thường gặp",
    Reader.LONGEST: "hàng dài nhất",
}


@dataclass(frozen=True)
class Row:
    """A text on one imagined row; segments and price where an SMS account is set up."""

    name: str
    marked: str
    unmarked: str
    segments: int | None
    price_dong: int | None


@dataclass(frozen=True)
class TextCheck:
    """findings: for which it does not go out; advice: what would be better; rows: [] where it cannot be filled."""

    findings: list[Finding]
    advice: list[Advice]
    rows: list[Row]


def check_in_campaign(text: str, kind: StepKind, campaign: Campaign) -> TextCheck:
    """A text of a campaign's step, with what the campaign and its communes state."""
    return _check(text, in_commune(words_of(campaign), None), findings_in(text, campaign, kind))


def check_typed(text: str, kind: StepKind, form: MultiDict[str, str]) -> TextCheck:
    """A text of a campaign that is still being written: with the facts and the deadline of the same form."""
    words = CampaignWords(_deadline(form), typed_facts(form))
    return _check(text, words, faults(text, words, kind))


def campaign_named(session: Session, key: str) -> Campaign | None:
    """The campaign with the number `key`; None where there is none."""
    return session.get(Campaign, int(key)) if key.isdecimal() and len(key) < 10 else None


def _check(text: str, words: CampaignWords, findings: list[Finding]) -> TextCheck:
    accounts = accounts_for("sms")
    words = replace(words, how_to_reply=accounts[0].how_to_reply) if accounts else words
    return TextCheck(findings, advice(text, words), _rows(text, words) if text.strip() else [])


def _rows(text: str, words: CampaignWords) -> list[Row]:
    try:
        made = variants(text, words)
    except PlaceholderError:
        return []
    accounts = accounts_for("sms")
    rows = []
    for one in made:
        parts = accounts[0].segments(one.unmarked) if accounts else None
        price = parts * accounts[0].price_dong if parts is not None else None
        rows.append(Row(READER_NAMES[one.reader], one.marked, one.unmarked, parts, price))
    return rows


def _deadline(form: MultiDict[str, str]) -> date:
    try:
        return read_date(form.get("deadline", ""), "hạn chót")
    except FormRefused:
        return now().astimezone(VIETNAM).date()
