"""A citizen's request about his or her own data, worked from the console: register, export, withdrawal, erasure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from conversations.thread import InboundMessage
from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from outreach.message import Message
from roster.claim import Claim, ClaimState
from roster.person import Person
from roster.privacy.request import PrivacyRequest, RequestState
from roster.survey.draft import Closing, Draft, DraftState
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

pytestmark = pytest.mark.usefixtures("database")
SAID, TOLD = "số của tôi là 0011004123457", "Dạ, tôi đã ghi số tài khoản"


def file_request(officer: Browser, of: ward.Citizen, kind: str = "see", **form: str) -> PrivacyRequest:
    """Put a request into the register, as an officer does."""
    given = {"asked_by": "Chính người hưởng, xem CCCD", "asked": "Cho tôi xem", "came_by": "office",
             "received": "2026-11-10", "kind": kind, **form}  # fmt: skip
    answer = officer.post(f"/quyen-du-lieu/moi/{of.person_id}", **given)
    assert "Đã ghi vào sổ, số YC-2026-" in answer.text, answer.text
    with transaction() as session:
        made = select(PrivacyRequest).where(PrivacyRequest.person_id == of.person_id)
        return session.scalars(made.order_by(PrivacyRequest.id.desc())).first() or pytest.fail("nothing filed")


def actions_on(subject: str) -> list[str]:
    with transaction() as session:
        return list(
            session.scalars(select(AuditEntry.action).where(AuditEntry.subject == subject).order_by(AuditEntry.id))
        )


def person(of: ward.Citizen) -> Person:
    with transaction() as session:
        return session.get_one(Person, of.person_id)


def claim(claim_id: UUID) -> Claim:
    with transaction() as session:
        return session.get_one(Claim, claim_id)


@pytest.mark.parametrize(
    ("kind", "due"),
    [("see", "20/11/2026"), ("correct", "20/11/2026"), ("withdraw", "25/11/2026"), ("delete", "30/11/2026")],
)
def test_a_request_gets_a_number_and_the_laws_deadline(sit: Callable[..., Browser], kind: str, due: str) -> None:
    officer, of = sit("officer"), ward.citizen()
    made = file_request(officer, of, kind)
    page = officer.page(f"/quyen-du-lieu/{made.id}")
    assert made.number in page and f"23:59 {due}" in page
    assert "23:59 12/11/2026" in page, "until then the person is told: two working days"
    register = officer.page("/quyen-du-lieu/")
    assert made.number in register and due in register
    assert actions_on(f"privacy_request:{made.id}") == ["privacy.received"]


def test_what_is_missing_is_asked_for(sit: Callable[..., Browser]) -> None:
    officer, of = sit("officer"), ward.citizen()
    path, form = f"/quyen-du-lieu/moi/{of.person_id}", {"came_by": "office", "received": "2026-11-10", "kind": "see"}
    assert "Xin ghi ai yêu cầu" in officer.post(path, **form, asked_by=" ", asked="Xem").text
    assert "Xin chọn yêu cầu gì" in officer.post(path, **{**form, "kind": "sell"}, asked_by="A", asked="B").text
    assert (
        "không thể sau hôm nay"
        in officer.post(path, **{**form, "received": "2026-11-12"}, asked_by="A", asked="B").text
    )


def test_it_is_worked_to_its_end_and_no_further(sit: Callable[..., Browser], clock: TestClock) -> None:
    officer = sit("officer")
    made = file_request(officer, ward.citizen(), "correct")
    base = f"/quyen-du-lieu/{made.id}"
    clock.advance(timedelta(days=3))
    officer.get("/")
    officer.sign_in(officer.email)
    assert "Chưa trả lời" in officer.page("/quyen-du-lieu/")
    assert "Đã ghi là đã trả lời" in officer.post(f"{base}/tra-loi").text
    assert "đã trả lời, đang giải quyết" in officer.page(base).lower()
    assert "Xin ghi lý do" in officer.post(f"{base}/gia-han", reason=" ").text
    assert "23:59 05/12/2026" in officer.post(f"{base}/gia-han", reason="Chờ công an xác minh").text
    assert "không gia hạn thêm" in officer.post(f"{base}/gia-han", reason="Nữa").text
    assert "Xin ghi đã làm gì" in officer.post(f"{base}/khep", state="done", outcome="").text
    assert officer.post(f"{base}/khep", state="received", outcome="Mở lại").status_code == 400
    closed = officer.post(f"{base}/khep", state="done", outcome="Đã sửa năm sinh theo CCCD").text
    assert "Đã khép" in closed and "Đã sửa năm sinh theo CCCD" in closed
    assert "đã khép lại" in officer.post(f"{base}/tra-loi").text
    assert made.number in officer.page("/quyen-du-lieu/?xem=da-khep")
    assert actions_on(f"privacy_request:{made.id}") == [
        "privacy.received", "privacy.answered", "privacy.extended", "privacy.closed",
    ]  # fmt: skip


def test_it_belongs_to_the_officers_of_the_commune(sit: Callable[..., Browser]) -> None:
    elsewhere = ward.citizen(commune=ward.ELSEWHERE)
    made = file_request(sit("officer", commune=ward.ELSEWHERE), elsewhere)
    here = sit("officer")
    assert made.number not in here.page("/quyen-du-lieu/")
    for path in (f"/quyen-du-lieu/{made.id}", f"/quyen-du-lieu/moi/{elsewhere.person_id}"):
        assert here.get(path).status_code == 404
    for step in ("xoa", "rut-dong-y", "du-lieu", "khep", "tra-loi", "gia-han"):
        answer = here.post(f"/quyen-du-lieu/{made.id}/{step}", state="done", outcome="x", reason="x")
        assert answer.status_code == 404, step
    assert person(elsewhere).withdrew_at is None


def told_and_said(name: str = "Nguyễn Thị Giữ") -> tuple[ward.Citizen, UUID]:
    of = ward.citizen(name)
    claim_id = ward.claim(of, ward.campaign())
    ward.says(of, SAID)
    ward.was_told(of, TOLD)
    return of, claim_id


def test_everything_that_is_held_is_on_one_page_to_print(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    of, _ = told_and_said("Nguyễn Thị Xem")
    made = file_request(officer, of)
    page = officer.post(f"/quyen-du-lieu/{made.id}/du-lieu").text
    for held in ("Nguyễn Thị Xem", of.citizen_id, of.phone, "0011004123457", "Vietcombank", SAID, TOLD, "1.500.000 đ",
                 "Số 12, ngõ 5", made.number, "Luật 91/2025/QH15", "Chính người hưởng"):  # fmt: skip
        assert held in page, held
    assert "None" not in page
    assert actions_on(f"person:{of.person_id}") == ["privacy.exported"]


def test_the_same_can_be_taken_along_as_a_file(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    of, _ = told_and_said()
    made = file_request(officer, of)
    answer = officer.post(f"/quyen-du-lieu/{made.id}/du-lieu", form="json")
    assert f"{made.number}.json" in answer.headers["Content-Disposition"]
    held = json.loads(answer.data)
    assert held["reference"] == of.reference
    assert held["person"][0]["citizen_id"] == of.citizen_id
    assert held["claims"][0]["account_number"] == "0011004123457" and held["claims"][0]["state"] == "declared"
    assert [one["text"] for one in held["received"]] == [SAID] and [one["body"] for one in held["sent"]] == [TOLD]
    assert held["privacy_requests"][0]["kind"] == "see"
    assert not re.search(r'_index"', answer.text)


def test_a_talk_on_a_shared_phone_is_not_handed_to_one_of_its_people(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    of, _ = told_and_said()
    ward.shares_the_phone(of, ward.citizen("Người Dùng Chung"))
    made = file_request(officer, of)
    page = officer.post(f"/quyen-du-lieu/{made.id}/du-lieu").text
    assert SAID not in page and TOLD not in page and "dùng chung với người khác" in page


def test_withdrawing_consent_erases_what_was_not_handed_on(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    of, declared = told_and_said()
    synced = ward.claim(of, ward.campaign(), state=ClaimState.SYNCED)
    made = file_request(officer, of, "withdraw")
    assert "dừng mọi tin mời" in officer.post(f"/quyen-du-lieu/{made.id}/rut-dong-y").text
    gone, kept = claim(declared), claim(synced)
    assert gone.state is ClaimState.WITHDRAWN and gone.answers == {}
    assert (gone.account_number, gone.account_index, gone.holder_name, gone.bank) == (None, None, None, None)
    assert kept.state is ClaimState.SYNCED and kept.account_number == "0011004123457"
    with transaction() as session:
        drafts = session.scalars(select(Draft).where(Draft.person_id == of.person_id)).all()
    assert all(draft.answers == {} and draft.erased_at is not None for draft in drafts)
    assert {draft.closing for draft in drafts} == {Closing.CONSENT_WITHDRAWN}, "there is nothing to correct any more"
    assert all(draft.consent_at is not None for draft in drafts), "that consent was given stays provable"
    assert person(of).withdrew_at is not None and person(of).citizen_id == of.citizen_id
    assert actions_on(f"person:{of.person_id}") == ["privacy.consent_withdrawn"]
    assert actions_on(f"claim:{declared}") == ["withdrawn"] and actions_on(f"claim:{synced}") == []


def test_an_open_survey_ends_with_the_consent(sit: Callable[..., Browser]) -> None:
    officer, of = sit("officer"), ward.citizen()
    with transaction() as session:
        session.add(
            Draft(
                campaign_id=ward.campaign(), thread_id=of.thread_id, contact_id=of.contact_id, person_id=of.person_id,
                commune_code=ward.HERE, invited=True, answers={"consent": "yes", "bank": "Agribank"},
                open_question="account_number", consent_at=now(), started_at=now(), last_message_at=now(),
            )
        )  # fmt: skip
    made = file_request(officer, of, "withdraw")
    officer.post(f"/quyen-du-lieu/{made.id}/rut-dong-y")
    with transaction() as session:
        [draft] = session.scalars(select(Draft).where(Draft.person_id == of.person_id))
    assert (draft.state, draft.closing) == (DraftState.CLOSED, Closing.CONSENT_WITHDRAWN)
    assert draft.answers == {} and draft.open_question is None


def test_erasing_takes_the_words_too_and_says_what_stays(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    of, declared = told_and_said()
    made = file_request(officer, of, "delete")
    assert "cơ quan nhà nước phải lưu" in officer.page(f"/quyen-du-lieu/{made.id}")
    assert "Đã xóa" in officer.post(f"/quyen-du-lieu/{made.id}/xoa").text
    with transaction() as session:
        [word] = session.scalars(select(InboundMessage).where(InboundMessage.thread_id == of.thread_id))
        [told] = session.scalars(select(Message).where(Message.thread_id == of.thread_id))
    assert word.text == "" and word.erased_at is not None and told.body is None
    assert claim(declared).account_number is None
    assert person(of).full_name == "Nguyễn Thị Giữ" and person(of).withdrew_at is not None
    talk = officer.page(f"/nguoi-huong/{of.person_id}/tro-chuyen")
    assert talk.count("(nội dung đã xóa)") == 2 and SAID not in talk and "None" not in talk
    with transaction() as session:
        erased = select(AuditEntry.after).where(AuditEntry.action == "privacy.erased")
        after = session.scalars(erased.where(AuditEntry.subject == f"person:{of.person_id}")).one()
    assert (after["received"], after["sent"], after["claims"], after["drafts"]) == (1, 1, 1, 1)


def test_nothing_is_erased_while_an_officer_still_has_to_answer(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    of, _ = told_and_said()
    ward.escalation(of)
    made = file_request(officer, of, "delete")
    assert "Còn việc đang mở" in officer.post(f"/quyen-du-lieu/{made.id}/xoa").text
    assert person(of).withdrew_at is None
    with transaction() as session:
        assert session.scalars(select(InboundMessage.text).where(InboundMessage.thread_id == of.thread_id)).all() == [
            SAID
        ]


def test_after_the_end_nothing_more_is_done_for_it(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    of, _ = told_and_said()
    made = file_request(officer, of, "delete")
    officer.post(f"/quyen-du-lieu/{made.id}/khep", state=RequestState.DROPPED.value, outcome="Ông/bà đổi ý")
    assert "không làm thêm được" in officer.post(f"/quyen-du-lieu/{made.id}/xoa").text
    assert officer.post(f"/quyen-du-lieu/{made.id}/du-lieu").status_code == 403
    assert person(of).withdrew_at is None
