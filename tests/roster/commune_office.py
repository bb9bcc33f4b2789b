"""Invented people of two communes, with phones, claims and files of lists, for the tests of the roster."""

from __future__ import annotations

import hashlib
import itertools
import secrets
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from core.database import transaction
from core.encryption import blind_index
from language.codes import new_code
from language.text import fold_name
from roster.campaign import AccountDetails, Campaign, CampaignState
from roster.claim import Claim, ClaimState
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.importing.merging import MergeResult, merge
from roster.importing.staging import stage
from roster.people import citizen_id_index, phone_index
from roster.person import Entitlement, Gender, Person
from roster.survey.draft import Draft, DraftState

NOW = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
HERE, ELSEWHERE = "00118", "09982"
"""Codes of Phường Bồ Đề and Xã Hạ Bằng."""
OFFICER, APPROVER = 11, 12
HEADER = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Nhóm đối tượng", "Địa chỉ", "Xã/Phường", "SĐT",
    "Người thân", "SĐT người thân", "Mức hưởng (đồng)", "Hình thức nhận",
)  # fmt: skip

_numbers = itertools.count(1)


def empty_roster() -> None:
    """Take everybody off the roster: each test speaks of its own people."""
    with transaction() as session:
        for table in ("claim", "draft", "person_contact", "entitlement", "import_row", "person", "contact_point",
                      "roster_import", "campaign"):  # fmt: skip
            session.execute(text(f"DELETE FROM {table}"))


def add_campaign() -> int:
    """A running campaign that takes account details by chat."""
    with transaction() as session:
        made = Campaign(
            name="Đợt thử",
            account_details=AccountDetails.CHAT,
            deadline=date(2027, 1, 20),
            facts={},
            state=CampaignState.RUNNING,
            created_at=NOW,
        )
        session.add(made)
        session.flush()
        return made.id


def add_person(
    name: str = "Nguyễn Thị Hoa",
    commune: str = HERE,
    amounts: dict[str, int | None] | None = None,
    **columns: Any,
) -> UUID:
    """A woman born in 1948 who lives on one allowance, unless the columns say otherwise."""
    citizen_id = columns.pop("citizen_id", f"001148{next(_numbers):06d}")
    with transaction() as session:
        person = Person(
            reference=new_code(secrets.randbelow),
            full_name=name,
            folded_name=fold_name(name),
            citizen_id=citizen_id,
            citizen_id_index=citizen_id_index(citizen_id) if citizen_id else None,
            commune_code=commune,
            created_at=NOW,
            **{
                "birth_year": 1948,
                "gender": Gender.FEMALE,
                "address": "Số 12 ngõ 5",
                "paid_by": "Tiền mặt",
                **columns,
            },
        )
        session.add(person)
        session.flush()
        for category, dong in (amounts or {"social_protection": 500_000}).items():
            session.add(Entitlement(person_id=person.id, category=category, monthly_dong=dong, commune_code=commune))
        return person.id


def add_phone(person_id: UUID, phone: str, rank: int = 0, **columns: Any) -> UUID:
    """A phone of her own, linked to the person."""
    with transaction() as session:
        contact = ContactPoint(kind=ContactKind.PHONE, address=phone, address_index=phone_index(phone), created_at=NOW)
        session.add(contact)
        session.flush()
        commune = session.get_one(Person, person_id).commune_code
        session.add(
            PersonContact(
                person_id=person_id,
                contact_id=contact.id,
                commune_code=commune,
                rank=rank,
                **{"holder": Holder.SELF, **columns},
            )
        )
        return contact.id


def add_claim(campaign_id: int, person_id: UUID | None, commune: str | None = HERE, **columns: Any) -> UUID:
    """A declared claim: her own account at Vietcombank under her own name, unless the columns say otherwise."""
    given: dict[str, Any] = {
        "state": ClaimState.DECLARED,
        "outcome_group": "A",
        "bank": "Vietcombank",
        "account_number": "0011004123457",
        "holder_name": "NGUYEN THI HOA",
        "respondent": "self",
        "from_invited_phone": True,
        "declared_at": NOW,
        "answers": {"has_account": "own"},
        **columns,
    }
    number = given["account_number"]
    with transaction() as session:
        contact = ContactPoint(kind=ContactKind.WEB, address="web", address_index=uuid4().bytes, created_at=NOW)
        session.add(contact)
        session.flush()
        draft = Draft(
            campaign_id=campaign_id,
            thread_id=uuid4(),
            contact_id=contact.id,
            person_id=person_id,
            commune_code=commune,
            answers={},
            state=DraftState.DECLARED,
            started_at=NOW,
            last_message_at=NOW,
        )
        session.add(draft)
        session.flush()
        made = Claim(
            campaign_id=campaign_id,
            draft_id=draft.id,
            person_id=person_id,
            commune_code=commune,
            account_index=blind_index("account", number) if number else None,
            **given,
        )
        session.add(made)
        session.flush()
        return made.id


def add_cash_claim(campaign_id: int, person_id: UUID, **columns: Any) -> UUID:
    """A declared wish to stay with cash."""
    nothing = {"bank": None, "account_number": None, "holder_name": None}
    answers = {"wants_account": "no", "cash_reason": "cannot_travel"}
    return add_claim(campaign_id, person_id, outcome_group="D", answers=answers, **nothing, **columns)


def claim_state(claim_id: UUID) -> ClaimState:
    """Where a claim stands."""
    with transaction() as session:
        return session.get_one(Claim, claim_id).state


def sheet_row(name: str, **cells: Any) -> list[Any]:
    """One row under HEADER: a woman of Phường Bồ Đề born in 1948, except for the cells named."""
    values: dict[str, Any] = {
        "birth": "12/05/1948", "gender": "Nữ", "citizen_id": None, "category": "BTXH", "address": "Số 12 ngõ 5",
        "ward": "Phường Bồ Đề", "phone": None, "relative": None, "relative_phone": None, "amount": 500000,
        "paid_by": "Tiền mặt", **cells,
    }  # fmt: skip
    return [1, name, *values.values()]


def stage_file(path: Path, communes: Collection[str] | None = None) -> UUID:
    """Stage a workbook as a worker does, for an office of these communes; the import's id."""
    with transaction() as session:
        digest = hashlib.sha256(path.read_bytes()).digest()
        return stage(session, path, path.name, digest, OFFICER, NOW, communes).id


def merge_import(import_id: UUID, *, skip_errors: bool = False, communes: Collection[str] | None = None) -> MergeResult:
    """Merge a staged import as a worker does, for an office of these communes."""
    with transaction() as session:
        return merge(session, import_id, OFFICER, NOW, skip_errors=skip_errors, communes=communes)


def counts(*tables: str) -> dict[str, int]:
    """How many rows each table has."""
    with transaction() as session:
        return {table: session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in tables}


def all_rows(query: str) -> Sequence[tuple[Any, ...]]:
    """What the database itself says."""
    with transaction() as session:
        return [tuple(row) for row in session.execute(text(query))]
