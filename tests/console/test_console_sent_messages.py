"""Every message of a person, on the person's page: as it was, with its attempts and what the provider said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from console.formats import hidden_phone
from console.reading.sent_messages import sent_to
from core.audit import AuditEntry
from core.database import transaction
from outreach.left_out import StepLeftOut
from outreach.message import Message, MessageMember, MessageState
from outreach.reasons import Reason
from tests.console import ward
from tests.console.conftest import Browser
from tests.console.running import TEXT, Running, running


@pytest.fixture(scope="module")
def run(database: str) -> Running:
    ran = running([ward.citizen(name) for name in ("Lê Thị Một", "Lê Thị Hai", "Lê Thị Ba")])
    ran.come_to(MessageState.DELIVERED, MessageState.UNKNOWN)
    return ran


def seen(browser: Browser, of: ward.Citizen) -> str:
    return " ".join(browser.page(f"/nguoi-huong/{of.person_id}/tin-da-gui").split())


def test_a_message_stands_there_as_it_was_with_all_that_happened(sit: Callable[..., Browser], run: Running) -> None:
    one = run.people[0]
    page = seen(sit("officer"), one)
    assert TEXT in page and "Đã tới máy" in page and "lời tin bản 1" in page
    assert "Đợt trước Tết" in page and "Tin nhắn SMS" in page and hidden_phone(one.phone) in page
    assert one.phone not in page, "numbers are masked"
    for what in ("Vào sổ gửi", "Lần gửi 1: nhà mạng đã nhận", "Nhà mạng báo: đã tới máy (delivered)"):
        assert what in page
    assert page.index("Vào sổ gửi") < page.index("Lần gửi 1") < page.index("Nhà mạng báo")


def test_another_text_of_the_step_later_changes_no_message(sit: Callable[..., Browser], run: Running) -> None:
    with transaction() as session:
        message = session.get_one(Message, run.message(run.people[0].person_id).id)
        assert message.body == TEXT
        with pytest.raises(Exception, match="a released step is not changed"), session.begin_nested():
            session.execute(text("UPDATE step SET template = 'khác' WHERE id = :id"), {"id": run.step_id})
    assert TEXT in seen(sit("officer"), run.people[0])


def test_what_is_unknown_and_what_waits_say_so(sit: Callable[..., Browser], run: Running) -> None:
    browser = sit("officer")
    unknown, waiting = seen(browser, run.people[1]), seen(browser, run.people[2])
    assert "Chưa rõ đã gửi hay chưa" in unknown and "Lần gửi 1: không rõ kết quả" in unknown
    assert "được soạn khi đến lượt gửi" in waiting and "Lần gửi" not in waiting


def test_looking_is_written_down(sit: Callable[..., Browser], run: Running) -> None:
    one = run.people[0]
    seen(sit("officer"), one)
    with transaction() as session:
        entries = select(AuditEntry).where(AuditEntry.subject == f"person:{one.person_id}", AuditEntry.action == "view")
        last = session.scalars(entries.order_by(AuditEntry.id.desc())).first()
    assert last is not None and last.after["shown"] == ["messages"]


def test_a_message_for_a_household_stands_with_each_it_is_about(run: Running) -> None:
    other, without = ward.citizen("Lê Văn Chung"), ward.citizen("Lê Văn Riêng")
    shared = run.message(run.people[0].person_id)
    with transaction() as session:
        for citizen, reason in ((other, None), (without, Reason.ANSWERED)):
            session.add(
                MessageMember(message_id=shared.id, person_id=citizen.person_id, step_id=run.step_id,
                              commune_code=ward.HERE, reason=reason)
            )  # fmt: skip
    with transaction() as session:
        [one] = sent_to(session, other.person_id).messages
        assert one.message.id == shared.id and one.together == 2
        assert sent_to(session, without.person_id).messages == []


def test_whoever_was_left_out_is_told_of_with_the_reason(sit: Callable[..., Browser], run: Running) -> None:
    of = ward.citizen("Lê Thị Sót")
    with transaction() as session:
        session.add(
            StepLeftOut(step_id=run.step_id, person_id=of.person_id, commune_code=ward.HERE, reason=Reason.NO_PHONE)
        )
    page = seen(sit("officer"), of)
    assert "Chưa có tin nào" in page and "Không có số điện thoại" in page


def test_words_that_are_no_longer_kept(sit: Callable[..., Browser]) -> None:
    ran = running([ward.citizen("Lê Thị Cũ")], name="Đợt cũ")
    ran.come_to(MessageState.DELIVERED)
    with transaction() as session:
        session.execute(text("UPDATE message SET body = NULL WHERE id = :id"),
                        {"id": ran.message(ran.people[0].person_id).id})  # fmt: skip
    page = seen(sit("officer"), ran.people[0])
    assert "Nội dung đã xóa" in page and TEXT not in page


def test_another_communes_person_is_not_there(sit: Callable[..., Browser], run: Running) -> None:
    path = f"/nguoi-huong/{run.people[0].person_id}/tin-da-gui"
    assert sit("officer", commune=ward.ELSEWHERE).get(path).status_code == 404
