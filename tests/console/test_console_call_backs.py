"""Calls to make: the queue, taking, finding out who it is, and the ways in which a call ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import select

from conversations.hotline import Call, handle_calls, take_call
from conversations.hotline_call import CallKind
from conversations.hotline_settings import exchange_settings
from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from outreach.follow_up import FollowUp, FollowUpOutcome, FollowUpSource
from outreach.own_yes import ask_for_own_yes, close_needless
from roster.claim import Claim, ClaimState
from roster.contact import ContactPoint, PersonContact
from roster.person import Person
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

HOTLINE = "02438250000"
STRANGER = "0987654321"
type Sit = Callable[..., Browser]


@pytest.fixture(autouse=True)
def hotline(database: str, clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The hotline is that of the ward HERE."""
    monkeypatch.setenv("LOA_EXCHANGE_HOTLINES", f'{{"{HOTLINE}": "{ward.HERE}"}}')
    exchange_settings.cache_clear()
    yield
    monkeypatch.undo()
    exchange_settings.cache_clear()
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point CASCADE")


def rings(phone: str, *, hotline: str = HOTLINE) -> FollowUp:
    """Somebody rings the hotline and nobody answers; the task."""
    with transaction() as session:
        take_call(session, Call(uuid4().hex, phone, hotline, CallKind.MISSED, now()), now())
    handle_calls(now())
    with transaction() as session:
        newest = select(FollowUp).order_by(FollowUp.id.desc()).limit(1)
        return session.scalars(newest).one()


def kept(task: FollowUp) -> FollowUp:
    with transaction() as session:
        return session.get_one(FollowUp, task.id)


def test_the_queue_says_who_called_why_and_how_often(sit: Sit) -> None:
    of = ward.citizen("Lê Thị Lan")
    rings(of.phone)
    rings(of.phone)
    rings(STRANGER)
    page = sit("officer").page("/goi-lai/")
    for shown in ("Lê Thị Lan", "Gọi nhỡ tổng đài", "đã gọi 2 lần", "Chưa rõ là ai", "Phường Bồ Đề"):
        assert shown in page, shown
    assert of.phone not in page and STRANGER not in page, "numbers are whole on the task's own page alone"


def test_the_overdue_stand_first(sit: Sit, clock: TestClock) -> None:
    rings(ward.citizen("Lê Thị Lan").phone)
    clock.advance(timedelta(hours=5))
    rings(ward.citizen("Vũ Thị Mận").phone)
    page = sit("officer").page("/goi-lai/")
    assert page.index("Lê Thị Lan") < page.index("quá hạn") < page.index("Vũ Thị Mận")


def test_the_call_shows_the_whole_number_and_that_is_noted(sit: Sit) -> None:
    task = rings(STRANGER)
    page = sit("officer").page(f"/goi-lai/{task.id}")
    assert "0987 654 321" in page and f'href="tel:{STRANGER}"' in page
    with transaction() as session:
        noted = select(AuditEntry).where(AuditEntry.subject == f"follow_up:{task.id}", AuditEntry.action == "view")
        assert session.scalars(noted).first() is not None


def test_another_communes_officers_see_nothing_of_it(sit: Sit) -> None:
    task = rings(STRANGER)
    elsewhere = sit("officer", commune=ward.ELSEWHERE)
    assert "Không có ai đang chờ gọi lại" in elsewhere.page("/goi-lai/")
    assert elsewhere.get(f"/goi-lai/{task.id}").status_code == 404
    for path in ("nhan", "tra-lai", "khong-nghe", "gan", "tim", "nguoi-huong-dong-y", "dong"):
        assert elsewhere.post(f"/goi-lai/{task.id}/{path}", outcome="answered").status_code == 404, path
    assert kept(task).taken_by is None


def test_one_officer_takes_it_and_the_other_reads_who(sit: Sit) -> None:
    task = rings(STRANGER)
    first, second = sit("officer", name="Trần Thu Hà"), sit("officer")
    first.post(f"/goi-lai/{task.id}/nhan")
    late = second.post(f"/goi-lai/{task.id}/nhan")
    assert "chưa do anh/chị nhận" in late.text and "Trần Thu Hà" in late.text
    assert kept(task).taken_by == first.staff_id
    for path in ("tra-lai", "khong-nghe", "dong"):
        assert "chưa do anh/chị nhận" in second.post(f"/goi-lai/{task.id}/{path}", outcome="answered").text
    assert kept(task).closed_at is None
    first.post(f"/goi-lai/{task.id}/tra-lai")
    assert kept(task).taken_by is None


def test_a_stranger_is_found_by_name_and_tied(sit: Sit) -> None:
    of = ward.citizen("Đỗ Thị Sen")
    ward.citizen("Đỗ Thị Sen", commune=ward.ELSEWHERE)
    task = rings(STRANGER)
    officer = sit("officer")
    officer.post(f"/goi-lai/{task.id}/nhan")
    found = officer.post(f"/goi-lai/{task.id}/tim", query="do thi sen").text
    assert found.count("Là người này") == 1 and str(of.person_id) in found
    officer.post(f"/goi-lai/{task.id}/gan", person_id=str(of.person_id))
    assert (kept(task).person_id, kept(task).commune_code) == (of.person_id, ward.HERE)


def test_nobody_of_another_commune_can_be_tied(sit: Sit) -> None:
    of = ward.citizen(commune=ward.ELSEWHERE)
    task = rings(STRANGER)
    officer = sit("officer")
    officer.post(f"/goi-lai/{task.id}/nhan")
    assert officer.post(f"/goi-lai/{task.id}/gan", person_id=str(of.person_id)).status_code == 404
    assert kept(task).person_id is None


def test_nobody_answered_brings_it_back_later(sit: Sit, clock: TestClock) -> None:
    task = rings(STRANGER)
    officer = sit("officer")
    officer.post(f"/goi-lai/{task.id}/nhan")
    clock.advance(timedelta(hours=1))
    assert "không nghe máy" in officer.post(f"/goi-lai/{task.id}/khong-nghe").text
    again = kept(task)
    assert (again.tries, again.taken_by, again.closed_at) == (1, None, None)
    assert again.due_at > task.due_at


@pytest.mark.parametrize(
    ("outcome", "note"), [("answered", "hỏi ngày chi trả"), ("undecided", ""), ("refused", ""), ("wrong_number", "")]
)
def test_a_call_ends_with_what_came_of_it(sit: Sit, outcome: str, note: str) -> None:
    task = rings(ward.citizen().phone)
    officer = sit("officer")
    officer.post(f"/goi-lai/{task.id}/nhan")
    officer.post(f"/goi-lai/{task.id}/dong", outcome=outcome, note=note)
    done = kept(task)
    assert (done.outcome, done.note, done.closed_at is not None) == (FollowUpOutcome(outcome), note or None, True)
    assert "Gọi lại" in officer.page("/goi-lai/?xem=closed")


@pytest.mark.parametrize("outcome", ["", "declared", "agreed", "needless", "not_found", "xyz"])
def test_it_does_not_end_otherwise(sit: Sit, outcome: str) -> None:
    task = rings(ward.citizen().phone)
    officer = sit("officer")
    officer.post(f"/goi-lai/{task.id}/nhan")
    assert "Xin chọn kết quả" in officer.post(f"/goi-lai/{task.id}/dong", outcome=outcome).text
    assert kept(task).closed_at is None


def test_a_wrong_number_is_not_used_for_that_person_again(sit: Sit) -> None:
    of = ward.citizen()
    task = rings(of.phone)
    officer = sit("officer")
    officer.post(f"/goi-lai/{task.id}/nhan")
    officer.post(f"/goi-lai/{task.id}/dong", outcome="wrong_number")
    with transaction() as session:
        assert session.get_one(PersonContact, (of.person_id, of.contact_id)).unlinked_at is not None


def test_a_death_that_the_family_tells_ends_everything_for_the_person(sit: Sit) -> None:
    of = ward.citizen()
    task = rings(of.phone)
    officer = sit("officer")
    officer.post(f"/goi-lai/{task.id}/nhan")
    officer.post(f"/goi-lai/{task.id}/dong", outcome="deceased")
    with transaction() as session:
        assert session.get_one(Person, of.person_id).deceased_at is not None


def test_a_number_noted_at_the_desk_joins_the_queue(sit: Sit) -> None:
    of = ward.citizen("Lê Thị Lan")
    officer = sit("officer")
    page = officer.post("/goi-lai/", phone=f"{of.phone[:4]} {of.phone[4:]}").text
    assert "Lê Thị Lan" in page and "Cán bộ ghi số" in page
    officer.post("/goi-lai/", phone=of.phone)
    with transaction() as session:
        [task] = session.scalars(select(FollowUp))
    assert (task.source, task.opened_by, task.commune_code) == (FollowUpSource.OFFICER, officer.staff_id, ward.HERE)


@pytest.mark.parametrize("phone", ["", "12345", "gọi sau"])
def test_what_is_no_number_is_not_noted(sit: Sit, phone: str) -> None:
    assert "Số điện thoại chưa đúng" in sit("officer").post("/goi-lai/", phone=phone).text


def test_a_number_known_elsewhere_tells_the_desk_nothing(sit: Sit) -> None:
    of = ward.citizen("Người Nơi Khác", commune=ward.ELSEWHERE)
    page = sit("officer").post("/goi-lai/", phone=of.phone).text
    assert "Người Nơi Khác" not in page and "Chưa rõ ai gọi" in page
    with transaction() as session:
        [task] = session.scalars(select(FollowUp))
    assert (task.person_id, task.commune_code) == (None, ward.HERE)


def test_a_number_is_noted_for_ones_own_commune_alone(sit: Sit) -> None:
    assert sit("officer").post("/goi-lai/", phone=STRANGER, commune=ward.ELSEWHERE).status_code == 403


# --- the beneficiary's own yes ---------------------------------------------------------------------------------------


def relatives_claim(of: ward.Citizen) -> Claim:
    """A relative has declared, and the tick has asked for the beneficiary's yes."""
    claim_id = ward.claim(of, ward.campaign(), respondent="relative", relation="child")
    tend()
    with transaction() as session:
        return session.get_one(Claim, claim_id)


def tend() -> int:
    with transaction() as session:
        return close_needless(session, now()) + ask_for_own_yes(session, now())


def tasks() -> list[FollowUp]:
    with transaction() as session:
        return list(session.scalars(select(FollowUp).order_by(FollowUp.id)))


def test_what_a_relative_declares_asks_for_the_beneficiarys_own_yes_once(clock: TestClock) -> None:
    of = ward.citizen()
    claim = relatives_claim(of)
    assert tend() == 0
    [task] = tasks()
    assert (task.source, task.claim_id, task.person_id) == (FollowUpSource.RELATIVE_YES, claim.id, of.person_id)
    with transaction() as session:
        assert session.get_one(ContactPoint, task.contact_id).address == of.phone


def test_the_own_yes_is_recorded_on_the_claim(sit: Sit) -> None:
    claim = relatives_claim(ward.citizen())
    [task] = tasks()
    officer = sit("officer")
    assert "người hưởng không đồng ý" in officer.post(f"/goi-lai/{task.id}/nhan").text.lower()
    officer.post(f"/goi-lai/{task.id}/nguoi-huong-dong-y")
    with transaction() as session:
        assert session.get_one(Claim, claim.id).beneficiary_agreed_at is not None
    assert kept(task).outcome is FollowUpOutcome.AGREED


def test_a_yes_recorded_without_taking_the_call_is_not(sit: Sit) -> None:
    claim = relatives_claim(ward.citizen())
    [task] = tasks()
    sit("officer").post(f"/goi-lai/{task.id}/nguoi-huong-dong-y")
    with transaction() as session:
        assert session.get_one(Claim, claim.id).beneficiary_agreed_at is None


def test_a_call_back_records_no_yes(sit: Sit) -> None:
    task = rings(ward.citizen().phone)
    officer = sit("officer")
    officer.post(f"/goi-lai/{task.id}/nhan")
    assert officer.post(f"/goi-lai/{task.id}/nguoi-huong-dong-y").status_code == 400


@pytest.mark.parametrize("how", ["agreed", "withdrawn", "died", "withdrew"])
def test_nobody_is_called_who_need_not_be(how: str, clock: TestClock) -> None:
    of = ward.citizen()
    claim = relatives_claim(of)
    with transaction() as session:
        kept_claim = session.get_one(Claim, claim.id)
        if how == "agreed":
            kept_claim.beneficiary_agreed_at = now()
        elif how == "withdrawn":
            kept_claim.state = ClaimState.WITHDRAWN
        elif how == "died":
            session.get_one(Person, of.person_id).deceased_at = now()
        else:
            session.get_one(Person, of.person_id).withdrew_at = now()
    assert tend() == 1
    [task] = tasks()
    assert (task.outcome, task.closed_at is not None) == (FollowUpOutcome.NEEDLESS, True)
    assert tend() == 0
