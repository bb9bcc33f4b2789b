"""The match with the police at the desk: the encrypted file out, the results back, and what follows from each."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
import pyzipper
from openpyxl import load_workbook
from sqlalchemy import select, text

from core.audit import AuditEntry
from core.database import transaction
from roster.changes.change_request import ChangeField, ChangeRequest, ChangeSource
from roster.matching_police.match_file import MatchFile, MatchRow
from roster.matching_police.results import MatchResult
from roster.person import Person
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

type Sit = Callable[..., Browser]
_HEADER = 4
_PASSWORD = re.compile(r'name="password" value="([a-z2-9-]+)"')


@pytest.fixture(autouse=True)
def emptied(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, match_file, returned_file CASCADE")


@pytest.fixture
def hoa(database: str) -> ward.Citizen:
    return ward.citizen("Nguyễn Thị Hoa")


def made(browser: Browser, **form: str) -> str:
    """Make a file; the path of its page."""
    return browser.post("/doi-chieu/", xa=ward.HERE, **form).request.path


def taken_out(browser: Browser, path: str) -> tuple[bytes, str]:
    """The encrypted file, and the password that the page has shown."""
    found = _PASSWORD.search(browser.page(path))
    assert found is not None
    answer = browser.post(f"{path}/mang-di", password=found.group(1))
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    return answer.data, found.group(1)


def sheet_of(content: bytes, password: str) -> bytes:
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(password.encode())
        return archive.read("doi-chieu.xlsx")


def answered(sheet: bytes, *answers: dict[str, str]) -> bytes:
    """The file with the police's words in it: `answers` by column, a dictionary a row."""
    book = load_workbook(io.BytesIO(sheet))
    page = book.worksheets[0]
    titles = {cell.value: cell.column for cell in page[_HEADER]}
    for number, given in enumerate(answers, _HEADER + 1):
        for title, words in given.items():
            page.cell(number, titles[title], words)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def bring(browser: Browser, content: bytes, name: str = "ket qua.xlsx", password: str = "") -> tuple[str, str]:
    page = browser.post("/doi-chieu/ket-qua", file=(io.BytesIO(content), name), password=password)
    return page.request.path, page.text


def come_back(browser: Browser, *answers: dict[str, str]) -> str:
    """A file goes out and comes back with these answers, and is merged."""
    file, page = bring(browser, answered(sheet_of(*taken_out(browser, made(browser))), *answers))
    assert "tag bad" not in page, page
    return browser.post(f"{file}/nhap").text


def requests() -> list[ChangeRequest]:
    with transaction() as session:
        return list(session.scalars(select(ChangeRequest).order_by(ChangeRequest.id)))


def person(of: ward.Citizen) -> Person:
    with transaction() as session:
        return session.get_one(Person, of.person_id)


def test_the_file_goes_out_encrypted_without_phones_accounts_and_allowances(sit: Sit, hoa: ward.Citizen) -> None:
    ward.claim(hoa, ward.campaign())
    officer = sit("officer")
    path = made(officer)
    content, password = taken_out(officer, path)
    assert b"Hoa" not in content and hoa.citizen_id.encode() not in content
    for wrong in ("", "aaaa-aaaa-aaaa-aaaa-aaaa"):
        with pytest.raises(RuntimeError):
            sheet_of(content, wrong)
    book = load_workbook(io.BytesIO(sheet_of(content, password)))
    rows = [[str(cell.value) for cell in row] for page in book.worksheets for row in page.rows]
    written = " ".join(cell for row in rows for cell in row)
    assert "Nguyễn Thị Hoa" in written and hoa.citizen_id in written and "1948" in written
    for hidden in (hoa.phone, hoa.reference, "0011004123457", "Vietcombank", "1500000", "social_protection", "Bảo trợ"):
        assert hidden not in written
    assert password not in officer.page(path), "another time, another password"


def test_the_password_is_kept_nowhere(database: str, sit: Sit, hoa: ward.Citizen) -> None:
    _, password = taken_out(officer := sit("officer"), made(officer))
    with psycopg.connect(database) as owner:
        tables = [name for (name,) in owner.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()]  # fmt: skip
        for table in tables:
            query = f'SELECT count(*) FROM "{table}" AS one WHERE one::text LIKE %s'
            assert owner.execute(query, [f"%{password}%"]).fetchone() == (0,), table
    with transaction() as session:
        assert session.scalars(select(MatchFile)).one().taken_out == 1
        assert {"match.made", "match.taken_out"} <= set(session.scalars(select(AuditEntry.action)))


def test_a_password_that_the_page_did_not_make_is_not_taken(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    assert officer.post(f"{made(officer)}/mang-di", password="123456").status_code == 400


@pytest.mark.parametrize(
    ("result", "said", "asks", "follows"),
    [
        (MatchResult.MATCHED, {"Kết quả đối chiếu": "Khớp"}, [], {}),
        (MatchResult.MISMATCH, {"Kết quả đối chiếu": "Sai lệch", "Ngày sinh đúng": "05/06/1949"},
         [(ChangeField.BIRTH, "1948", "05/06/1949")], {}),
        (MatchResult.NOT_FOUND, {"Kết quả đối chiếu": "không tìm thấy"}, [], {"visit": True}),
        (MatchResult.NO_ID, {"Kết quả đối chiếu": "Chưa có CCCD"}, [], {"visit": True}),
        (MatchResult.DECEASED, {"Kết quả đối chiếu": "Đã mất"}, [(ChangeField.DECEASED, "Còn sống", "Đã mất")],
         {"paused": True}),
        (MatchResult.MOVED, {"Kết quả đối chiếu": "Đã chuyển đi", "Ghi chú": "về xã Hạ Bằng"},
         [(ChangeField.MOVED, "", "về xã Hạ Bằng")], {}),
        (MatchResult.ABSENT, {"Kết quả đối chiếu": "Vắng mặt"}, [], {"visit": True}),
        (MatchResult.TEMPORARY_RESIDENCE, {"Kết quả đối chiếu": "Tạm trú", "Họ và tên đúng": "Nguyễn Thị Hòa"},
         [(ChangeField.FULL_NAME, "Nguyễn Thị Hoa", "Nguyễn Thị Hòa")], {}),
    ],
    ids=lambda one: one.value if isinstance(one, MatchResult) else "",
)  # fmt: skip
def test_what_follows_from_each_result(
    sit: Sit, hoa: ward.Citizen, result: MatchResult, said: dict[str, str], asks: list[Any], follows: dict[str, bool]
) -> None:
    ward.campaign()
    officer = sit("officer")
    before = person(hoa)
    assert "1 dòng có điều mới" in come_back(officer, said)
    with transaction() as session:
        assert session.scalars(select(MatchRow)).one().result is result
    assert [(one.field, one.old, one.new) for one in requests()] == asks
    assert all((one.source, one.asked_by) == (ChangeSource.POLICE, officer.staff_id) for one in requests())
    after = person(hoa)
    assert (after.paused_at is not None) is follows.get("paused", False)
    assert (after.full_name, after.birth_year, after.deceased_at) == (before.full_name, before.birth_year, None)
    to_see = officer.page("/di-tham/?vi=police")
    assert ("1 người cần đến thăm" in to_see) is follows.get("visit", False)
    assert "Ghi kết quả đối chiếu của công an" in officer.page(f"/lich-su/{hoa.person_id}")


def test_the_same_results_again_change_nothing_and_the_matched_do_not_go_out_again(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    sheet = sheet_of(*taken_out(officer, made(officer)))
    content = answered(sheet, {"Kết quả đối chiếu": "Khớp"})
    file, _ = bring(officer, content)
    officer.post(f"{file}/nhap")
    again, page = bring(officer, content)
    assert again == file and "Đã nhập" in page
    book = load_workbook(io.BytesIO(content))
    book.properties.title = "lưu lại"
    target = io.BytesIO()
    book.save(target)
    file, _ = bring(officer, target.getvalue())
    assert "0 dòng có điều mới, 1 dòng giữ nguyên" in officer.post(f"{file}/nhap").text
    assert "còn <strong>0</strong> người" in officer.page("/doi-chieu/")
    assert "Không còn ai cần đối chiếu" in officer.post("/doi-chieu/", xa=ward.HERE).text
    assert made(officer, again="1") != "/doi-chieu/"


def test_the_results_come_back_encrypted_too(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    content, password = taken_out(officer, made(officer))
    target = io.BytesIO()
    with pyzipper.AESZipFile(target, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.writestr("ket-qua.xlsx", answered(sheet_of(content, password), {"Kết quả đối chiếu": "Khớp"}))
    assert "xem lại mật khẩu" in bring(officer, target.getvalue(), "kq.zip", "sai-mat-khau")[1]
    assert "xem lại mật khẩu" in bring(officer, target.getvalue(), "kq.zip")[1]
    assert "Nhập 1 dòng" in bring(officer, target.getvalue(), "kq.zip", password)[1]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"Kết quả đối chiếu": "Tốt"}, "Không rõ kết quả này"),
        ({"Ghi chú": "gọi lại sau"}, "Chưa ghi kết quả"),
        ({"Kết quả đối chiếu": "Sai lệch"}, "không ghi mục nào đúng ra sao"),
        ({"Kết quả đối chiếu": "Khớp", "Họ và tên đúng": "Lê Thị Hoa"}, "Ghi khớp mà có mục ghi khác"),
        ({"Kết quả đối chiếu": "Sai lệch", "Số CCCD đúng": "123"}, "CCCD"),
        ({"Kết quả đối chiếu": "Khớp", "Mã dòng": "AAAABBBBCCCC"}, "Không có trong tệp đã gửi"),
    ],
)
def test_a_row_in_error_says_why_and_does_not_hold(
    sit: Sit, hoa: ward.Citizen, said: dict[str, str], words: str
) -> None:
    ward.citizen("Lê Văn Sáu")
    officer = sit("officer")
    sheet = sheet_of(*taken_out(officer, made(officer)))
    _, page = bring(officer, answered(sheet, said, {"Kết quả đối chiếu": "Khớp"}))
    assert words in page and "tag bad" in page and "Nhập 1 dòng" in page


def test_what_the_roster_changed_meanwhile_is_told(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    sheet = sheet_of(*taken_out(officer, made(officer)))
    with transaction() as session:
        session.execute(text("UPDATE person SET birth_year = 1947"))
    file, page = bring(officer, answered(sheet, {"Kết quả đối chiếu": "Sai lệch", "Ngày sinh đúng": "1949"}))
    assert "đã đổi mục này từ khi gửi tệp" in page and "Nhập 1 dòng" in page
    officer.post(f"{file}/nhap")
    assert (requests()[0].old, requests()[0].new) == ("1948", "1949")
    assert "Đã đổi từ khi đề nghị" in sit("officer").page("/de-nghi-sua/")


def test_another_commune_sees_neither_files_nor_results(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    path = made(officer)
    content = answered(sheet_of(*taken_out(officer, path)), {"Kết quả đối chiếu": "Khớp"})
    elsewhere = sit("officer", commune=ward.ELSEWHERE)
    assert "Không dòng nào khớp" in bring(elsewhere, content)[1]
    file, _ = bring(officer, content)
    assert [elsewhere.get(one).status_code for one in (path, file)] == [404, 404]
    assert elsewhere.post(f"{path}/mang-di", password="abcd-abcd-abcd-abcd-abcd").status_code == 404
    assert "Phường Bồ Đề" not in elsewhere.page("/doi-chieu/")


def test_the_teams_police_do_the_whole_of_it(sit: Sit, hoa: ward.Citizen) -> None:
    assert "1 dòng có điều mới" in come_back(sit("team_police"), {"Kết quả đối chiếu": "Khớp"})
