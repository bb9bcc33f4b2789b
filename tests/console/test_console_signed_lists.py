"""Lists signed off: kept exactly, opened again unchanged, held against the present, new versions beside the old."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import psycopg
import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from core.audit import AuditEntry
from core.database import Role, transaction
from roster.claim import Claim, ClaimState
from roster.person import Person
from roster.sign_off.signed_list import SignedList, SignedSheet
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

type Sit = Callable[..., Browser]
HOME = "/danh-sach-da-ky/"
ACCOUNT = "0011004123457"


@pytest.fixture(autouse=True)
def emptied(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, signed_list CASCADE")


@pytest.fixture
def hoa(database: str) -> ward.Citizen:
    of = ward.citizen("Nguyễn Thị Hoa")
    ward.claim(of, ward.campaign(), state=ClaimState.APPROVED, verified_by=901, approved_by=902)
    return of


@pytest.fixture
def sau(hoa: ward.Citizen) -> ward.Citizen:
    """On list E: no answer."""
    return ward.citizen("Lê Văn Sáu")


def signed(browser: Browser) -> str:
    """Sign; the path of the version's page."""
    answer = browser.post(HOME, xa=ward.HERE)
    assert answer.request.path != HOME, answer.text
    return answer.request.path


def cells(content: bytes) -> set[str]:
    return {str(cell.value) for one in load_workbook(io.BytesIO(content)).worksheets[0].rows for cell in one}


def change(person_id: object, **columns: object) -> None:
    with transaction() as session:
        person = session.get_one(Person, person_id)
        for name, value in columns.items():
            setattr(person, name, value)


def test_a_signed_list_stays_exactly_as_it_was(sit: Sit, hoa: ward.Citizen, sau: ward.Citizen) -> None:
    approver = sit("approver", name="Trần Thị Ký")
    path = signed(approver)
    before = {group: approver.get(f"{path}/{group}/tai-ve").data for group in ("A", "E")}
    page = approver.page(f"{path}/A")
    assert {"Nguyễn Thị Hoa", hoa.citizen_id, ACCOUNT} <= cells(before["A"]) and "Lê Văn Sáu" in cells(before["E"])
    assert "Danh sách bây giờ vẫn đúng" in approver.page(path)
    change(hoa.person_id, full_name="Nguyễn Thị Hòa", address="Số 99")
    with transaction() as session:
        session.scalars(select(Claim)).one().state = ClaimState.WITHDRAWN
    assert {group: approver.get(f"{path}/{group}/tai-ve").data for group in ("A", "E")} == before
    assert approver.page(f"{path}/A") == page
    assert "Nguyễn Thị Hoa" in page and ACCOUNT not in page and hoa.citizen_id not in page
    assert "Trần Thị Ký" in approver.page(path)


def test_what_changed_since_is_told_and_signed_again_as_another_version(
    sit: Sit, hoa: ward.Citizen, sau: ward.Citizen
) -> None:
    approver = sit("approver")
    first = signed(approver)
    with transaction() as session:
        session.scalars(select(Claim)).one().state = ClaimState.WITHDRAWN
    change(sau.person_id, address="Số 99, ngõ 5")
    ward.citizen("Phan Thị Mới")
    page = approver.page(first)
    assert "3 người khác với bản ký, 0 người giữ nguyên" in page
    for words in ("Chuyển nhóm", "Địa chỉ: Số 12, ngõ 5 → Số 99, ngõ 5", "Mới có trong danh sách"):
        assert words in page
    second = signed(approver)
    assert second != first and "Danh sách bây giờ vẫn đúng" in approver.page(second)
    listed = approver.page(HOME)
    assert "Lần 1" in listed and "Lần 2" in listed
    assert "Nguyễn Thị Hoa" in cells(approver.get(f"{first}/A/tai-ve").data)
    assert "Nguyễn Thị Hoa" not in cells(approver.get(f"{second}/A/tai-ve").data)


def test_what_has_not_changed_is_not_signed_twice(sit: Sit, hoa: ward.Citizen) -> None:
    approver = sit("approver")
    signed(approver)
    assert "Không có gì thay đổi so với bản đã ký lần 1" in approver.post(HOME, xa=ward.HERE).text
    with transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM signed_list")) == 1


def test_nobody_to_sign_for_is_said(sit: Sit, database: str) -> None:
    ward.campaign()
    assert "Chưa có ai trong các danh sách" in sit("approver").post(HOME, xa=ward.HERE).text


def test_only_the_approver_signs_and_every_step_is_in_the_log(sit: Sit, hoa: ward.Citizen) -> None:
    officer, approver = sit("officer"), sit("approver")
    assert officer.post(HOME, xa=ward.HERE).status_code == 403
    assert "Ký chốt danh sách hôm nay" not in officer.page(HOME)
    path = signed(approver)
    assert officer.get(f"{path}/A/tai-ve").status_code == 200
    with transaction() as session:
        digest = session.scalars(select(SignedList)).one().digest.hex()
        told = select(AuditEntry).where(AuditEntry.subject == f"signed_list:{path.rsplit('/', 1)[1]}")
        entries = session.scalars(told.order_by(AuditEntry.id)).all()
    assert [one.action for one in entries] == ["list.signed", "export_signed_list"]
    assert entries[0].after["digest"] == digest and digest in approver.page(path)


def test_another_commune_neither_sees_nor_signs(sit: Sit, hoa: ward.Citizen) -> None:
    path = signed(sit("approver"))
    elsewhere = sit("approver", commune=ward.ELSEWHERE)
    for one in (path, f"{path}/A", f"{path}/A/tai-ve"):
        assert elsewhere.get(one).status_code == 404
    assert "Lần 1" not in elsewhere.page(HOME)
    assert elsewhere.post(HOME, xa=ward.HERE).status_code == 404
    with transaction(Role.CONSOLE, communes=[ward.ELSEWHERE]) as session:
        for table in ("signed_list", "signed_sheet"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_what_was_changed_in_the_database_is_found(database: str, sit: Sit, hoa: ward.Citizen) -> None:
    approver = sit("approver")
    path = signed(approver)
    with (
        transaction(Role.CONSOLE, communes=[ward.HERE]) as session,
        pytest.raises(Exception, match="permission denied"),
    ):
        session.execute(text("UPDATE signed_sheet SET people = 0"))
    with transaction() as session:
        sheet = session.scalars(select(SignedSheet).where(SignedSheet.people == 1)).one()
        sheet.rows = [[*sheet.rows[0][:-1], "khác"]]
    for one in (path, f"{path}/A", f"{path}/A/tai-ve"):
        answer = approver.get(one)
        assert answer.status_code == 409 and "không còn đúng như lúc ký" in answer.text


def test_the_lists_are_kept_encrypted(database: str, sit: Sit, hoa: ward.Citizen) -> None:
    signed(sit("approver"))
    with psycopg.connect(database) as owner:
        for table in ("signed_list", "signed_sheet"):
            for (row,) in owner.execute(f"SELECT one::text FROM {table} one").fetchall():
                assert "Hoa" not in row and hoa.citizen_id not in row and ACCOUNT not in row
