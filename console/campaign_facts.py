"""The facts a campaign states: which there are, how they are kept, and how they are changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from core import audit
from language.text import nfc
from outreach.templates import CAMPAIGN_FACTS
from outreach.wording import COMMUNES
from roster.campaign import AccountDetails, Campaign, CampaignState

LONGEST_FACT = 200


@dataclass(frozen=True)
class Fact:
    """One fact: the key under which `campaign.facts` holds it, and its name on the form."""

    key: str
    title: str
    example: str


FACTS = (
    Fact("phone", "Số điện thoại xã, phường", "024 3834 0000"),
    Fact("office", "Nơi làm việc", "bộ phận một cửa, trụ sở UBND"),
    Fact("hours", "Giờ làm việc", "8:00-11:30 và 13:30-17:00, thứ hai đến thứ sáu"),
    Fact("payday", "Ngày chi trả", "từ ngày 5 đến ngày 10 hằng tháng"),
    Fact("documents", "Giấy tờ cần mang", "căn cước công dân"),
    Fact("opening_place", "Nơi mở tài khoản tập trung", "trụ sở UBND"),
)
_TITLES = {fact.key: fact.title.lower() for fact in FACTS}


PLACEHOLDERS = {
    "phuong_xa": "xã, phường",
    "xung_ho": "xưng hô",
    "ten_goi": "tên gọi",
    "ma_ho_so": "mã hồ sơ",
    "to_truong": "tổ trưởng, trưởng thôn",
    **{placeholder: _TITLES[key] for placeholder, key in CAMPAIGN_FACTS.items()},
    "han_chot": "hạn chót",
    "canh_bao": "lời cảnh báo lừa đảo",
    "cach_tra_loi": "cách nhắn trả lời, với giá một tin",
}
"""What a text may be filled with, and how a manager reads it (`outreach.templates` holds all of them)."""


def typed_facts(form: Mapping[str, str]) -> dict[str, str]:
    """The facts as the form gives them, those left empty aside."""
    typed = {fact.key: nfc(form.get(fact.key, "")).strip()[:LONGEST_FACT] for fact in FACTS}
    return {key: text for key, text in typed.items() if text}


def stated_facts(campaign: Campaign, commune_code: str | None) -> dict[str, str]:
    """What the campaign states, for all or for one commune alone, by the keys of FACTS."""
    facts = campaign.facts if commune_code is None else campaign.facts.get(COMMUNES, {}).get(commune_code, {})
    return {fact.key: str(facts.get(fact.key, "")) for fact in FACTS}


def change_facts(
    session: Session,
    campaign: Campaign,
    commune_code: str | None,
    facts: Mapping[str, str],
    staff_id: int,
    at: datetime,
) -> None:
    """State `facts` instead of what was stated, for all or for one commune."""
    of_communes: dict[str, Any] = dict(campaign.facts.get(COMMUNES, {}))
    if commune_code is None:
        general: dict[str, Any] = dict(facts)
    else:
        general = {key: value for key, value in campaign.facts.items() if key != COMMUNES}
        of_communes[commune_code] = dict(facts)
    kept = {code: own for code, own in of_communes.items() if own}
    before = dict(campaign.facts)
    campaign.facts = {**general, COMMUNES: kept} if kept else general
    _record(session, campaign, "change_facts", staff_id, at, before, dict(campaign.facts))


def change_terms(
    session: Session, campaign: Campaign, deadline: date, details: AccountDetails, staff_id: int, at: datetime
) -> None:
    """Another deadline, or another place where account details are taken."""
    before = {"deadline": campaign.deadline.isoformat(), "account_details": campaign.account_details.value}
    campaign.deadline, campaign.account_details = deadline, details
    after = {"deadline": deadline.isoformat(), "account_details": details.value}
    if before != after:
        _record(session, campaign, "change_terms", staff_id, at, before, after)


def close_campaign(session: Session, campaign: Campaign, staff_id: int, at: datetime) -> None:
    """End the survey: nothing more is sent for it, and nobody begins it any more."""
    before, campaign.state, campaign.closed_at = campaign.state, CampaignState.CLOSED, at
    _record(session, campaign, "close_campaign", staff_id, at, {"state": before.value}, {"state": campaign.state.value})


def _record(
    session: Session,
    campaign: Campaign,
    action: str,
    staff_id: int,
    at: datetime,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    subject = f"campaign:{campaign.id}"
    audit.record(session, at, audit.staff_actor(staff_id), action, subject, before=before, after=after)
