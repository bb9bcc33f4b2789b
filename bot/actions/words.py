"""The words that fill the texts' braces: form of address and the campaign's facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from language.address import Address, Gender, address_for
from outreach.templates import CAMPAIGN_FACTS
from roster import commune
from roster.campaign import Campaign
from roster.people import age
from roster.person import Person
from roster.survey.draft import Draft
from roster.survey.questions import Question

OFFICE = "UBND phường/xã"
_FACTS = {
    "dien_thoai": "số dán ở trụ sở phường/xã",
    "noi_lam_viec": "trụ sở phường/xã",
    "gio_lam_viec": "giờ hành chính",
    "ngay_chi_tra": "vào ngày phường/xã thông báo",
    "giay_to": "căn cước công dân",
    "noi_mo": "trụ sở phường/xã",
}
"""What is said where the campaign states nothing: true everywhere, so no fact is ever invented."""
EXAMPLE_CODE = "H4FV 6N2P"


def words_for(session: Session, draft: Draft | None, campaign: Campaign | None, today: date) -> dict[str, str]:
    """Every placeholder of the responses. `draft` None: nothing is known of the one who writes."""
    address = address_of(session, draft, today)
    relative = draft is not None and draft.answers.get(Question.RESPONDENT) == "relative"
    office = office_of(session, draft)
    filled = {
        **address.placeholders(),
        **_facts(campaign, draft.commune_code if draft and draft.invited else None),
        "co_quan": office,
        "Co_quan": office,
        "nguoi_huong": "người hưởng trợ cấp" if relative else address.second,
        "Nguoi_huong": "Người hưởng trợ cấp" if relative else address.second_title,
        "ngan_hang": str(draft.answers.get(Question.BANK, "")) if draft else "",
        "han_chot": f"{campaign.deadline:%d/%m/%Y}" if campaign else "ngày phường/xã thông báo",
        "ma_vi_du": EXAMPLE_CODE,
        "muc_sua": "",
    }
    return filled


def address_of(session: Session, draft: Draft | None, today: date) -> Address:
    """How the one who writes is addressed: by age and gender once it is the invited person, anh/chị for a relative."""
    respondent = draft.answers.get(Question.RESPONDENT) if draft else None
    if draft is None or respondent is None:
        return address_for(None, Gender.UNKNOWN, is_relative=False)
    if respondent == "relative":
        return address_for(None, Gender.UNKNOWN, is_relative=True)
    person = session.get(Person, draft.person_id) if draft.person_id and draft.invited else None
    if person is None:
        return address_for(None, Gender.UNKNOWN, is_relative=False)
    return address_for(
        age(person, today), Gender(person.gender.value) if person.gender else Gender.UNKNOWN, is_relative=False
    )


def office_of(session: Session, draft: Draft | None) -> str:
    """Who speaks: the office of the invited person's commune, else the commune office without a name."""
    if draft is None or not draft.invited or draft.commune_code is None:
        return OFFICE
    return commune.office_of(session.get_one(commune.Commune, draft.commune_code))


def _facts(campaign: Campaign | None, commune_code: str | None) -> dict[str, str]:
    stated: dict[str, Any] = dict(campaign.facts) if campaign else {}
    own: dict[str, Any] = stated.pop("communes", {}).get(commune_code, {})
    stated |= own
    named = {**CAMPAIGN_FACTS, "noi_mo": "opening_place"}
    return _FACTS | {name: str(stated[key]) for name, key in named.items() if stated.get(key)}
