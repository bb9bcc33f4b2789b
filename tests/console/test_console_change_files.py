"""A list taken out, corrected and brought back: edited fields become requests, the roster stays as it is."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime

import psycopg
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from core.audit import AuditEntry
from core.database import transaction
from roster.changes.change_request import ChangeField, ChangeRequest, ChangeSource
from roster.person import Person
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

type Sit = Callable[..., Browser]
FILES = "/de-nghi-sua/tep/"


@pytest.fixture(autouse=True)
def emptied(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, returned_file CASCADE")


@pytest.fixture
def hoa(database: str) -> ward.Citizen:
    return ward.citizen("Nguyễn Thị Hoa")


def edited(content: bytes, name: str, **changes: object) -> bytes:
    """The list with the row of `name` changed; columns by their titles, "_" for a space."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    header = next(row for row in page.iter_rows() if "Mã hồ sơ" in {cell.value for cell in row})
    titles = {cell.value: cell.column for cell in header}
    row = next(row[0].row for row in page.iter_rows() if name in {cell.value for cell in row})
    for title, value in changes.items():
        page.cell(row, titles[title.replace("_", " ")]).value = value  # type: ignore[assignment]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def bring(browser: Browser, content: bytes) -> tuple[str, str]:
    page = browser.post(FILES, file=(io.BytesIO(content), "da sua.xlsx"))
    return page.request.path, page.text


def taken(browser: Browser) -> bytes:
    return browser.get(f"{FILES}tai-ve?xa={ward.HERE}").data


def requests() -> list[ChangeRequest]:
    with transaction() as session:
        return list(session.scalars(select(ChangeRequest).order_by(ChangeRequest.id)))


def person(of: ward.Citizen) -> Person:
    with transaction() as session:
        return session.get_one(Person, of.person_id)


def test_an_edited_field_becomes_a_request_and_nothing_is_overwritten(sit: Sit, hoa: ward.Citizen) -> None:
    ward.citizen("Lê Văn Sáu")
    officer = sit("officer")
    content = edited(taken(officer), "Nguyễn Thị Hoa", Ngày_sinh="5/6/1949", Địa_chỉ="Số 9, phố Lâm Hạ, Tổ 3")
    file, page = bring(officer, content)
    assert "1948 → 05/06/1949" in page and "Số 12, ngõ 5 → Số 9, phố Lâm Hạ" in page and "Lê Văn Sáu" not in page
    assert requests() == []
    assert "1 dòng có điều mới" in officer.post(f"{file}/nhap").text
    assert [(one.field, one.old, one.new, one.source, one.asked_by) for one in requests()] == [
        (ChangeField.BIRTH, "1948", "05/06/1949", ChangeSource.WORKBOOK, officer.staff_id),
        (ChangeField.ADDRESS, "Số 12, ngõ 5", "Số 9, phố Lâm Hạ, Tổ 3", ChangeSource.WORKBOOK, officer.staff_id),
    ]
    assert (person(hoa).birth_year, person(hoa).address) == (1948, "Số 12, ngõ 5")
    assert "Đề nghị sửa thông tin" in officer.page(f"/lich-su/{hoa.person_id}")
    with transaction() as session:
        assert "export_correction_list" in set(session.scalars(select(AuditEntry.action)))


def test_the_same_corrections_again_ask_for_nothing_more(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    content = edited(taken(officer), "Nguyễn Thị Hoa", Địa_chỉ="Số 9, phố Lâm Hạ, Tổ 3")
    officer.post(f"{bring(officer, content)[0]}/nhap")
    other = edited(content, "Nguyễn Thị Hoa", Giới_tính="nữ")
    file, _ = bring(officer, other)
    assert "0 dòng có điều mới, 1 dòng giữ nguyên" in officer.post(f"{file}/nhap").text
    assert len(requests()) == 1


def test_an_untouched_list_says_so(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    assert "không có ô nào khác với danh sách" in bring(officer, taken(officer))[1]


def test_what_the_roster_changed_meanwhile_is_no_correction_unless_it_was_edited_too(
    sit: Sit, hoa: ward.Citizen
) -> None:
    officer = sit("officer")
    content = taken(officer)
    with transaction() as session:
        session.get_one(Person, hoa.person_id).address = "Số 77, phố Bồ Đề"
    assert "không có ô nào khác" in bring(officer, edited(content, "Nguyễn Thị Hoa", Giới_tính="NỮ"))[1]
    file, page = bring(officer, edited(content, "Nguyễn Thị Hoa", Địa_chỉ="Số 9, phố Lâm Hạ"))
    assert "Danh sách đã đổi mục này" in page
    officer.post(f"{file}/nhap")
    shown = sit("officer").page("/de-nghi-sua/")
    assert "Đã đổi từ khi đề nghị" in shown and "Số 77, phố Bồ Đề" in shown and "Số 12, ngõ 5" in shown


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Số_CCCD": "123"}, "tag bad"),
        ({"Ngày_sinh": "hôm qua"}, "tag bad"),
        ({"Mã_hồ_sơ": "A1BC 2D3E"}, "Không có hồ sơ này"),
        ({"Địa_chỉ": None}, "không xóa giá trị đang có"),
    ],
)
def test_what_cannot_be_asked_for_says_why(sit: Sit, hoa: ward.Citizen, changes: dict[str, object], said: str) -> None:
    ward.citizen("Lê Văn Sáu")
    officer = sit("officer")
    content = edited(taken(officer), "Lê Văn Sáu", Địa_chỉ="Số 1, phố Lâm Hạ")
    file, page = bring(officer, edited(content, "Nguyễn Thị Hoa", **changes))
    assert said in page
    officer.post(f"{file}/nhap")
    assert [one.new for one in requests()] == ["Số 1, phố Lâm Hạ"]


def test_a_date_typed_as_a_date_is_read_as_one(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    content = edited(taken(officer), "Nguyễn Thị Hoa", Ngày_sinh=datetime(1949, 6, 5))
    file, page = bring(officer, content)
    officer.post(f"{file}/nhap")
    assert [one.new for one in requests()] == [f"{date(1949, 6, 5):%d/%m/%Y}"], page


def test_a_list_of_the_survey_may_be_corrected_too(sit: Sit, hoa: ward.Citizen) -> None:
    ward.claim(hoa, ward.campaign())
    officer = sit("officer")
    listed = officer.get(f"/danh-sach/A/tai-ve?xa={ward.HERE}").data
    file, page = bring(officer, edited(listed, "Nguyễn Thị Hoa", Họ_và_tên="Nguyễn Thị Hòa"))
    assert "Nguyễn Thị Hoa → Nguyễn Thị Hòa" in page
    officer.post(f"{file}/nhap")
    assert [(one.field, one.new) for one in requests()] == [(ChangeField.FULL_NAME, "Nguyễn Thị Hòa")]


def test_a_list_of_another_commune_is_nobodys(sit: Sit, hoa: ward.Citizen) -> None:
    content = edited(taken(sit("officer")), "Nguyễn Thị Hoa", Địa_chỉ="Số 9")
    elsewhere = sit("officer", commune=ward.ELSEWHERE)
    assert "Không dòng nào khớp" in bring(elsewhere, content)[1]
    assert elsewhere.get(f"{FILES}tai-ve?xa={ward.HERE}").status_code == 404
