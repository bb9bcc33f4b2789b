"""All that is held on one person, for that person to read (Law 91/2025/QH15, article 4).

What a table holds is said in words where this file knows it; a table with `person_id` that it does not know is there
all the same, column by column (`unknown_holdings`). Talks on a phone that serves others too are theirs as well: they
are counted here and shown at the office.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.answer_words import TITLES, in_words
from console.audit_words import REQUEST_KINDS, changes_of
from console.formats import dong
from console.reading import held_visits
from console.reading.held_record import Field, Section
from console.reading.held_talks import attachments, received, sent
from console.reading.unknown_holdings import unknown_holdings
from console.words import CLAIM_STATES, CONTACT_KINDS, GENDERS, GROUP_NAMES, HOLDERS, REASONS, category_name
from conversations.erasing import own_threads
from conversations.escalation import Escalation
from conversations.thread import Thread
from core.audit import AuditEntry
from outreach.follow_up import FollowUp
from outreach.message import Message
from roster.campaign import Campaign
from roster.changes.change_request import ChangeRequest
from roster.claim import Claim
from roster.commune import Commune
from roster.contact import ContactPoint, PersonContact
from roster.matching_police.match_file import MatchRow
from roster.person import Entitlement, Person
from roster.privacy.request import PrivacyRequest
from roster.privacy.states import STATE_NAMES
from roster.survey.draft import Draft
from roster.survey.questions import Question
from roster.visiting.visit_list import VisitRow

IN_WORDS = frozenset(
    table.__tablename__
    for table in (
        Person,
        Entitlement,
        PersonContact,
        Draft,
        Claim,
        Thread,
        Message,
        Escalation,
        FollowUp,
        PrivacyRequest,
        VisitRow,
        MatchRow,
        ChangeRequest,
    )
)
"""Tables with the person's key of which this file speaks."""
_GROUPS = {group.value: name for group, name in GROUP_NAMES.items()}
_ASKED: dict[str, str] = {question.value: title for question, title in TITLES.items()}


def holdings(session: Session, person: Person) -> list[Section]:
    """Everything, in so far as `session` sees it."""
    talks = own_threads(session, person.id)
    campaigns = dict(session.execute(select(Campaign.id, Campaign.name)).all())
    return [
        _roster(session, person),
        _entitlements(person),
        _contacts(session, person.id),
        _drafts(session, person.id, campaigns),
        _claims(session, person.id, campaigns),
        received(session, person.id, talks),
        sent(session, person.id, talks),
        attachments(session, talks),
        _matters(session, person.id),
        _tasks(session, person.id),
        held_visits.visits(session, person.id),
        held_visits.matches(session, person.id),
        held_visits.changes(session, person.id),
        _requests(session, person.id),
        _looked(session, person.id),
        *unknown_holdings(session, person.id, IN_WORDS),
    ]


def as_json(person: Person, sections: Sequence[Section]) -> dict[str, Any]:
    """The same for a machine: sections by key, fields by their names in the database."""
    return {"reference": person.reference, **{section.key: section.as_json() for section in sections}}


def _roster(session: Session, person: Person) -> Section:
    commune = session.get_one(Commune, person.commune_code).name
    record = [
        Field("full_name", "Họ và tên", person.full_name),
        Field("reference", "Mã hồ sơ", person.reference),
        Field("birth_date", "Ngày sinh", person.birth_date),
        Field("birth_year", "Năm sinh", person.birth_year),
        Field("gender", "Giới tính", person.gender, GENDERS[person.gender]),
        Field("citizen_id", "Số định danh, CCCD", person.citizen_id),
        Field("commune", "Xã, phường", commune),
        Field("address", "Địa chỉ", person.address),
        Field("paid_by", "Đang nhận bằng", person.paid_by),
        Field("under_guardianship", "Đang được giám hộ", person.under_guardianship),
        Field("deceased_at", "Ghi nhận đã mất", person.deceased_at),
        Field("paused_at", "Có người báo đã mất", person.paused_at),
        Field("withdrew_at", "Đã rút lại sự đồng ý", person.withdrew_at),
        Field("created_at", "Có trong hệ thống từ", person.created_at),
    ]
    return Section("person", "Thông tin trong danh sách chi trả", [record])


def _entitlements(person: Person) -> Section:
    records = [
        [
            Field("category", "Diện hưởng", one.category, category_name(one.category)),
            Field("monthly_dong", "Mức hằng tháng", one.monthly_dong, dong(one.monthly_dong)),
        ]
        for one in person.entitlements
    ]
    return Section("entitlements", "Diện hưởng", records)


def _contacts(session: Session, person_id: UUID) -> Section:
    rows = session.execute(
        select(PersonContact, ContactPoint)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .where(PersonContact.person_id == person_id)
        .order_by(PersonContact.rank)
    )
    records = [
        [
            Field("kind", "Loại", contact.kind, CONTACT_KINDS[contact.kind]),
            Field("address", "Số, tài khoản", contact.address),
            Field("holder", "Của ai", link.holder, HOLDERS[link.holder]),
            Field("relation", "Quan hệ", link.relation),
            Field("confirmed_at", "Xác nhận lúc", link.confirmed_at),
            Field("unlinked_at", "Báo nhầm số lúc", link.unlinked_at),
            Field("stopped_at", "Từ chối nhận tin từ", contact.stopped_at),
        ]
        for link, contact in rows
    ]
    return Section("contacts", "Số liên lạc", records)


def _drafts(session: Session, person_id: UUID, campaigns: dict[int, str]) -> Section:
    drafts = session.scalars(select(Draft).where(Draft.person_id == person_id).order_by(Draft.started_at))
    records = [
        [
            Field("campaign", "Đợt khảo sát", campaigns.get(draft.campaign_id)),
            Field("started_at", "Bắt đầu", draft.started_at),
            Field("consent_at", "Đồng ý lúc", draft.consent_at),
            Field("answers", "Trả lời", draft.answers, _answers(draft.answers)),
            Field("erased_at", "Đã xóa lúc", draft.erased_at),
        ]
        for draft in drafts
    ]
    return Section("drafts", "Phiếu khảo sát", records)


def _claims(session: Session, person_id: UUID, campaigns: dict[int, str]) -> Section:
    claims = session.scalars(select(Claim).where(Claim.person_id == person_id).order_by(Claim.declared_at))
    records = [
        [
            Field("campaign", "Đợt khảo sát", campaigns.get(claim.campaign_id)),
            Field("declared_at", "Khai lúc", claim.declared_at),
            Field("state", "Trạng thái", claim.state, CLAIM_STATES[claim.state]),
            Field("group", "Nhóm", claim.outcome_group, _GROUPS.get(claim.outcome_group)),
            Field("bank", "Ngân hàng", claim.bank),
            Field("account_number", "Số tài khoản", claim.account_number),
            Field("holder_name", "Chủ tài khoản", claim.holder_name),
            Field("answers", "Trả lời", claim.answers, _answers(claim.answers)),
            Field("reason", "Lý do trả lại, từ chối", claim.reason),
        ]
        for claim in claims
    ]
    return Section("claims", "Bản khai", records)


def _answers(answers: dict[str, Any]) -> str:
    titled = ((Question(name), value) for name, value in answers.items() if name in set(Question))
    return "; ".join(f"{_ASKED.get(asked, asked.value)}: {in_words(asked, value)}" for asked, value in titled) or "—"


def _matters(session: Session, person_id: UUID) -> Section:
    matters = session.scalars(select(Escalation).where(Escalation.person_id == person_id).order_by(Escalation.id))
    records = [
        [
            Field("opened_at", "Mở lúc", one.opened_at),
            Field("reason", "Vì sao", one.reason, REASONS[one.reason]),
            Field("summary", "Tóm tắt", one.summary or None),
            Field("hand_note", "Lời dặn giữa cán bộ", one.hand_note),
            Field("closed_at", "Đóng lúc", one.closed_at),
            Field("outcome", "Kết quả", one.outcome),
            Field("closing_note", "Ghi chú khi đóng", one.closing_note),
        ]
        for one in matters
    ]
    return Section("matters", "Việc cán bộ đã xử lý", records)


def _tasks(session: Session, person_id: UUID) -> Section:
    tasks = session.scalars(select(FollowUp).where(FollowUp.person_id == person_id).order_by(FollowUp.id))
    records = [
        [
            Field("opened_at", "Mở lúc", one.opened_at),
            Field("kind", "Loại", one.kind, "Gọi điện" if one.kind.value == "call" else "Đến nhà"),
            Field("note", "Ghi chú", one.note),
            Field("closed_at", "Xong lúc", one.closed_at),
        ]
        for one in tasks
    ]
    return Section("tasks", "Cuộc gọi, lần đến nhà", records)


def _requests(session: Session, person_id: UUID) -> Section:
    requests = session.scalars(
        select(PrivacyRequest).where(PrivacyRequest.person_id == person_id).order_by(PrivacyRequest.id)
    )
    records = [
        [
            Field("number", "Số", one.number),
            Field("kind", "Yêu cầu", one.kind, REQUEST_KINDS[one.kind]),
            Field("received_at", "Nhận lúc", one.received_at),
            Field("asked", "Nội dung", one.asked),
            Field("state", "Trạng thái", one.state, STATE_NAMES[one.state]),
            Field("outcome", "Kết quả", one.outcome),
        ]
        for one in requests
    ]
    return Section("privacy_requests", "Yêu cầu về dữ liệu", records)


def _looked(session: Session, person_id: UUID) -> Section:
    views = session.execute(
        select(AuditEntry.at, AuditEntry.after)
        .where(AuditEntry.subject == f"person:{person_id}", AuditEntry.action == "view")
        .order_by(AuditEntry.id)
    )
    records = [
        [Field("at", "Lúc", row.at), Field("shown", "Đã xem", row.after, changes_of({}, row.after)[0].after)]
        for row in views
    ]
    return Section("views", "Cán bộ đã xem dữ liệu của ông/bà", records)
