"""The one-minute card: what the roster says and what was declared, line by line, with the differences marked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from console import answer_words, formats
from console.words import GENDERS, GROUP_NAMES, category_name
from conversations.thread import Thread
from language.names import NameMatch, compare_holder
from roster.claim import Claim
from roster.commune import Commune
from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.person import Person
from roster.survey.draft import Draft, Source
from roster.survey.questions import Question

TAKEN_BY = {Source.PHONE: "Cán bộ hỏi qua điện thoại", Source.VISIT: "Cán bộ hỏi tại nhà"}
"""How an answer came that was not written by the citizen."""


@dataclass(frozen=True)
class Line:
    """One line of the card. `difference` says in a word why the two sides should be looked at."""

    title: str
    roster: str
    declared: str
    difference: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Card:
    """A claim with everything that stands beside it."""

    claim: Claim
    person: Person | None
    lines: list[Line]


def card_of(session: Session, claim: Claim) -> Card:
    """The card of `claim`, numbers whole: showing it is to be logged."""
    person = session.get(Person, claim.person_id) if claim.person_id else None
    draft = session.get(Draft, claim.draft_id)
    commune = session.get(Commune, person.commune_code) if person else None
    phones = _phones(session, person.id) if person else []
    lines = [
        *_identity(claim, person, commune.name if commune else formats.NOTHING),
        _phone_line(claim, phones, _written_from(session, draft)),
        *_wish(claim, person),
        *_account(claim, person),
        *_answers(claim),
    ]
    return Card(claim, person, lines)


def _identity(claim: Claim, person: Person | None, commune: str) -> list[Line]:
    given = formats.code(claim.reference_given) if claim.reference_given else "theo tin mời"
    if person is None:
        return [Line("Mã hồ sơ", "chưa rõ là ai", given, "Chưa rõ người hưởng")]
    return [
        Line("Họ và tên", person.full_name, formats.NOTHING),
        Line("Mã hồ sơ", formats.code(person.reference), given),
        Line("Ngày sinh, giới tính", f"{formats.born(person)}, {GENDERS[person.gender].lower()}", formats.NOTHING),
        Line("Số CCCD", formats.in_threes(person.citizen_id), formats.NOTHING, is_number=True),
        Line("Địa chỉ", ", ".join(filter(None, (person.address, commune))), formats.NOTHING),
        Line("Diện hưởng", _entitlements(person), formats.NOTHING),
    ]


def _entitlements(person: Person) -> str:
    named = [
        category_name(one.category) + (f" ({formats.dong(one.monthly_dong)}/tháng)" if one.monthly_dong else "")
        for one in person.entitlements
    ]
    return "; ".join(named) or formats.NOTHING


def _phone_line(claim: Claim, phones: list[str], written_from: str) -> Line:
    roster = ", ".join(formats.phone(one) for one in phones) or formats.NOTHING
    other = "Không phải nơi được mời" if not claim.from_invited_phone else ""
    return Line("Điện thoại", roster, written_from, other, is_number=True)


def _wish(claim: Claim, person: Person | None) -> list[Line]:
    paid_by = (person.paid_by if person else None) or formats.NOTHING
    names = {group.value: name for group, name in GROUP_NAMES.items()}
    group = claim.outcome_group
    return [Line("Cách nhận tiền", paid_by, f"Nhóm {group[0]}: {names.get(group, group).lower()}")]


def _account(claim: Claim, person: Person | None) -> list[Line]:
    if claim.bank is None and claim.account_number is None and claim.holder_name is None:
        return []
    return [
        Line("Tên chủ tài khoản", person.full_name if person else formats.NOTHING, claim.holder_name or "chưa ghi",
             _name_difference(claim, person)),
        Line("Ngân hàng", formats.NOTHING, claim.bank or "chưa ghi"),
        Line("Số tài khoản", formats.NOTHING, formats.in_fours(claim.account_number), is_number=True),
    ]  # fmt: skip


def _name_difference(claim: Claim, person: Person | None) -> str:
    if person is None or not claim.holder_name:
        return ""
    match = compare_holder(claim.holder_name, person.full_name).match
    return {NameMatch.FULL: "", NameMatch.CLOSE: "Gần giống", NameMatch.MISMATCH: "Khác tên"}[match]


def _answers(claim: Claim) -> list[Line]:
    said = [(question, claim.answers[question]) for question in answer_words.TITLES if question in claim.answers]
    return [
        Line(answer_words.TITLES[question], formats.NOTHING, answer_words.in_words(question, value))
        for question, value in said
        if question not in (Question.WANTS_ACCOUNT, Question.HAS_ACCOUNT)
    ]


def _phones(session: Session, person_id: UUID) -> list[str]:
    linked = (
        select(ContactPoint.address)
        .join(PersonContact, PersonContact.contact_id == ContactPoint.id)
        .where(PersonContact.person_id == person_id, PersonContact.unlinked_at.is_(None))
        .where(ContactPoint.kind == ContactKind.PHONE)
        .order_by(PersonContact.rank)
    )
    return list(session.scalars(linked))


def _written_from(session: Session, draft: Draft | None) -> str:
    if draft is None:
        return formats.NOTHING
    contact = session.get(ContactPoint, draft.contact_id) if draft.contact_id else None
    number = formats.phone(contact.address) if contact is not None and contact.kind is ContactKind.PHONE else ""
    if draft.source is not Source.BOT:
        return f"{TAKEN_BY[draft.source]}{', số ' + number if number else ''}"
    thread = session.get(Thread, draft.thread_id)
    if number:
        return number
    return f"qua {thread.channel.value}" if thread is not None else formats.NOTHING
