"""Conversations among colleagues: how soon they are looked at, passed on, taken over, and nobody talks past another."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from conversations.escalation import Escalation, Priority, Reason
from conversations.thread import Owner, Thread
from core.audit import AuditEntry
from core.clock import now, today
from core.database import transaction
from outreach.message import Message
from roster.person import Entitlement
from tests.console import ward
from tests.console.conftest import Browser
from tests.console.test_console_threads import answers, kept

pytestmark = pytest.mark.usefixtures("database")


def taken(officer: Browser, of: ward.Citizen, reason: Reason = Reason.ASKED) -> int:
    escalation_id = ward.escalation(of, reason)
    officer.post(f"/tro-chuyen/{escalation_id}/nhan")
    return escalation_id


def audited(escalation_id: int, action: str) -> list[str]:
    """The reasons that stand in the audit log."""
    with transaction() as session:
        rows = session.scalars(
            select(AuditEntry).where(AuditEntry.subject == f"escalation:{escalation_id}", AuditEntry.action == action)
        )
        return [row.reason for row in rows]


def waits_since(escalation_id: int, wait: timedelta) -> None:
    with transaction() as session:
        session.get_one(Escalation, escalation_id).opened_at = now() - wait


def sent(of: ward.Citizen) -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(Message).where(Message.thread_id == of.thread_id)) or 0


def citizen(name: str, age: int, category: str = "merit") -> ward.Citizen:
    of = ward.citizen(name, birth_year=today().year - age)
    with transaction() as session:
        session.execute(update(Entitlement).where(Entitlement.person_id == of.person_id).values(category=category))
    return of


def test_money_first_then_the_old_the_cared_for_and_those_who_waited_long(sit: Callable[..., Browser]) -> None:
    ward.escalation(citizen("Đỗ Văn Thường", 50))
    ward.escalation(citizen("Cụ Bà Già", 88))
    ward.escalation(citizen("Mai Thị Liệt", 40, "social_protection"))
    waits_since(ward.escalation(citizen("Phạm Văn Đợi", 50)), timedelta(days=2))
    ward.escalation(citizen("Ngô Thị Tiền", 50), Reason.MONEY_MISSING)
    ward.escalation(citizen("Lý Thị Lỗi", 50), Reason.BOT_FAILURE)
    page = sit("officer").page("/tro-chuyen/")
    shown = re.findall(r'class="tag[^"]*">([^<]+)</span></td>|data-label="Người hưởng">([^<(]+?) <span', page)
    told = [first or second for first, second in shown]
    assert told == [
        *("Gấp", "Ngô Thị Tiền"),
        *("Cần sớm", "Phạm Văn Đợi"),
        *("Cần sớm", "Cụ Bà Già"),
        *("Cần sớm", "Mai Thị Liệt"),
        *("Cần sớm", "Lý Thị Lỗi"),
        *("Bình thường", "Đỗ Văn Thường"),
    ]


def test_an_officer_settles_how_soon_and_says_why(sit: Callable[..., Browser]) -> None:
    usual, raised = ward.escalation(ward.citizen("Lê Thị Trước")), ward.escalation(ward.citizen("Lê Thị Nâng"))
    waits_since(usual, timedelta(hours=5))
    officer = sit("officer")
    refused = officer.post(f"/tro-chuyen/{raised}/muc-gap", priority="urgent", reason=" ")
    assert "ghi lý do" in refused.text and kept(raised).priority_set is None
    assert "ghi lý do" in officer.post(f"/tro-chuyen/{raised}/muc-gap", priority="now", reason="gấp").text
    officer.post(f"/tro-chuyen/{raised}/muc-gap", priority="urgent", reason="Cụ đang nằm viện")
    page = officer.page("/tro-chuyen/")
    assert kept(raised).priority_set is Priority.URGENT
    assert page.index("Lê Thị Nâng") < page.index("Lê Thị Trước")
    assert audited(raised, "set_priority") == ["Cụ đang nằm viện"]


def test_it_is_passed_to_a_colleague_with_a_note_and_stays_with_people(sit: Callable[..., Browser]) -> None:
    first, second = sit("officer", name="Trần Thu Hà"), sit("officer", name="Bùi Văn Nam")
    of = ward.citizen()
    older = taken(second, ward.citizen("Đào Thị Cũ"), Reason.SCAM)
    escalation_id = taken(first, of)
    first.post(f"/tro-chuyen/{escalation_id}/chuyen", to=str(second.staff_id), note="Bà nghe kém, xin gọi buổi sáng")
    row = kept(escalation_id)
    assert (row.taken_by, row.handed_by) == (second.staff_id, first.staff_id)
    with transaction() as session:
        thread = session.get_one(Thread, of.thread_id)
        assert (thread.owner, thread.staff_id) == (Owner.OFFICER, second.staff_id)
    mine = second.page("/tro-chuyen/?xem=mine")
    assert "Trần Thu Hà chuyển cho anh/chị" in mine
    assert mine.index(f"/tro-chuyen/{escalation_id}") < mine.index(f"/tro-chuyen/{older}"), "what was passed on first"
    assert "Bà nghe kém" in second.page(f"/tro-chuyen/{escalation_id}")
    assert first.post(f"/tro-chuyen/{escalation_id}/tra-loi", text="Dạ").status_code == 403
    assert sent(of) == 0 and len(audited(escalation_id, "hand_over")) == 1


def test_it_goes_back_to_where_all_wait(sit: Callable[..., Browser]) -> None:
    first, second = sit("officer"), sit("officer")
    escalation_id = taken(first, ward.citizen("Hồ Thị Trả"))
    first.post(f"/tro-chuyen/{escalation_id}/chuyen", to="all", note="Tôi nghỉ chiều nay")
    assert "Hồ Thị Trả" in second.page("/tro-chuyen/")
    second.post(f"/tro-chuyen/{escalation_id}/nhan")
    assert kept(escalation_id).taken_by == second.staff_id
    assert "Tôi nghỉ chiều nay" in second.page(f"/tro-chuyen/{escalation_id}")


def test_nobody_who_may_not_see_it_is_given_it(sit: Callable[..., Browser]) -> None:
    officer, elsewhere, auditor = sit("officer"), sit("officer", commune=ward.ELSEWHERE), sit("auditor", commune=None)
    escalation_id = taken(officer, ward.citizen())
    for wrong in (elsewhere.staff_id, auditor.staff_id, officer.staff_id, 10**9, "x"):
        officer.post(f"/tro-chuyen/{escalation_id}/chuyen", to=str(wrong), note="xin nhận")
        assert kept(escalation_id).taken_by == officer.staff_id, wrong


def test_a_colleague_who_is_away_is_stood_in_for(sit: Callable[..., Browser]) -> None:
    away, here = sit("officer"), sit("officer")
    escalation_id = taken(away, ward.citizen())
    assert "ghi lý do nhận thay" in here.post(f"/tro-chuyen/{escalation_id}/nhan-thay", reason="").text
    assert kept(escalation_id).taken_by == away.staff_id
    here.post(f"/tro-chuyen/{escalation_id}/nhan-thay", reason="Chị nghỉ ốm, đã hỏi")
    assert kept(escalation_id).taken_by == here.staff_id
    assert audited(escalation_id, "take_over") == ["Chị nghỉ ốm, đã hỏi"]
    assert away.post(f"/tro-chuyen/{escalation_id}/dong", outcome="called").status_code == 403


def test_words_are_not_sent_past_a_word_that_was_not_read(sit: Callable[..., Browser]) -> None:
    of = ward.citizen()
    ward.says(of, "toi hoi tien")
    officer = sit("officer")
    escalation_id = taken(officer, of)
    assert "Đã gửi" in answers(officer, escalation_id, "Dạ, tôi nghe ạ.")
    ward.says(of, "thoi toi ro roi")
    late = officer.post(f"/tro-chuyen/{escalation_id}/tra-loi", text="Dạ, mời bà lên phường ạ.", read_to="1-1").text
    assert "vừa có tin mới" in late and "thoi toi ro roi" in late
    assert "Dạ, mời bà lên phường ạ.</textarea>" in late, "what was typed is kept"
    assert sent(of) == 1
    assert "Đã gửi" in answers(officer, escalation_id, "Dạ, cảm ơn bà ạ.")


def test_after_closing_no_more_words_go_out(sit: Callable[..., Browser]) -> None:
    of = ward.citizen()
    officer = sit("officer")
    escalation_id = taken(officer, of)
    officer.post(f"/tro-chuyen/{escalation_id}/dong", outcome="called")
    assert officer.post(f"/tro-chuyen/{escalation_id}/tra-loi", text="Dạ", read_to="0-0").status_code == 403
    assert sent(of) == 0
