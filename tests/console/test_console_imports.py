"""A roster comes in through the console: read, looked through, corrected, merged."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from core.database import transaction
from roster.person import Person
from roster.roster_import import ImportRow, ImportState, RosterImport
from tests.console import ward
from tests.console.conftest import Browser

pytestmark = pytest.mark.usefixtures("database")
HEADER = ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD", "Nhóm đối tượng", "Xã/Phường", "Số điện thoại"]
_ids = itertools.count(100)


def row(name: str = "Trần Thị Na", category: str = "Hộ nghèo", commune: str = "Phường Bồ Đề") -> list[object]:
    number = next(_ids)
    return [1, name, 1950, "Nữ", f"001150{number:06d}", category, commune, f"0987{number:06d}"]


def upload(browser: Browser, *rows: list[object], name: str = "danh sach.xlsx") -> TestResponse:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for values in (HEADER, *rows):
        sheet.append(values)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return browser.post("/nhap/", file=(file, name))


def path_of(page: TestResponse) -> str:
    return page.request.path


def row_id(import_path: str, name: str) -> int:
    with transaction() as session:
        rows = session.scalars(select(ImportRow).where(ImportRow.import_id == import_path.rsplit("/", 1)[1]))
        return next(one.id for one in rows if one.values["full_name"] == name)


def people_named(name: str) -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).where(Person.full_name == name)) or 0


def test_a_list_is_read_corrected_and_merged(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    page = upload(officer, row("Trần Thị Na"), row("Lê Văn Sáu", category="???"))
    assert "Có lỗi (1)" in page.text and "Không rõ diện" in page.text and "Lê Văn Sáu" in page.text
    refused = officer.post(f"{path_of(page)}/gop").text
    assert "Còn 1 dòng có lỗi" in refused and people_named("Trần Thị Na") == 0
    wrong = f"{path_of(page)}/dong/{row_id(path_of(page), 'Lê Văn Sáu')}"
    assert 'name="category"' in officer.page(wrong)
    assert "Có lỗi (0)" in officer.post(wrong, full_name="Lê Văn Sáu", category="Hộ cận nghèo").text
    done = officer.post(f"{path_of(page)}/gop").text
    assert "thêm 2 người" in done and "Đã nhập" in done
    assert people_named("Trần Thị Na") == people_named("Lê Văn Sáu") == 1


def test_a_row_is_left_out_and_taken_in_again(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    page = upload(officer, row("Phan Thị Mười"), row("Hồ Thị Chín"))
    path = f"{path_of(page)}/dong/{row_id(path_of(page), 'Phan Thị Mười')}/bo"
    assert "Đã bỏ ra (1)" in officer.post(path, left_out="1").text
    assert "Đã bỏ ra (0)" in officer.post(path, left_out="0").text
    officer.post(path, left_out="1")
    officer.post(f"{path_of(page)}/gop")
    assert (people_named("Phan Thị Mười"), people_named("Hồ Thị Chín")) == (0, 1)


def test_htmx_gets_the_row_and_the_new_numbers(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    page = upload(officer, row("Tạ Thị Năm"))
    path = f"{path_of(page)}/dong/{row_id(path_of(page), 'Tạ Thị Năm')}/bo"
    form = {"left_out": "1", "csrf_token": officer.token()}
    answer = officer.client.post(path, data=form, headers={"HX-Request": "true"}).text
    assert answer.lstrip().startswith("<tr") and "Lấy lại" in answer and "Đã bỏ ra (1)" in answer
    assert "<html" not in answer


def test_an_ambiguous_commune_is_a_choice(sit: Callable[..., Browser]) -> None:
    manager = sit("manager", commune=None)
    page = upload(manager, row("Đinh Thị Tư", commune="Phường Phúc Diễn"))
    path = f"{path_of(page)}/dong/{row_id(path_of(page), 'Đinh Thị Tư')}"
    choices = re.findall(r"<option>([^<]+)</option>", manager.page(path))
    assert len(choices) > 1
    manager.post(path, ward=choices[0])
    assert choices[0] in manager.page(f"{path_of(page)}?xem=ok") + manager.page(f"{path_of(page)}?xem=warning")


def test_an_officer_brings_in_people_of_the_own_commune_alone(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    page = upload(officer, row("Lý Thị Một"), row("Lý Thị Hai", commune="Xã Hạ Bằng"))
    assert "Đã bỏ ra (1)" in page.text, "rows of other communes are left out from the start"
    foreign = f"{path_of(page)}/dong/{row_id(path_of(page), 'Lý Thị Hai')}"
    officer.post(f"{foreign}/bo", left_out="0")
    assert "không thuộc xã, phường của anh/chị" in officer.post(f"{path_of(page)}/gop").text
    officer.post(foreign, ward="Phường Bồ Đề")
    assert "thêm 2 người" in officer.post(f"{path_of(page)}/gop").text


NEUTRAL = "Người này thuộc xã, phường khác; nhờ cán bộ quản lý chung xử lý"


@pytest.mark.parametrize("name", ["Cao Thị Mẫn", "Một Tên Khác"])
def test_a_number_of_another_commune_shows_and_changes_nothing(sit: Callable[..., Browser], name: str) -> None:
    known = ward.citizen("Cao Thị Mẫn", ward.ELSEWHERE, birth_year=1931, address="Số 99, ngõ 77")
    values = row(name)
    values[4] = known.citizen_id
    officer = sit("officer")
    page = upload(officer, values)
    assert NEUTRAL in page.text and "Có lỗi (1)" in page.text
    path = f"{path_of(page)}/dong/{row_id(path_of(page), name)}"
    assert NEUTRAL in officer.post(path).text, "saved again without a change"
    refused = officer.post(f"{path_of(page)}/gop").text
    for text in (page.text, refused, officer.page(path)):
        assert "1931" not in text and "Số 99" not in text
    assert "Còn 1 dòng có lỗi" in refused


def test_a_manager_settles_it_and_the_officer_still_sees_nothing(sit: Callable[..., Browser]) -> None:
    known = ward.citizen("Cao Thị Sửu", ward.ELSEWHERE, birth_year=1931)
    values = row("Cao Thị Sửu")
    values[4] = known.citizen_id
    officer, manager = sit("officer"), sit("manager", commune=None)
    path = path_of(upload(officer, values))
    manager.post(f"{path}/dong/{row_id(path, 'Cao Thị Sửu')}")
    assert "1931" in manager.post(f"{path}/gop").text
    seen = officer.page(path)
    assert "Đã nhập" in seen and "Tệp ghi khác danh sách" not in seen and "1931" not in seen


def test_an_import_is_open_to_who_brought_it_and_to_who_sees_all(sit: Callable[..., Browser]) -> None:
    page = upload(sit("officer"), row("Ngô Thị Ba"))
    path = path_of(page)
    other, manager = sit("officer"), sit("manager", commune=None)
    number = row_id(path, "Ngô Thị Ba")
    for one in (path, f"{path}/dong/{number}", f"{path}/dong/{number}/xem"):
        assert other.get(one).status_code == 404 and manager.get(one).status_code == 200
    assert path not in other.page("/nhap/") and path in manager.page("/nhap/")
    assert other.post(f"{path}/gop").status_code == 404
    elsewhere = path_of(upload(other, row("Ai Đó")))
    assert other.get(f"{elsewhere}/dong/{number}").status_code == 404, "a row under another import"


def test_the_same_file_again_is_the_same_import(sit: Callable[..., Browser]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for values in (HEADER, row("Bùi Thị Sáu")):
        sheet.append(values)
    file = io.BytesIO()
    book.save(file)
    officer, other = sit("officer"), sit("officer")
    first, again = (officer.post("/nhap/", file=(io.BytesIO(file.getvalue()), "a.xlsx")) for _ in range(2))
    assert path_of(first) == path_of(again)
    assert "đã được một cán bộ khác đưa lên" in other.post("/nhap/", file=(io.BytesIO(file.getvalue()), "b.xlsx")).text


def test_a_file_is_given_up(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    path = path_of(upload(officer, row("Mai Thị Bảy")))
    assert "Đã bỏ tệp này" in officer.post(f"{path}/huy").text
    with transaction() as session:
        staged = session.scalars(select(RosterImport).where(RosterImport.id == path.rsplit("/", 1)[1])).one()
        assert staged.state is ImportState.DISCARDED
    assert "không sửa được nữa" in officer.post(f"{path}/gop").text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp này rỗng"),
        (b"ho va ten,nam sinh\n", "không phải sổ Excel"),
        (b"PK\x03\x04 broken", "hỏng"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(sit: Callable[..., Browser], content: bytes, said: str) -> None:
    assert said in sit("officer").post("/nhap/", file=(io.BytesIO(content), "a.xlsx")).text


def test_no_file_at_all(sit: Callable[..., Browser]) -> None:
    assert "Xin chọn một tệp Excel" in sit("officer").post("/nhap/").text


def test_lists_show_numbers_masked_and_the_form_whole(sit: Callable[..., Browser]) -> None:
    officer = sit("officer")
    wrong = row("Kiều Thị Tám")
    wrong[4] = "00115000012"
    page = upload(officer, wrong)
    assert "00115000012" not in page.text and "••••012" in page.text
    form = officer.page(f"{path_of(page)}/dong/{row_id(path_of(page), 'Kiều Thị Tám')}")
    assert "00115000012" in form


def test_what_the_file_says_otherwise_than_the_roster_is_shown(sit: Callable[..., Browser]) -> None:
    known = ward.citizen("Dương Thị Mười Một")
    values = row("Dương Thị Mười Một")
    values[2], values[4] = 1949, known.citizen_id
    officer = sit("officer")
    page = upload(officer, values)
    done = officer.post(f"{path_of(page)}/gop").text
    assert "Tệp ghi khác danh sách" in done and "1948" in done and "1949" in done
