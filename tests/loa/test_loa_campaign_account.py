"""`loa campaign certificate|invoice|unknown` from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import openpyxl
import psycopg
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from core.audit import AuditEntry
from core.database import transaction
from loa.cli import main
from outreach.message import MessageState
from outreach.reasons import Reason
from tests.console import ward
from tests.console.running import Running, come_to, running
from tests.environment import TestClock

NAMES = ("Nguyễn Thị Hoa", "Trần Văn Bình", "Lê Thị Lan")


@pytest.fixture(autouse=True)
def emptied(database: str) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, gauge, receipt CASCADE")


@pytest.fixture
def run(database: str, clock: TestClock) -> Running:
    """Three people: one delivered, one of unknown fate that no provider can be asked about, one not sent yet."""
    made = running([ward.citizen(name) for name in NAMES])
    made.come_to(MessageState.DELIVERED, MessageState.UNKNOWN)
    with transaction() as session:
        session.merge(made.message(made.people[1].person_id)).reason = Reason.NOBODY_CAN_TELL
    clock.advance(timedelta(minutes=10))
    return made


def loa(*words: object) -> Result:
    return CliRunner().invoke(main, ["campaign", *map(str, words)])


def audited(action: str) -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(AuditEntry.actor).where(AuditEntry.action == action)))


def test_the_certificate_says_what_is_open_and_can_be_taken(run: Running, tmp_path: Path) -> None:
    said = loa("certificate", run.campaign_id)
    assert "CHƯA PHẢI XÁC NHẬN" in said.output and "1 tin chưa rõ đã tới hay chưa" in said.output
    assert "đếm được 3, khớp" in said.output and "Cả đợt: 3 tin, 1600 đồng." in said.output
    target = tmp_path / "ket-qua.xlsx"
    assert loa("certificate", run.campaign_id, "--out", target).exit_code == 2, "who takes it has a name"
    assert loa("certificate", run.campaign_id, "--out", target, "--staff", 7).exit_code == 0
    book = openpyxl.load_workbook(target)
    codes = {row[0] for row in book[f"Lượt {run.step_id}"].iter_rows(min_row=2, values_only=True)}
    assert {code.replace(" ", "") for code in codes} == {one.reference for one in run.people}
    assert not any(name in str(row) for sheet in book for row in sheet.iter_rows(values_only=True) for name in NAMES)
    assert audited("export_certificate") == ["staff:7"]
    assert "đã có" in loa("certificate", run.campaign_id, "--out", target, "--staff", 7).output


def test_the_months_count(run: Running, clock: TestClock, tmp_path: Path) -> None:
    said = loa("invoice")
    assert "twilio (Tin nhắn SMS)" in said.output and "800 đồng" in said.output
    assert "ngoài ra 1 tin (1 đoạn) chưa rõ" in said.output
    assert "Tháng này chưa gửi tin nào." in loa("invoice", "2020-02").output
    assert loa("invoice", "02/2020").exit_code == 2
    target = tmp_path / "thang.xlsx"
    assert loa("invoice", "--out", target, "--staff", 7).exit_code == 0
    assert openpyxl.load_workbook(target).sheetnames == ["Tổng hợp", "Từng ngày", "Từng tin"]
    assert audited("export_invoice") == ["staff:7"]


def test_what_waits_is_listed_and_decided_by_wave(run: Running) -> None:
    wave = ("--wave", run.step_id, "twilio", "unknown")
    listed = loa("unknown", run.campaign_id)
    assert " ".join(map(str, wave)) in listed.output and "1 tin" in listed.output
    assert loa("unknown", run.campaign_id, *wave, "--decide", "arrived").exit_code == 2, "with a name and a reason"
    who = ("--staff", 7, "--because", "Zalo trả lời thư ngày 10/11")
    said = loa("unknown", run.campaign_id, *wave, "--decide", "arrived", *who)
    assert "Đã ghi quyết định cho 1 tin." in said.output
    assert run.message(run.people[1].person_id).state is MessageState.DELIVERED
    assert "không còn tin nào chờ" in loa("unknown", run.campaign_id, *wave, "--decide", "arrived", *who).output
    assert "Không có tin nào chờ quyết định." in loa("unknown", run.campaign_id).output


def test_a_held_message_cannot_have_arrived(run: Running) -> None:
    come_to(run.message(run.people[2].person_id).id, MessageState.HELD)
    wave = ("--wave", run.step_id, "twilio", "held")
    said = loa("unknown", run.campaign_id, *wave, "--decide", "arrived", "--staff", 7, "--because", "thử")
    assert said.exit_code == 2 and run.message(run.people[2].person_id).state is MessageState.HELD


def test_a_campaign_that_is_not_there(database: str) -> None:
    assert "Không có chiến dịch này" in loa("certificate", 999_999).output
