"""The workbooks that offices print, sign and send: read again by openpyxl, and by our own import."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.audit import staff_actor
from core.database import transaction
from roster.claim import ClaimState
from roster.exports.exporting import export_list, export_payment_list, export_sync_file
from roster.exports.office_sheet import Heading, Totals
from roster.exports.outcome_lists import write_list
from roster.exports.words import long_date
from roster.list_rows import ListRow
from roster.lists import Scope
from roster.payers import load_payers, payer_named
from roster.person import Gender
from roster.survey.outcome import OutcomeGroup
from tests.roster.commune_office import (
    HERE,
    NOW,
    OFFICER,
    add_campaign,
    add_cash_claim,
    add_claim,
    add_person,
    add_phone,
    all_rows,
    claim_state,
    empty_roster,
)
from tests.roster.intake.books import people

HEADING = Heading("UBND PHƯỜNG BỒ ĐỀ", date(2026, 2, 5), note="Phường Bồ Đề - Đợt thử")
HOA = ListRow(
    person_id=UUID(int=1),
    reference="H3KR7M2P",
    full_name="Nguyễn Thị Hoa",
    birth_date=date(1948, 5, 12),
    birth_year=1948,
    gender=Gender.FEMALE,
    citizen_id="001148000001",
    address="=1+1",
    commune_code=HERE,
    commune="Phường Bồ Đề",
    paid_by="Tiền mặt",
    categories=("social_protection", "meritorious"),
    monthly_dong=2_555_000,
    phone="0912345678",
    group=OutcomeGroup.OWN_ACCOUNT,
    claim_id=uuid4(),
    state=ClaimState.APPROVED,
    bank="Vietcombank",
    account_number="0011004123457",
    holder_name="NGUYEN THI HOA",
)


def written(tmp_path: Path, group: OutcomeGroup, *rows: ListRow) -> tuple[Worksheet, Path, Totals]:
    """The list as openpyxl reads it."""
    path = tmp_path / f"{group.value}.xlsx"
    totals = write_list(path, group, rows, HEADING)
    return sheet_of(path), path, totals


def sheet_of(source: Path | BytesIO) -> Worksheet:
    """The one sheet of a workbook."""
    sheet = load_workbook(source).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def texts(sheet: Worksheet) -> list[str]:
    """Every text on the sheet, top to bottom."""
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def table(sheet: Worksheet) -> tuple[list[str], list[list[Any]]]:
    """The header and the numbered rows below it."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(number for number, row in enumerate(rows) if row[0] == "STT")
    body = [row for row in rows[top + 1 :] if isinstance(row[0], str) and row[0].isdecimal()]
    return [str(title) for title in rows[top]], body


def test_a_list_has_the_form_of_an_office(tmp_path: Path) -> None:
    sheet, _, totals = written(tmp_path, OutcomeGroup.OWN_ACCOUNT, HOA, replace(HOA, monthly_dong=None))
    said = texts(sheet)
    assert said[:6] == [
        "THÀNH PHỐ HÀ NỘI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "UBND PHƯỜNG BỒ ĐỀ",
        "Độc lập - Tự do - Hạnh phúc",
        "DANH SÁCH NGƯỜI HƯỞNG ĐÃ CÓ TÀI KHOẢN",
        "Phường Bồ Đề - Đợt thử",
    ]
    assert said[-6:] == [
        "Hà Nội, ngày 05 tháng 02 năm 2026",
        "NGƯỜI LẬP BIỂU",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "(Ký, ghi rõ họ tên)",
        "(Ký tên, đóng dấu)",
    ]
    assert "TỔNG CỘNG: 2 người" in said
    assert totals == Totals(people=2, dong=2_555_000)


def test_numbers_that_are_no_quantities_are_text(tmp_path: Path) -> None:
    sheet, _, _ = written(tmp_path, OutcomeGroup.OWN_ACCOUNT, HOA)
    header, [row] = table(sheet)
    values = dict(zip(header, row, strict=True))
    assert values["Số CCCD"] == "001148000001"
    assert values["Số điện thoại"] == "0912345678"
    assert values["Số tài khoản"] == "0011004123457"
    assert values["Ngày sinh"] == "12/05/1948"
    assert values["Nhóm đối tượng"] == "Bảo trợ xã hội; Người có công"
    assert values["Mức hưởng (đồng)"] == 2_555_000
    sheet, _, _ = written(tmp_path, OutcomeGroup.CASH, HOA)
    header, [row] = table(sheet)
    assert row[header.index("Địa chỉ")] == "=1+1"
    formulas = [cell.coordinate for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"]
    assert len(formulas) == 1  # the sum


def test_a_list_prints_on_a4_across_with_its_header_on_every_page(tmp_path: Path) -> None:
    sheet, _, _ = written(tmp_path, OutcomeGroup.CASH, *[HOA] * 60)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    top = next(cell.row for cell in sheet["A"] if cell.value == "STT")
    assert sheet.print_title_rows == f"${top}:${top}"
    assert sheet.freeze_panes == f"A{top + 1}"


@pytest.mark.parametrize("group", list(OutcomeGroup))
def test_every_list_can_be_read_by_the_import_again(tmp_path: Path, group: OutcomeGroup) -> None:
    _, path, _ = written(tmp_path, group, HOA, replace(HOA, full_name="Trần Văn Bình", citizen_id="001048000002"))
    read = [row.person for row in people(path)]
    assert [person.full_name for person in read if person] == ["Nguyễn Thị Hoa", "Trần Văn Bình"]
    first = read[0]
    assert first is not None
    assert (first.citizen_id, first.phones, first.ward_code) == ("001148000001", ("0912345678",), HERE)
    assert (first.birth_date, first.monthly_dong, first.category) == (
        date(1948, 5, 12),
        2_555_000,
        "social_protection",
    )


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    sheet, _, totals = written(tmp_path, OutcomeGroup.OFFICER)
    assert totals == Totals(0, 0)
    assert "TỔNG CỘNG: 0 người" in texts(sheet)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 9), "Hà Nội, ngày 09 tháng 01 năm 2026"),
        (date(2026, 11, 10), "Hà Nội, ngày 10 tháng 11 năm 2026"),
        (date(2026, 3, 30), "Hà Nội, ngày 30 tháng 3 năm 2026"),
    ],
)
def test_dates_are_written_as_the_decree_says(day: date, expected: str) -> None:
    assert long_date("Hà Nội", day) == expected


def test_exports_from_the_roster_are_in_the_audit_log(database: str) -> None:
    empty_roster()
    campaign = add_campaign()
    hoa = add_person(amounts={"social_protection": 500_000, "meritorious": 124_000})
    add_phone(hoa, "0912345678")
    claim = add_claim(campaign, hoa, state=ClaimState.APPROVED, verified_by=1, approved_by=2)
    add_cash_claim(campaign, add_person("Lê Thị Mai", amounts={"other": None}))
    actor = staff_actor(OFFICER)
    cash = payer_named("cash", load_payers())
    listed, synced, paid = BytesIO(), BytesIO(), BytesIO()
    with transaction() as session:
        export_list(session, listed, Scope(campaign, [HERE]), OutcomeGroup.CASH, HEADING, actor, NOW)
        assert export_sync_file(session, synced, campaign, [HERE], HEADING, actor, NOW) == [claim]
        totals = export_payment_list(session, paid, cash, date(2026, 11, 1), [HERE], HEADING, actor, NOW)
    assert totals == Totals(2, 624_000)
    assert claim_state(claim) is ClaimState.APPROVED

    header, [row] = table(sheet_of(listed))
    assert row[header.index("Lý do nhận tiền mặt")] == "Đi lại khó khăn"
    header, [row] = table(sheet_of(synced))
    assert row[header.index("Số tài khoản")] == "0011004123457"
    assert row[header.index("Mã NAPAS")] == "970436"
    said = texts(sheet_of(paid))
    assert "DANH SÁCH CHI TRẢ TRỢ CẤP THÁNG 11/2026" in said
    assert "UBND xã, phường chi trả tiền mặt - Phường Bồ Đề - Đợt thử" in said
    assert "Bằng chữ: Sáu trăm hai mươi tư nghìn đồng." in said
    assert "Danh sách chưa ghi mức hưởng" in said
    logged = all_rows(
        "SELECT action, commune_code, after->>'people' FROM audit_entry WHERE action LIKE 'export%' ORDER BY id"
    )
    assert logged == [
        ("export_list", HERE, "1"),
        ("export_sync_file", HERE, "1"),
        ("export_payment_list", HERE, "2"),
    ]
