"""A claim's way through the console: verified by one, approved by another, or back to the citizen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from conversations.thread import Thread
from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from outreach.message import Message, MessageKind
from roster.claim import Claim, ClaimState
from roster.person import Person
from roster.survey.draft import DraftState
from roster.survey.drafts import latest_draft
from roster.survey.questions import Question
from tests.console import ward
from tests.console.conftest import Browser


@pytest.fixture(scope="module")
def campaign_id(database: str) -> int:
    return ward.campaign()


def state(claim_id: UUID) -> ClaimState:
    with transaction() as session:
        return session.get_one(Claim, claim_id).state


def messages_to(of: ward.Citizen) -> list[Message]:
    with transaction() as session:
        return list(session.scalars(select(Message).where(Message.thread_id == of.thread_id)))


def entries(subject: str, action: str) -> list[AuditEntry]:
    with transaction() as session:
        found = select(AuditEntry).where(AuditEntry.subject == subject, AuditEntry.action == action)
        return list(session.scalars(found.order_by(AuditEntry.id)))


def test_two_people_bring_a_claim_through(sit: Callable[..., Browser], campaign_id: int) -> None:
    claim_id = ward.claim(ward.citizen(), campaign_id)
    officer, approver = sit("officer", name="Trần Thu Hà"), sit("approver", name="Lê Quang Minh")
    assert str(claim_id) not in approver.page("/duyet/")
    assert "Đã xác minh" in officer.post(f"/kiem-tra/{claim_id}/xac-minh").text
    assert state(claim_id) is ClaimState.VERIFIED
    assert "Trần Thu Hà xác minh" in approver.page(f"/duyet/{claim_id}")
    assert "Đã duyệt" in approver.post(f"/duyet/{claim_id}/duyet").text
    with transaction() as session:
        claim = session.get_one(Claim, claim_id)
        assert (claim.state, claim.verified_by, claim.approved_by) == (
            ClaimState.APPROVED,
            officer.staff_id,
            approver.staff_id,
        )


def test_nobody_approves_what_he_or_she_verified(sit: Callable[..., Browser], campaign_id: int) -> None:
    claim_id = ward.claim(ward.citizen(), campaign_id)
    both = sit("officer", "approver")
    both.post(f"/kiem-tra/{claim_id}/xac-minh")
    assert str(claim_id) not in both.page("/duyet/")
    assert "một người khác phải duyệt" in both.page(f"/duyet/{claim_id}")
    assert "không tự duyệt được" in both.post(f"/duyet/{claim_id}/duyet").text
    assert state(claim_id) is ClaimState.VERIFIED


def test_the_card_shows_both_sides_and_marks_what_differs(sit: Callable[..., Browser], campaign_id: int) -> None:
    of = ward.citizen("Lê Thị Lan")
    claim_id = ward.claim(of, campaign_id, holder_name="LE THI LANH", from_invited_phone=False)
    page = sit("officer").page(f"/kiem-tra/{claim_id}")
    groups = " ".join(of.citizen_id[at : at + 3] for at in range(0, 12, 3))
    for shown in ("Lê Thị Lan", "LE THI LANH", groups, "0011 0041 2345 7", "Vietcombank", "Gần giống"):
        assert shown in page, shown
    assert page.count('<tr class="differs">') == 2


def test_opening_a_card_is_written_down(sit: Callable[..., Browser], campaign_id: int) -> None:
    claim_id = ward.claim(ward.citizen(), campaign_id)
    officer = sit("officer")
    officer.page(f"/kiem-tra/{claim_id}")
    (entry,) = entries(f"claim:{claim_id}", "view")
    assert entry.actor == f"staff:{officer.staff_id}" and entry.commune_code == ward.HERE
    assert entry.after == {"shown": ["citizen_id", "phones", "account"]}


@pytest.mark.parametrize(
    ("path", "becomes", "said"),
    [
        ("tra-lai", ClaimState.NEEDS_CORRECTION, "nho ong/ba sua lai: so tai khoan thieu chu so"),
        ("tu-choi", ClaimState.REJECTED, "chua nhan duoc phan khai cua ong/ba: so tai khoan thieu chu so"),
    ],
)
def test_a_claim_goes_back_with_a_reason_that_the_citizen_reads(
    sit: Callable[..., Browser], campaign_id: int, path: str, becomes: ClaimState, said: str
) -> None:
    of = ward.citizen("Nguyễn Thị Hoa")
    claim_id = ward.claim(of, campaign_id)
    sit("officer").post(f"/kiem-tra/{claim_id}/{path}", reason="số tài khoản thiếu chữ số.")
    assert state(claim_id) is becomes
    (message,) = messages_to(of)
    assert message.kind is MessageKind.OFFICER and said in message.body.lower()
    assert "hoa" not in message.body.lower().split() and of.reference not in message.body


@pytest.mark.parametrize(("role", "desk"), [("officer", "kiem-tra"), ("approver", "duyet")])
def test_one_answer_alone_is_asked_for_again(
    sit: Callable[..., Browser], campaign_id: int, role: str, desk: str
) -> None:
    of = ward.citizen()
    verified = {} if role == "officer" else {"state": ClaimState.VERIFIED, "verified_by": 901}
    claim_id = ward.claim(of, campaign_id, **verified)
    browser = sit(role)
    page = browser.page(f"/{desk}/{claim_id}")
    assert '<option value="account_number">riêng ô: số tài khoản' in page
    assert 'value="opening"' not in page, "what was never asked is not asked again"
    browser.post(f"/{desk}/{claim_id}/tra-lai", reason="số tài khoản thiếu chữ số", question="account_number")
    assert state(claim_id) is ClaimState.NEEDS_CORRECTION
    (message,) = messages_to(of)
    assert "nhan lai giup so tai khoan" in message.body.lower() and "nhan co" not in message.body.lower()
    with transaction() as session:
        draft = latest_draft(session, of.thread_id)
        assert draft is not None
        assert (draft.state, draft.open_question) == (DraftState.OPEN, Question.ACCOUNT_NUMBER)


def test_where_the_bot_cannot_ask_for_one_answer_all_is_declared_anew(
    sit: Callable[..., Browser], campaign_id: int
) -> None:
    of = ward.citizen()
    claim_id = ward.claim(of, campaign_id)
    sit("officer").post(f"/kiem-tra/{claim_id}/tra-lai", reason="chưa rõ hẹn lúc nào", question="visit_time")
    (message,) = messages_to(of)
    assert "nhan co de khai lai" in message.body.lower()


@pytest.mark.parametrize("path", ["tra-lai", "tu-choi"])
def test_without_a_reason_it_stays(sit: Callable[..., Browser], campaign_id: int, path: str) -> None:
    claim_id = ward.claim(ward.citizen(), campaign_id)
    assert "Xin ghi lý do" in sit("officer").post(f"/kiem-tra/{claim_id}/{path}", reason="  ").text
    assert state(claim_id) is ClaimState.DECLARED


def test_what_a_relative_declared_waits_for_the_beneficiarys_own_yes(
    sit: Callable[..., Browser], campaign_id: int
) -> None:
    claim_id = ward.claim(ward.citizen(), campaign_id, respondent="relative", relation="child")
    officer = sit("officer")
    assert 'data-key="1" disabled' in officer.page(f"/kiem-tra/{claim_id}")
    assert "chưa ghi nhận ý kiến đồng ý" in officer.post(f"/kiem-tra/{claim_id}/xac-minh").text
    assert state(claim_id) is ClaimState.DECLARED
    assert "Đã ghi nhận người hưởng đồng ý" in officer.post(f"/kiem-tra/{claim_id}/dong-y", how="call").text
    assert "Đã xác minh" in officer.post(f"/kiem-tra/{claim_id}/xac-minh").text
    (entry,) = entries(f"claim:{claim_id}", "record_agreement")
    assert entry.reason == "gọi lại"


def test_an_unknown_code_is_tied_to_a_person(sit: Callable[..., Browser], campaign_id: int) -> None:
    of = ward.citizen("Phạm Thị Mơ")
    claim_id = ward.claim(
        of, campaign_id, commune=None, person_id=None, reference_given="none", holder_name="PHAM THI MO"
    )
    ward.says(of, "toi khai cho me toi", commune=None)
    city = sit("officer", commune=None)
    assert "Vướng" in city.page(f"/kiem-tra/{claim_id}")
    found = city.post(f"/kiem-tra/{claim_id}/nguoi-huong", query="pham thi mo").text
    assert str(of.person_id) in found and of.citizen_id not in found
    page = city.post(f"/kiem-tra/{claim_id}/gan", person_id=str(of.person_id)).text
    assert "Đã gắn bản khai" in page and "Vướng" not in page
    here = sit("officer")
    assert "Phạm Thị Mơ" in here.page(f"/kiem-tra/{claim_id}")
    assert "toi khai cho me toi" in here.page(f"/kiem-tra/{claim_id}/tro-chuyen")


def test_after_a_decision_the_next_card_comes_by_itself(sit: Callable[..., Browser], database: str) -> None:
    campaign_id = ward.campaign()
    first, second = (ward.claim(ward.citizen(commune=ward.ELSEWHERE), campaign_id, ward.ELSEWHERE) for _ in range(2))
    officer = sit("officer", commune=ward.ELSEWHERE)
    order = [officer.get("/kiem-tra/tiep").location.rsplit("/", 1)[1]]
    order.append(officer.get(f"/kiem-tra/tiep?sau={order[0]}").location.rsplit("/", 1)[1])
    assert set(order) == {str(first), str(second)}
    answer = officer.post(f"/kiem-tra/{order[0]}/xac-minh", follow=False)
    assert answer.location == f"/kiem-tra/{order[1]}"
    assert officer.post(f"/kiem-tra/{order[1]}/xac-minh", follow=False).location == "/kiem-tra/"


def test_two_officers_at_one_card(sit: Callable[..., Browser], campaign_id: int) -> None:
    claim_id = ward.claim(ward.citizen(), campaign_id)
    sit("officer").post(f"/kiem-tra/{claim_id}/xac-minh")
    late = sit("officer").post(f"/kiem-tra/{claim_id}/tu-choi", reason="")
    assert state(claim_id) is ClaimState.VERIFIED and late.status_code == 200


def test_an_account_shared_with_another_commune_is_a_number_only(sit: Callable[..., Browser], campaign_id: int) -> None:
    columns: dict[str, Any] = {"account_number": "0451000777888"}
    ward.claim(ward.citizen("Người Xã Khác", ward.ELSEWHERE), campaign_id, ward.ELSEWHERE, **columns)
    claim_id = ward.claim(ward.citizen(), campaign_id, **columns)
    page = sit("officer").page(f"/kiem-tra/{claim_id}")
    assert "1 người ở xã, phường khác" in page and "Người Xã Khác" not in page


def test_the_conversation_is_shown_when_asked_and_written_down(sit: Callable[..., Browser], campaign_id: int) -> None:
    of = ward.citizen()
    claim_id = ward.claim(of, campaign_id)
    ward.says(of, "so cua toi day")
    officer = sit("officer")
    assert "so cua toi day" not in officer.page(f"/kiem-tra/{claim_id}")
    assert "so cua toi day" in officer.page(f"/kiem-tra/{claim_id}/tro-chuyen")
    assert entries(f"claim:{claim_id}", "view")[-1].after == {"shown": ["transcript"]}
    with transaction() as session:
        assert session.get_one(Thread, of.thread_id).staff_id is None


def test_the_old_and_the_weak_are_worked_first_and_nobody_is_overtaken_for_ever(
    sit: Callable[..., Browser], campaign_id: int
) -> None:
    far = "00004"
    waited = {"Trẻ Mới Khai": 1, "Trẻ Chờ Hai Ngày": 49, "Cụ Già Mới Khai": 2, "Trẻ Chờ Lâu": 24 * 9}
    for name, hours in waited.items():
        of = ward.citizen(name, far, birth_year=1940 if name.startswith("Cụ") else 1990)
        with transaction() as session:
            session.get_one(Person, of.person_id).entitlements[0].category = "meritorious"
        ward.claim(of, campaign_id, commune=far, declared_at=now() - timedelta(hours=hours))
    officer = sit("officer", commune=far)
    page = officer.page("/kiem-tra/")
    expected = ["Trẻ Chờ Lâu", "Cụ Già Mới Khai", "Trẻ Chờ Hai Ngày", "Trẻ Mới Khai"]
    assert sorted(waited, key=page.index) == expected
    assert page.count(">ưu tiên<") == 1 and "người từ 80 tuổi xếp như đã chờ thêm 3 ngày" in page
    card = officer.get("/kiem-tra/tiep")
    for name in expected:
        assert f">{name}</a></h1>" in officer.page(card.location)
        card = officer.get(f"/kiem-tra/tiep?sau={card.location.rsplit('/', 1)[1]}")
    assert f">{expected[0]}</a></h1>" in officer.page(card.location), "after the last comes the first"
