"""Conversations with an officer: taken by one, answered on the same channel, closed, and the bot leads again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.escalation import Escalation, Reason
from conversations.thread import Owner, Thread
from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from outreach.message import Message, MessageKind
from roster.contact import ContactPoint
from roster.person import Person
from tests.console import ward
from tests.console.conftest import Browser

pytestmark = pytest.mark.usefixtures("database")


def noted_at_closing(escalation_id: int) -> AuditEntry:
    with transaction() as session:
        return session.scalars(
            select(AuditEntry).where(AuditEntry.subject == f"escalation:{escalation_id}", AuditEntry.action == "close")
        ).one()


def kept(escalation_id: int) -> Escalation:
    with transaction() as session:
        return session.get_one(Escalation, escalation_id)


def answers(officer: Browser, escalation_id: int, text: str) -> str:
    """Send words as the page does that has just been read; what the next page says."""
    page = officer.page(f"/tro-chuyen/{escalation_id}/moi")
    read_to = re.search(r'name="read_to" form="answer-form" value="([^"]+)"', page)
    assert read_to is not None
    return officer.post(f"/tro-chuyen/{escalation_id}/tra-loi", text=text, read_to=read_to[1]).text


def thread_of(of: ward.Citizen) -> Thread:
    with transaction() as session:
        return session.get_one(Thread, of.thread_id)


def test_the_inbox_says_who_waits_why_and_how_long(sit: Callable[..., Browser]) -> None:
    ward.escalation(ward.citizen("Lê Thị Lan"), Reason.ASKED)
    ward.escalation(ward.citizen("Vũ Thị Mận"), Reason.SCAM)
    page = sit("officer").page("/tro-chuyen/")
    for shown in ("Lê Thị Lan", "Xin gặp cán bộ", "Báo nghi lừa đảo", "35 phút", "Phường Bồ Đề"):
        assert shown in page, shown
    assert page.index("Vũ Thị Mận") < page.index("Lê Thị Lan"), "the gravest first"


def test_a_conversation_is_taken_by_one_officer(sit: Callable[..., Browser]) -> None:
    escalation_id = ward.escalation(ward.citizen())
    first, second = sit("officer", name="Trần Thu Hà"), sit("officer")
    first.post(f"/tro-chuyen/{escalation_id}/nhan")
    late = second.post(f"/tro-chuyen/{escalation_id}/nhan")
    assert "Một cán bộ khác vừa nhận" in late.text and "Trần Thu Hà" in late.text
    assert kept(escalation_id).taken_by == first.staff_id
    assert "Trần Thu Hà" in second.page("/tro-chuyen/?xem=others")
    assert str(escalation_id) in first.page("/tro-chuyen/?xem=mine")


def test_the_officers_words_go_out_and_the_conversation_goes_back_to_the_bot(sit: Callable[..., Browser]) -> None:
    of = ward.citizen()
    ward.says(of, "cho toi gap can bo")
    escalation_id = ward.escalation(of)
    officer = sit("officer")
    officer.post(f"/tro-chuyen/{escalation_id}/nhan")
    assert "Đã gửi câu trả lời" in answers(officer, escalation_id, "Dạ, tôi nghe ạ.")
    with transaction() as session:
        (message,) = session.scalars(select(Message).where(Message.thread_id == of.thread_id))
    assert message.kind is MessageKind.OFFICER and message.body == "Da, toi nghe a."
    talk = officer.page(f"/tro-chuyen/{escalation_id}/moi")
    assert talk.index("cho toi gap can bo") < talk.index("Da, toi nghe a.")
    officer.post(f"/tro-chuyen/{escalation_id}/dong", outcome="called", note="hẹn thứ hai")
    closed = kept(escalation_id)
    assert (closed.outcome, closed.closing_note) == ("Đã gọi điện giải thích", "hẹn thứ hai")
    assert noted_at_closing(escalation_id).after == {"reason": "asked", "outcome": "Đã gọi điện giải thích"}
    assert (thread_of(of).owner, thread_of(of).staff_id) == (Owner.BOT, None)
    assert "Đã gọi điện giải thích" in officer.page(f"/tro-chuyen/{escalation_id}")


@pytest.mark.parametrize(("path", "form"), [("tra-loi", {"text": "xin chào"}), ("dong", {"outcome": "called"})])
def test_who_has_not_taken_it_says_and_closes_nothing(
    sit: Callable[..., Browser], path: str, form: dict[str, str]
) -> None:
    of = ward.citizen()
    escalation_id = ward.escalation(of)
    assert sit("officer").post(f"/tro-chuyen/{escalation_id}/{path}", **form).status_code == 403
    assert kept(escalation_id).closed_at is None and thread_of(of).owner is Owner.OFFICER


@pytest.mark.parametrize("text", ["", "   ", "a" * 1001])
def test_an_answer_needs_words_and_not_too_many(sit: Callable[..., Browser], text: str) -> None:
    of = ward.citizen()
    escalation_id = ward.escalation(of)
    officer = sit("officer")
    officer.post(f"/tro-chuyen/{escalation_id}/nhan")
    assert "cần có nội dung" in answers(officer, escalation_id, text)


def test_it_is_not_closed_without_an_outcome(sit: Callable[..., Browser]) -> None:
    escalation_id = ward.escalation(ward.citizen())
    officer = sit("officer")
    officer.post(f"/tro-chuyen/{escalation_id}/nhan")
    assert "Xin chọn kết quả" in officer.post(f"/tro-chuyen/{escalation_id}/dong", outcome="dead").text
    assert kept(escalation_id).closed_at is None


@pytest.mark.parametrize(("outcome", "dead", "paused"), [("dead", True, True), ("alive", False, False)])
def test_a_reported_death_is_settled_by_the_outcome(
    sit: Callable[..., Browser], outcome: str, dead: bool, paused: bool
) -> None:
    of = ward.citizen(paused_at=now() - timedelta(hours=3))
    escalation_id = ward.escalation(of, Reason.DEATH)
    officer = sit("officer")
    officer.post(f"/tro-chuyen/{escalation_id}/nhan")
    officer.post(f"/tro-chuyen/{escalation_id}/dong", outcome=outcome)
    with transaction() as session:
        person = session.get_one(Person, of.person_id)
        assert (person.deceased_at is not None, person.paused_at is not None) == (dead, paused)


def test_an_officer_is_told_when_words_would_not_arrive(sit: Callable[..., Browser]) -> None:
    of = ward.citizen()
    escalation_id = ward.escalation(of)
    with transaction() as session:
        session.get_one(ContactPoint, of.contact_id).stopped_at = now()
    assert "Xin gọi điện hoặc đến gặp" in sit("officer").page(f"/tro-chuyen/{escalation_id}")
