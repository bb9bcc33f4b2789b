"""Lists, their files, and the file for the welfare software."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from conversations.escalation import Reason
from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from roster.claim import Claim, ClaimState
from tests.console import ward
from tests.console.conftest import Browser


@pytest.fixture(scope="module")
def campaign_id(database: str) -> int:
    return ward.campaign("Đợt trước Tết")


@pytest.fixture(scope="module")
def hoa(campaign_id: int) -> ward.Citizen:
    """On list A, approved."""
    of = ward.citizen("Nguyễn Thị Hoa")
    claim_id = ward.claim(of, campaign_id)
    with transaction() as session:
        claim = session.get_one(Claim, claim_id)
        claim.state, claim.verified_by, claim.approved_by = ClaimState.APPROVED, 1, 2
        claim.verified_at = claim.approved_at = now()
    return of


def cells(content: bytes) -> str:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return "\n".join(" ".join(str(cell) for cell in row if cell is not None) for row in sheet.values)


def test_everybody_is_on_one_list(sit: Callable[..., Browser], hoa: ward.Citizen, campaign_id: int) -> None:
    cash = ward.citizen("Lê Thị Lan")
    ward.claim(cash, campaign_id, outcome_group="D", bank=None, account_number=None, holder_name=None)
    asked = ward.citizen("Vũ Thị Mận")
    ward.escalation(asked, Reason.ASKED)
    ward.citizen("Trần Văn Tự")
    officer = sit("officer")
    for group, name in (("A", "Hoa"), ("D", "Lan"), ("F", "Mận"), ("E", "Tự")):
        page = officer.page(f"/danh-sach/{group}?dot={campaign_id}")
        assert name in page and "1 người" in page, group


def test_a_list_shows_numbers_masked(sit: Callable[..., Browser], hoa: ward.Citizen) -> None:
    page = sit("officer").page("/danh-sach/A")
    for number in (hoa.citizen_id, hoa.phone, "0011004123457"):
        assert number not in page and number[-3:] in page


def test_a_list_is_taken_away_and_that_is_written_down(sit: Callable[..., Browser], hoa: ward.Citizen) -> None:
    officer = sit("officer")
    answer = officer.get("/danh-sach/A/tai-ve")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=nhom-a-phuong-bo-de-")
    text = cells(answer.data)
    for shown in ("ỦY BAN NHÂN DÂN PHƯỜNG BỒ ĐỀ", "Nguyễn Thị Hoa", hoa.citizen_id, "0011004123457"):
        assert shown in text, shown
    with transaction() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "export_list")).one()
    assert entry.actor == f"staff:{officer.staff_id}" and entry.commune_code == ward.HERE


def test_the_sync_file_holds_what_is_approved(sit: Callable[..., Browser], hoa: ward.Citizen) -> None:
    text = cells(sit("approver").get("/danh-sach/dong-bo/tai-ve").data)
    assert hoa.citizen_id in text and "0011004123457" in text
    assert sit("officer").get("/danh-sach/dong-bo/tai-ve").status_code == 403


def test_a_manager_chooses_the_commune(sit: Callable[..., Browser], hoa: ward.Citizen) -> None:
    manager = sit("manager", commune=None)
    assert "Nguyễn Thị Hoa" in manager.page(f"/danh-sach/A?xa={ward.HERE}")
    assert "Nguyễn Thị Hoa" not in manager.page(f"/danh-sach/A?xa={ward.ELSEWHERE}")
    assert manager.get("/danh-sach/A?xa=khong-co").status_code == 404
    assert "Nguyễn Thị Hoa" in cells(manager.get("/danh-sach/A/tai-ve").data)


@pytest.mark.parametrize("path", ["/danh-sach/X", "/danh-sach/X/tai-ve", "/danh-sach/A?dot=99999"])
def test_there_is_no_such_list(sit: Callable[..., Browser], hoa: ward.Citizen, path: str) -> None:
    assert sit("officer").get(path).status_code == 404


def test_what_waits_today(sit: Callable[..., Browser], hoa: ward.Citizen, campaign_id: int) -> None:
    ward.claim(ward.citizen(), campaign_id)
    officer, approver = sit("officer").page("/"), sit("approver").page("/")
    assert "bản khai cần kiểm tra" in officer and "bản khai chờ duyệt" not in officer
    assert "bản khai chờ duyệt" in approver and "trò chuyện cần cán bộ" not in approver
    administrator = sit("administrator", commune=None).page("/")
    assert "bản khai" not in administrator
