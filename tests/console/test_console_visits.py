"""Visit lists at the desk: whom to see, the sheet with its codes, what was noted, the hamlet's workbook whole."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from console.reading.holdings import holdings
from core.audit import AuditEntry, staff_actor
from core.clock import now, today
from core.database import transaction
from roster.changes.change_request import ChangeField, ChangeRequest, ChangeSource
from roster.claim import Claim
from roster.person import Person
from roster.privacy.withdrawing import withdraw_consent
from roster.returned.returned_file import ReturnedRow
from roster.survey.draft import Closing, Draft, DraftState, Source
from roster.visiting.visit_list import VisitList, VisitOutcome, VisitRow
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

type Sit = Callable[..., Browser]
_HEADER = 4
"""The row of the titles in the hamlet's workbook."""


@pytest.fixture(autouse=True)
def emptied(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, returned_file CASCADE")


@pytest.fixture
def campaign_id() -> int:
    return ward.campaign()


@pytest.fixture
def hoa(campaign_id: int) -> ward.Citizen:
    return ward.citizen("Nguyễn Thị Hoa", address="Số 12, phố Lâm Hạ, Tổ 3")


def make(browser: Browser, **form: str) -> str:
    """Make a list; the path of its page."""
    made = browser.post("/di-tham/", xa=ward.HERE, **form)
    assert made.status_code == 200, made.status_code
    return made.request.path


def rows() -> list[VisitRow]:
    with transaction() as session:
        return list(session.scalars(select(VisitRow).order_by(VisitRow.visit_list_id, VisitRow.place)))


def claims() -> list[Claim]:
    with transaction() as session:
        return list(session.scalars(select(Claim)))


def actions() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(AuditEntry.action)))


def filled(browser: Browser, path: str, *answers: dict[str, str]) -> bytes:
    """The list's workbook, filled in: `answers` by column, a dictionary a row."""
    book = load_workbook(io.BytesIO(browser.get(f"{path}/so").data))
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for cell in sheet[_HEADER]}
    for number, given in enumerate(answers, _HEADER + 1):
        for title, text in given.items():
            sheet.cell(number, titles[title], text)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bring(browser: Browser, content: bytes) -> tuple[str, str]:
    """Give the workbook in: the file's path and the page's text."""
    page = browser.post("/di-tham/so", file=(io.BytesIO(content), "so di tham.xlsx"))
    return page.request.path, page.text


def test_the_list_stands_in_the_order_one_walks_and_tells_no_allowance(sit: Sit, hoa: ward.Citizen) -> None:
    ward.citizen("Lê Văn Sáu", address="Số 2, phố Lâm Hạ, tổ 03")
    ward.citizen("Trần Thị Na", address="Số 1, phố Lâm Hạ, Tổ 2")
    officer = sit("officer")
    page = officer.page("/di-tham/")
    assert "3 người cần đến thăm" in page and page.count("Tổ 3</td>") + page.count("Tổ 03</td>") == 1
    path = make(officer)
    sheet = officer.page(f"{path}/in")
    named = [sheet.index(name) for name in ("Trần Thị Na", "Lê Văn Sáu", "Nguyễn Thị Hoa")]
    assert named == sorted(named) and sheet.count('class="scan"') == 3
    for hidden in (hoa.phone, hoa.citizen_id, "1.500.000", "bảo trợ", "Số tài khoản"):
        assert hidden not in sheet
    assert {"visit_list.made", "visit_list.printed"} <= set(actions())


def test_one_neighbourhood_makes_one_list_however_it_is_written(sit: Sit, hoa: ward.Citizen) -> None:
    ward.citizen("Lê Văn Sáu", address="Số 2, phố Lâm Hạ, TDP số 3")
    ward.citizen("Trần Thị Na", address="Số 1, phố Lâm Hạ, Tổ 2")
    officer = sit("officer")
    make(officer, area="Tổ 3")
    with transaction() as session:
        assert session.scalars(select(VisitList)).one().people == 2
    assert "Không có ai cần đến thăm" in officer.post("/di-tham/", xa=ward.HERE, area="Tổ 9").text


@pytest.mark.parametrize("who", ["dead", "reported", "withdrew", "declared", "refused", "elsewhere"])
def test_nobody_knocks_where_nobody_should(sit: Sit, campaign_id: int, who: str) -> None:
    state = {"dead": {"deceased_at": now()}, "reported": {"paused_at": now()}, "withdrew": {"withdrew_at": now()}}
    of = ward.citizen(commune=ward.ELSEWHERE if who == "elsewhere" else ward.HERE, **state.get(who, {}))
    if who == "declared":
        ward.claim(of, campaign_id)
    if who == "refused":
        with transaction() as session:
            session.add(
                Draft(campaign_id=campaign_id, thread_id=of.thread_id, contact_id=of.contact_id, invited=True,
                      person_id=of.person_id, commune_code=ward.HERE, answers={}, state=DraftState.CLOSED,
                      closing=Closing.REFUSED_CONSENT, started_at=now(), last_message_at=now())
            )  # fmt: skip
    assert "0 người cần đến thăm" in sit("officer").page("/di-tham/")


def test_a_scanned_code_opens_the_persons_form_after_the_sign_in(
    sit: Sit, stranger: Browser, hoa: ward.Citizen
) -> None:
    make(sit("officer"))
    [row] = rows()
    answer = stranger.get(f"/V/{row.token}")
    assert answer.status_code == 302 and "/dang-nhap" in answer.location
    _, email = ward.staff("officer")
    assert stranger.sign_in(email, next_page=f"/V/{row.token}").location.endswith(f"/V/{row.token}")
    opened = stranger.get(f"/V/{row.token.lower()}", follow_redirects=True)
    assert opened.request.path == f"/khao-sat/tai-nha/{hoa.person_id}" and "Nguyễn Thị Hoa" in opened.text


def test_a_code_opens_nothing_to_another_commune_and_nothing_for_a_guess(sit: Sit, hoa: ward.Citizen) -> None:
    make(sit("officer"))
    [row] = rows()
    elsewhere = sit("officer", commune=ward.ELSEWHERE)
    for path in (f"/V/{row.token}", f"/di-tham/{row.visit_list_id}", f"/di-tham/{row.visit_list_id}/in",
                 f"/di-tham/{row.visit_list_id}/so", f"/di-tham/dong/{row.id}"):  # fmt: skip
        assert elsewhere.get(path).status_code == 404, path
    assert sit("officer").get("/V/AAAABBBBCCCCDDDDEEEEFFFF").status_code == 404
    police = sit("team_police").get(f"/V/{row.token}")
    assert police.location.endswith(f"/di-tham/dong/{row.id}"), "who may not ask the survey notes what was found"


def test_the_form_notes_on_the_list_how_far_the_visit_came(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    path = make(officer)
    [row] = rows()
    form = f"/khao-sat/tai-nha/{hoa.person_id}"
    officer.post(f"{form}/dong-y", consent="yes", tham=str(row.id))
    assert rows()[0].outcome is VisitOutcome.BEGUN
    page = officer.post(form, tham=str(row.id), respondent="self", wants_account="no", cash_reason="prefers").text
    read_back = re.search(r'name="read_back" value="(\w+)"', page)
    assert read_back is not None
    done = officer.post(f"{form}/xac-nhan", tham=str(row.id), read_back=read_back.group(1))
    assert done.request.path == path and "Đã hỏi xong" in done.text
    assert (rows()[0].outcome, rows()[0].visited_on) == (VisitOutcome.DECLARED, today())


def test_what_was_found_is_noted_and_a_death_stops_messages_at_once(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    make(officer)
    [row] = rows()
    note = f"/di-tham/dong/{row.id}"
    assert "Xin chọn kết quả" in officer.post(note, outcome="declared", on=today().isoformat()).text
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert "Xin chọn kết quả" in officer.post(note, outcome="not_home", on=tomorrow).text
    assert rows()[0].outcome is None
    done = officer.post(note, outcome="deceased", on=today().isoformat(), note="Hàng xóm nói").text
    assert "dừng nhắn tin" in done and "Đã mất" in done
    with transaction() as session:
        person = session.get_one(Person, hoa.person_id)
        [asked] = session.scalars(select(ChangeRequest))
        assert person.paused_at is not None and person.deceased_at is None, "another officer confirms it"
        assert (asked.field, asked.source, asked.asked_by) == (
            ChangeField.DECEASED, ChangeSource.VISIT, officer.staff_id,
        )  # fmt: skip
    history = officer.page(f"/lich-su/{hoa.person_id}")
    assert "Ghi kết quả đến thăm" in history and "Đề nghị sửa thông tin" in history


ANSWERED = {"Ngày đến": "10/11/2026", "Đồng ý cho hỏi": "Có", "Người trả lời": "Chính người hưởng",
            "Muốn nhận trợ cấp": "Nhận qua tài khoản", "Tài khoản": "Đã có của mình", "Ngân hàng": "vietcom",
            "Số tài khoản": "0011004123457", "Chủ tài khoản": "nguyễn thị hoa",
            "Đã đọc lại, nói đúng": "Có"}  # fmt: skip


def test_the_workbook_comes_back_whole_and_a_second_time_changes_nothing(sit: Sit, hoa: ward.Citizen) -> None:
    ward.citizen("Trần Thị Na", address="Số 20, phố Lâm Hạ, Tổ 3")
    ward.citizen("Vũ Văn Tư", address="Số 30, phố Lâm Hạ, Tổ 3")
    officer = sit("officer")
    path = make(officer)
    day = f"{today():%d/%m/%Y}"
    content = filled(officer, path, {**ANSWERED, "Ngày đến": day}, {"Ngày đến": day, "Kết quả": "Không gặp"})
    file, page = bring(officer, content)
    assert "Nhập 2 dòng" in page and "0011004123457" not in page and claims() == []
    assert "Tệp ghi" in page and "Vietcombank" in page
    merged = officer.post(f"{file}/nhap").text
    assert "2 dòng có điều mới" in merged
    [claim] = claims()
    assert (claim.person_id, claim.bank, claim.account_number) == (hoa.person_id, "Vietcombank", "0011004123457")
    with transaction() as session:
        draft = session.get_one(Draft, claim.draft_id)
        assert (draft.source, draft.staff_id) == (Source.VISIT, officer.staff_id)
    assert [row.outcome for row in rows()] == [VisitOutcome.DECLARED, VisitOutcome.NOT_HOME, None]
    again, page = bring(officer, content)
    assert again == file and "Đã nhập" in page, "the same bytes are the same file"
    resaved = filled(officer, path, {**ANSWERED, "Ngày đến": day}, {"Ngày đến": day, "Kết quả": "Không gặp"})
    book = load_workbook(io.BytesIO(resaved))
    book.properties.title = "lưu lại lần nữa"
    other = io.BytesIO()
    book.save(other)
    file, page = bring(officer, other.getvalue())
    assert "0 dòng có điều mới, 2 dòng giữ nguyên" in officer.post(f"{file}/nhap").text
    assert len(claims()) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Ngày đến": ""}, "Xin ghi ngày đến"),
        ({"Ngày đến": "01/01/2099"}, "Ngày đến chưa tới"),
        ({"Đồng ý cho hỏi": ""}, "Chưa ghi người dân có đồng ý"),
        ({"Số tài khoản": "12345678901"}, "Vietcombank thường không có 11 chữ số"),
        ({"Ngân hàng": "ngân hàng trên trời"}, "Chưa rõ ngân hàng nào"),
        ({"Đồng ý cho hỏi": "Không"}, "xin xóa các câu trả lời"),
        ({"Kết quả": "Không gặp"}, "Có câu trả lời mà kết quả ghi là chưa hỏi được"),
        ({"Kết quả": "Vui vẻ"}, "Xin chọn một kết quả"),
    ],
)
def test_a_row_in_error_says_why_and_is_not_kept(
    sit: Sit, hoa: ward.Citizen, changes: dict[str, str], said: str
) -> None:
    officer = sit("officer")
    path = make(officer)
    _, page = bring(officer, filled(officer, path, {**ANSWERED, "Ngày đến": f"{today():%d/%m/%Y}", **changes}))
    assert said in page and "tag bad" in page and "Nhập 1 dòng" not in page


def test_what_was_not_read_back_is_kept_as_begun(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    path = make(officer)
    day = {"Ngày đến": f"{today():%d/%m/%Y}"}
    file, page = bring(officer, filled(officer, path, {**ANSWERED, **day, "Đã đọc lại, nói đúng": ""}))
    assert "Chưa đọc lại cho người dân nghe" in page
    officer.post(f"{file}/nhap")
    assert claims() == [] and rows()[0].outcome is VisitOutcome.BEGUN
    form = officer.page(f"/khao-sat/tai-nha/{hoa.person_id}")
    assert "0011 0041 2345 7" in form and "read_back" in form, "the officer reads it back later"


def test_a_workbook_of_another_commune_is_nobodys(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    content = filled(officer, make(officer), {**ANSWERED, "Ngày đến": f"{today():%d/%m/%Y}"})
    _, page = bring(sit("officer", commune=ward.ELSEWHERE), content)
    assert "Không dòng nào khớp" in page and "Nguyễn Thị Hoa" not in page
    file, _ = bring(officer, content)
    other = sit("officer", commune=ward.ELSEWHERE)
    assert other.get(file).status_code == other.post(f"{file}/nhap").status_code == 404


def test_a_workbook_is_given_up(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    file, _ = bring(officer, filled(officer, make(officer), {**ANSWERED, "Ngày đến": f"{today():%d/%m/%Y}"}))
    assert "Đã bỏ tệp này" in officer.post(f"{file}/bo").text
    assert "các dòng đã được xóa" in officer.page(file)
    assert "Tệp này đã nhập xong hoặc đã bỏ" in officer.post(f"{file}/nhap").text and claims() == []


def test_any_other_file_is_refused_in_words(sit: Sit, hoa: ward.Citizen) -> None:
    book, file = Workbook(), io.BytesIO()
    book.save(file)
    officer = sit("officer")
    assert "không phải tệp đã tải ra từ đây" in bring(officer, file.getvalue())[1]
    assert "không" in bring(officer, b"khong phai excel")[1] and rows() == []
    assert "Xin chọn tệp" in officer.post("/di-tham/so").text


def test_whoever_withdraws_is_forgotten_in_files_that_wait_and_in_notes(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    path = make(officer)
    officer.post(f"/di-tham/dong/{rows()[0].id}", outcome="again", on=today().isoformat(), note="hẹn chiều thứ năm")
    bring(officer, filled(officer, path, {**ANSWERED, "Ngày đến": f"{today():%d/%m/%Y}"}))
    with transaction() as session:
        assert session.scalar(select(ReturnedRow.person_id)) == hoa.person_id
        withdraw_consent(session, session.get_one(Person, hoa.person_id), staff_actor(officer.staff_id), now())
    with transaction() as session:
        assert session.scalars(select(ReturnedRow)).all() == []
    assert (rows()[0].note, rows()[0].outcome) == (None, VisitOutcome.AGAIN)


def test_a_citizen_reads_what_was_noted_at_the_door(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    make(officer)
    officer.post(f"/di-tham/dong/{rows()[0].id}", outcome="moved", on=today().isoformat(), note="về xã Hạ Bằng")
    with transaction() as session:
        sections = {one.key: one for one in holdings(session, session.get_one(Person, hoa.person_id))}
    visit = {field.label: field.shown for field in sections["visits"].records[0]}
    assert (visit["Kết quả"], visit["Ghi chú"]) == ("Đã chuyển đi nơi khác", "về xã Hạ Bằng")
    [change] = sections["changes"].records
    assert {"Chuyển nơi ở", "về xã Hạ Bằng", "Đến thăm nhà"} <= {field.shown for field in change}
    assert not any(rows()[0].token in field.shown for one in sections.values() for record in one.records
                   for field in record)  # fmt: skip
