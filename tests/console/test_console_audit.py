"""The audit log as auditors read it, and the history of one person as officers and auditors read it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from console.audit_words import ACTIONS, FIELDS, SUBJECTS, changes_of, who_of
from core.audit import SYSTEM, AuditEntry, record, staff_actor
from core.clock import now
from core.database import transaction
from core.settings import ROOT
from roster.claim import ClaimState
from roster.verification import approve, return_for_correction, verify
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import START, TestClock

pytestmark = pytest.mark.usefixtures("database")
ROOMS = ("core", "roster", "outreach", "conversations", "console", "bot", "loa", "webhooks")
_WRITES = {"record", "entry", "record_on", "_record", "_move"}
_WORD = re.compile(r"^[a-z]+([._][a-z]+)*$")


@pytest.fixture
def auditor(sit: Callable[..., Browser]) -> Browser:
    return sit("auditor", commune=None, name="Kiều Thị Tra")


def rows(page: str) -> list[str]:
    """The lines of the table, without mark-up."""
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<tr>(<td.*?)</tr>", page, re.S)]


def test_an_entry_reads_who_what_before_after_and_why(auditor: Browser, sit: Callable[..., Browser]) -> None:
    officer = sit("officer", name="Trần Thu Hà")
    claim_id = ward.claim(ward.citizen(), ward.campaign())
    with transaction() as session:
        return_for_correction(session, claim_id, officer.staff_id, "số tài khoản chưa đủ 0011004123457", now())
    [line] = [line for line in rows(auditor.page("/nhat-ky/")) if "Trả bản khai để sửa" in line]
    assert "Trần Thu Hà" in line and "10/11/2026" in line
    assert "Trạng thái: Cần kiểm tra → Đã trả lại để sửa" in line
    assert "số tài khoản chưa đủ •••" in line


def test_it_is_narrowed_down_by_actor_day_action_and_subject(
    auditor: Browser, sit: Callable[..., Browser], clock: TestClock
) -> None:
    officer = sit("officer", name="Lê Riêng Một")
    with transaction() as session:
        record(session, now(), staff_actor(officer.staff_id), "audience.saved", "audience:rieng", after={"rows": 17})
        record(session, now() - timedelta(days=3), SYSTEM, "step.sealed", "step:4711", after={"rows": 18})
    today, before = START.strftime("%Y-%m-%d"), (START - timedelta(days=3)).strftime("%Y-%m-%d")
    for query, there, gone in (
        (f"ai=staff:{officer.staff_id}", "Số dòng: 17", "Số dòng: 18"),
        ("ai=system&viec=step.sealed", "Số dòng: 18", "Số dòng: 17"),
        (f"tu={before}&den={before}", "Số dòng: 18", "Số dòng: 17"),
        (f"tu={today}&viec=audience.saved", "Số dòng: 17", "Số dòng: 18"),
        ("doi-tuong=step", "Số dòng: 18", "Số dòng: 17"),
        ("doi-tuong=audience:rieng", "Số dòng: 17", "Số dòng: 18"),
    ):
        page = auditor.page(f"/nhat-ky/?{query}")
        assert there in page and gone not in page, query
    assert "Không có dòng nào" in auditor.page("/nhat-ky/?viec=keys.rotated&tu=2020-01-01&den=2020-01-02")


def test_what_cannot_be_a_day_narrows_nothing_down(auditor: Browser) -> None:
    assert rows(auditor.page("/nhat-ky/?tu=hom-qua&den=99"))


def test_older_entries_are_on_further_pages(auditor: Browser) -> None:
    with transaction() as session:
        for number in range(120):
            record(session, now(), SYSTEM, "step.sealed", "step:many", after={"rows": 5000 + number})
    found: list[str] = []
    query = "?doi-tuong=step:many"
    for _ in range(3):
        page = auditor.page(f"/nhat-ky/{query}")
        found += re.findall(r"Số dòng: (5\d\d\d)", page)
        older = re.search(r'href="/nhat-ky/(\?truoc=[^"]+)" rel="next"', page)
        query = older.group(1).replace("&amp;", "&") if older else ""
    assert found == [str(5000 + number) for number in reversed(range(120))] and not query


def test_a_signing_in_is_there_and_so_is_every_look_at_a_history(auditor: Browser) -> None:
    of = ward.citizen()
    assert "Đăng nhập" in auditor.page(f"/nhat-ky/?ai=staff:{auditor.staff_id}")
    auditor.page(f"/lich-su/{of.person_id}")
    with transaction() as session:
        looked = select(AuditEntry).where(AuditEntry.subject == f"person:{of.person_id}")
        [entry] = session.scalars(looked)
    assert (entry.actor, entry.after) == (f"staff:{auditor.staff_id}", {"shown": ["history"]})


def test_a_file_code_leads_to_the_history_and_stands_in_no_address(auditor: Browser) -> None:
    of = ward.citizen("Phạm Thị Lịch Sử")
    answer = auditor.post("/nhat-ky/ma-ho-so", follow=False, code=of.reference.lower())
    assert answer.location == f"/lich-su/{of.person_id}"
    page = auditor.page(answer.location)
    assert "Phạm T. L. S." in page and "Phạm Thị Lịch Sử" not in page
    assert "Không có mã hồ sơ này" in auditor.post("/nhat-ky/ma-ho-so", code="khong co").text


def test_a_history_tells_everything_that_was_done(auditor: Browser, sit: Callable[..., Browser]) -> None:
    officer, approver = sit("officer", name="Đặng Xác Minh"), sit("approver", name="Ngô Duyệt Xong")
    of = ward.citizen("Vũ Thị Hồ Sơ")
    claim_id = ward.claim(of, ward.campaign())
    ward.says(of, "cho tôi hỏi")
    ward.was_told(of, "Dạ, mời ông/bà")
    officer.post(f"/nguoi-huong/{of.person_id}")
    with transaction() as session:
        verify(session, claim_id, officer.staff_id, now())
    with transaction() as session:
        approve(session, claim_id, approver.staff_id, now())
    page = officer.page(f"/lich-su/{of.person_id}")
    said = rows(page)
    assert [line.split(" ", 2)[2].split(" Trạng thái")[0] for line in said] == [
        "Ngô Duyệt Xong Duyệt bản khai", "Đặng Xác Minh Xác minh bản khai", "Hệ thống Rà soát bản khai",
    ]  # fmt: skip
    assert "Trạng thái: Chờ duyệt → Đã duyệt" in said[0]
    assert "xác minh: Đặng Xác Minh, duyệt: Ngô Duyệt Xong" in page
    assert "nhận về 1" in page and "Tin nhắn SMS: gửi đi" in page
    for said_or_given in ("cho tôi hỏi", "Dạ, mời", "0011004123457", of.phone, of.citizen_id):
        assert said_or_given not in page
    assert "Dữ liệu đã được xem 1 lần" in page
    assert "số CCCD, số điện thoại, số tài khoản" in officer.page(f"/lich-su/{of.person_id}?xem=1")


def test_an_officer_of_elsewhere_sees_no_history(sit: Callable[..., Browser]) -> None:
    of = ward.citizen(commune=ward.ELSEWHERE)
    assert sit("officer").get(f"/lich-su/{of.person_id}").status_code == 404


def test_the_page_tells_a_whole_log_from_a_broken_one(auditor: Browser, broken_log: Callable[[], int]) -> None:
    whole = auditor.page("/nhat-ky/kiem-tra")
    assert "Nhật ký còn nguyên vẹn" in whole and re.search(r"<code class=\"anywhere\">[0-9a-f]{64}</code>", whole)
    broken = broken_log()
    said = auditor.page("/nhat-ky/kiem-tra")
    assert "không còn nguyên vẹn" in said and f"dòng số {broken}" in said


@pytest.fixture
def broken_log(database: str) -> Iterator[Callable[[], int]]:
    """Breaks the log as the database's superuser, and makes it whole again after the test."""
    changed: list[int] = []

    def around_the_rules(statement: str) -> None:
        with psycopg.connect(database, autocommit=True) as owner:
            owner.execute("SET session_replication_role = replica")
            owner.execute(statement.encode())

    def broken() -> int:
        with transaction() as session:
            changed.append(session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)).all()[3])
        around_the_rules(f"UPDATE audit_entry SET reason = reason || ' khác' WHERE id = {changed[0]}")
        return changed[0]

    yield broken
    around_the_rules(f"UPDATE audit_entry SET reason = left(reason, -5) WHERE id = {changed[0]}")


def _literals(call: ast.Call) -> Iterator[str]:
    for argument in call.args:
        for one in (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,):
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and _WORD.match(one.value):
                yield one.value


def _written_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _WRITES:
                yield from _literals(node)


def test_every_action_that_is_written_down_has_words() -> None:
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    written = {action for file in files for action in _written_in(file)}
    assert len(written) > 40
    assert written - set(ACTIONS) == set()
    assert {state.value for state in ClaimState} <= set(ACTIONS)


def test_words_are_for_officers() -> None:
    for names in (ACTIONS, SUBJECTS, FIELDS):
        for key, name in names.items():
            assert name[0].isupper() and name != key and "_" not in name


def test_changes_and_actors_read_plainly() -> None:
    [change] = changes_of({"active": True, "roles": ["officer"]}, {"active": False, "roles": ["officer"]})
    assert (change.field, change.before, change.after) == ("Được đăng nhập", "Có", "Không")
    [due] = changes_of({}, {"due": "2026-11-25"})
    assert (due.field, due.after) == ("Hạn giải quyết", "25/11/2026")
    assert who_of("staff:7", {7: "Trần Thu Hà"}) == "Trần Thu Hà"
    assert who_of("staff:8", {}) == "Cán bộ số 8"
    assert who_of("thread:0d6b7e4e", {}) == "Người dân, qua trò chuyện"
    assert who_of("system:loa", {}) == "Hệ thống"
