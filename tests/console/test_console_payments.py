"""Payments and the welfare software's answers at the desk: lists out, results back, and what follows from each row."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from sqlalchemy import select, text

from core.audit import AuditEntry
from core.database import Role, transaction
from loa.cli import main
from outreach.follow_up import FollowUp, FollowUpOutcome, FollowUpSource
from roster.claim import Claim, ClaimState
from roster.payment_results.payment import Payment, PaymentOutcome
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

type Sit = Callable[..., Browser]
MONTH = "2026-11-01"
TITLES = ("Mã hồ sơ", "Họ và tên", "Số CCCD", "Số tài khoản", "Số tiền (đồng)", "Kết quả chi trả", "Lý do")


@pytest.fixture(autouse=True)
def emptied(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, returned_file CASCADE")


@pytest.fixture
def hoa(database: str) -> ward.Citizen:
    return ward.citizen("Nguyễn Thị Hoa")


def synced(of: ward.Citizen, state: ClaimState = ClaimState.SYNCED, **columns: object) -> object:
    return ward.claim(of, ward.campaign(), state=state, verified_by=901, approved_by=902, **columns)


def book(*rows: tuple[object, ...], titles: tuple[str, ...] = TITLES) -> bytes:
    """A payer's file: a heading of its own, then the table."""
    sheet = (made := Workbook()).active
    assert sheet is not None
    sheet.append(["NGÂN HÀNG THỬ", None, "Kết quả giao dịch"])
    sheet.append([])
    sheet.append(titles)
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def row(of: ward.Citizen, result: str, reason: str = "", dong: object = 1_500_000) -> tuple[object, ...]:
    return (of.reference, None, None, None, dong, result, reason)


def bring(
    browser: Browser, content: bytes, payer: str = "account", month: str = MONTH, path: str = "/chi-tra/ket-qua"
) -> tuple[str, str]:
    page = browser.post(path, file=(io.BytesIO(content), "ket qua.xlsx"), payer=payer, thang=month)
    return page.request.path, page.text


def bring_in(browser: Browser, content: bytes, payer: str = "account", month: str = MONTH) -> str:
    """The file is read without an error and merged; what the desk says then."""
    file, page = bring(browser, content, payer, month)
    assert "tag bad" not in page and file.startswith("/chi-tra/tep/"), page
    return browser.post(f"{file}/nhap").text


def claim_of(of: ward.Citizen) -> Claim:
    with transaction() as session:
        return session.scalars(select(Claim).where(Claim.person_id == of.person_id)).one()


def payments() -> list[tuple[str, date, PaymentOutcome, str | None]]:
    with transaction() as session:
        rows = session.scalars(select(Payment).order_by(Payment.id))
        return [(one.payer, one.month, one.outcome, one.reason) for one in rows]


def calls(source: FollowUpSource = FollowUpSource.PAYMENT_RETURNED) -> list[FollowUp]:
    with transaction() as session:
        return list(session.scalars(select(FollowUp).where(FollowUp.source == source).order_by(FollowUp.id)))


def on_the_list(browser: Browser, payer: str, month: str = MONTH) -> bool:
    """Whether Hoa is on the payer's list of the month."""
    answer = browser.get(f"/chi-tra/danh-sach/{payer}?thang={month}")
    assert answer.status_code == 200
    cells = [str(cell.value) for one in load_workbook(io.BytesIO(answer.data)).worksheets[0].rows for cell in one]
    return "Nguyễn Thị Hoa" in cells


def test_money_that_came_proves_the_account(sit: Sit, hoa: ward.Citizen) -> None:
    synced(hoa)
    approver = sit("approver")
    assert on_the_list(approver, "account")
    assert "1 dòng có điều mới" in bring_in(approver, book(row(hoa, "Đã chi")))
    assert claim_of(hoa).state is ClaimState.PAID_CONFIRMED
    assert payments() == [("account", date(2026, 11, 1), PaymentOutcome.PAID, None)]
    assert calls() == []
    assert not on_the_list(approver, "account"), "nobody is paid twice for a month"
    assert not on_the_list(approver, "cash")
    assert "Ghi kết quả chi trả" in approver.page(f"/lich-su/{hoa.person_id}")


def test_money_that_came_back_means_cash_for_the_month_and_a_call(sit: Sit, hoa: ward.Citizen) -> None:
    synced(hoa)
    approver = sit("approver")
    bring_in(approver, book(row(hoa, "Không thành công", "Sai số tài khoản 0011004123457")))
    assert claim_of(hoa).state is ClaimState.RETURNED
    [call] = calls()
    assert (call.person_id, call.contact_id, call.closed_at) == (hoa.person_id, hoa.contact_id, None)
    shown = sit("officer").page(f"/goi-lai/{call.id}")
    assert "Tiền bị trả lại" in shown and "Sai số tài khoản" in shown
    assert on_the_list(approver, "cash") and not on_the_list(approver, "account")
    assert "Chưa nhận, cần chi lại" in approver.page("/chi-tra/")
    bring_in(approver, book(row(hoa, "Đã nhận")), payer="cash")
    assert not on_the_list(approver, "cash")
    assert "Chưa nhận, cần chi lại" not in approver.page("/chi-tra/")
    assert claim_of(hoa).state is ClaimState.RETURNED, "cash says nothing of the account"
    with transaction() as session:
        logged = " ".join(session.scalars(select(AuditEntry.reason)))
    assert "0011004123457" not in logged


def test_the_same_answers_again_change_nothing(sit: Sit, hoa: ward.Citizen) -> None:
    synced(hoa)
    approver, rows = sit("approver"), [row(hoa, "Trả lại", "Tài khoản đã đóng")]
    content = book(*rows)
    file, _ = bring(approver, content)
    approver.post(f"{file}/nhap")
    again, page = bring(approver, content)
    assert again == file and "Đã nhập" in page
    assert "0 dòng có điều mới, 1 dòng giữ nguyên" in bring_in(approver, book(*rows, (None,) * 7, ("Tổng cộng",)))
    assert len(calls()) == 1 and len(payments()) == 1
    with transaction() as session:
        told = select(AuditEntry).where(AuditEntry.subject == f"claim:{claim_of(hoa).id}")
        assert [one.action for one in session.scalars(told)] == ["returned"]


def test_a_result_that_was_wrong_is_put_right(sit: Sit, hoa: ward.Citizen) -> None:
    synced(hoa)
    approver = sit("approver")
    bring_in(approver, book(row(hoa, "Trả lại", "Nhầm")))
    file, page = bring(approver, book(row(hoa, "Thành công")))
    assert "Lần trước ghi khác" in page
    approver.post(f"{file}/nhap")
    assert claim_of(hoa).state is ClaimState.PAID_CONFIRMED
    assert [call.outcome for call in calls()] == [FollowUpOutcome.NEEDLESS]
    assert [outcome for _, _, outcome, _ in payments()] == [PaymentOutcome.PAID]


def test_an_earlier_months_result_does_not_take_a_proved_account_back(sit: Sit, hoa: ward.Citizen) -> None:
    synced(hoa)
    approver = sit("approver")
    bring_in(approver, book(row(hoa, "Đã chi")))
    bring_in(approver, book(row(hoa, "Trả lại", "Chậm")), month="2026-10-01")
    assert claim_of(hoa).state is ClaimState.PAID_CONFIRMED
    assert len(payments()) == 2


@pytest.mark.parametrize(
    ("titles", "cells"),
    [
        (("MÃ HS", "TRẠNG THÁI GIAO DỊCH"), lambda of: (of.reference.lower(), "Giao dịch thành công.")),
        (("Số CCCD/ĐDCN (12 số)", "Kết quả"), lambda of: (int(of.citizen_id), "SUCCESS")),
        (("STK", "Người thụ hưởng", "Trạng thái"), lambda of: ("0011 0041 23457", "NGUYEN THI HOA", "Đã ghi có")),
    ],
    ids=["code", "citizen-id", "account"],
)  # fmt: skip
def test_a_payers_own_form_is_read(
    sit: Sit, hoa: ward.Citizen, titles: tuple[str, ...], cells: Callable[[ward.Citizen], tuple[object, ...]]
) -> None:
    synced(hoa)
    assert "1 dòng có điều mới" in bring_in(sit("approver"), book(cells(hoa), titles=titles))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"Kết quả chi trả": "xong xuôi"}, "Không rõ kết quả này"),
        ({"Mã hồ sơ": None, "Số CCCD": None}, "Không có mã hồ sơ"),
        ({"Số CCCD": "001148999999"}, "không phải của cùng một người"),
        ({"Mã hồ sơ": None, "Số CCCD": "001148999999"}, "Không có trong danh sách"),
        ({"Số tài khoản": "9704361234"}, "khác với tài khoản đã đồng bộ"),
        ({"Số tiền (đồng)": "một ít"}, "Không đọc được số tiền"),
    ],
)  # fmt: skip
def test_a_row_in_error_says_why_and_does_not_hold(
    sit: Sit, hoa: ward.Citizen, said: dict[str, object], words: str
) -> None:
    synced(hoa)
    sau = ward.citizen("Lê Văn Sáu")
    ward.claim(sau, ward.campaign(), state=ClaimState.SYNCED, account_number="19001234567")
    wrong = {"Mã hồ sơ": hoa.reference, "Kết quả chi trả": "Đã chi", **said}
    _, page = bring(sit("approver"), book(tuple(wrong.get(title) for title in TITLES), row(sau, "Đã chi")))
    assert words in page and "tag bad" in page and "Nhập 1 dòng" in page, page


def test_what_an_officer_should_look_at_is_told(sit: Sit, hoa: ward.Citizen) -> None:
    synced(hoa)
    _, page = bring(sit("approver"), book((hoa.reference, "Trần Thị Hoa", None, None, 900_000, "Trả lại", None)))
    for words in ("Tên khác", "Khác với mức hưởng", "Chưa ghi lý do"):
        assert words in page
    assert "Nhập 1 dòng" in page


def test_a_transfer_to_somebody_without_an_account_and_the_same_person_twice_are_errors(
    sit: Sit, hoa: ward.Citizen
) -> None:
    _, page = bring(sit("approver"), book(row(hoa, "Đã chi"), row(hoa, "Đã chi")))
    assert "chưa có tài khoản đã đồng bộ" in page and "đã có ở dòng 4" in page and "Nhập 0" not in page


@pytest.mark.parametrize(
    ("content", "month", "words"),
    [
        (book(titles=("Họ và tên", "Kết quả")), MONTH, "thiếu cột cho biết dòng nào của ai"),
        (b"not a workbook", MONTH, "Excel"),
        (book(), MONTH, "Không dòng nào khớp"),
        (book(("x",)), "2026-12-01", "Tháng chi trả chưa đúng"),
    ],
    ids=["columns", "no-workbook", "empty", "a-month-to-come"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_words(
    sit: Sit, hoa: ward.Citizen, content: bytes, month: str, words: str
) -> None:
    path, page = bring(sit("approver"), content, month=month)
    assert path == "/chi-tra/" and words in page


def test_another_commune_sees_and_changes_nothing(sit: Sit, hoa: ward.Citizen) -> None:
    synced(hoa)
    approver = sit("approver")
    content = book(row(hoa, "Trả lại", "Đóng"))
    elsewhere = sit("approver", commune=ward.ELSEWHERE)
    assert "Không dòng nào khớp" in bring(elsewhere, content)[1]
    bring_in(approver, content)
    assert "Nguyễn Thị Hoa" in approver.page("/chi-tra/") and "Nguyễn Thị Hoa" not in elsewhere.page("/chi-tra/")
    with transaction(Role.CONSOLE, communes=[ward.ELSEWHERE]) as session:
        assert session.scalar(text("SELECT count(*) FROM payment")) == 0
    with transaction(Role.CONSOLE, communes=[ward.HERE]) as session:
        assert session.scalar(text("SELECT count(*) FROM payment")) == 1


def loa(tmp_path: Path, content: bytes, *arguments: str) -> str:
    file = tmp_path / "ket-qua.xlsx"
    file.write_bytes(content)
    said = CliRunner().invoke(main, ["roster", arguments[0], str(file), *arguments[1:], "--staff", "901"])
    assert said.exit_code == 0, said.output
    return said.output


def test_the_command_reads_a_payers_file(tmp_path: Path, hoa: ward.Citizen) -> None:
    synced(hoa)
    content = book(row(hoa, "Trả lại", "Sai tên"), row(ward.citizen("Lê Văn Sáu"), "Đã chi"))
    command = ("payments-in", "--payer", "account", "--month", "11/2026")
    told = loa(tmp_path, content, *command, "--dry-run")
    assert "dòng 5 · LỖI · Số tài khoản" in told and payments() == []
    for _ in range(2):
        assert "1 dòng có điều mới, 0 dòng giữ nguyên" in loa(tmp_path, content, *command)
    assert claim_of(hoa).state is ClaimState.RETURNED and len(calls()) == 1
    unknown = ["roster", "payments-in", str(tmp_path / "ket-qua.xlsx"), "--payer", "x", "--month", "11/2026"]
    assert "Không có nơi chi trả" in CliRunner().invoke(main, [*unknown, "--staff", "901"]).output


SYNC_TITLES = ("Mã hồ sơ", "Số tài khoản", "Kết quả đồng bộ", "Lý do từ chối")


def synced_book(*rows: tuple[object, ...]) -> bytes:
    return book(*rows, titles=SYNC_TITLES)


def bring_answers(browser: Browser, content: bytes) -> tuple[str, str]:
    return bring(browser, content, path="/dong-bo/ket-qua")


def test_what_the_software_takes_over_is_synced_and_what_it_refuses_comes_back(sit: Sit, hoa: ward.Citizen) -> None:
    synced(hoa, ClaimState.APPROVED)
    sau = ward.citizen("Lê Văn Sáu")
    synced(sau, ClaimState.APPROVED, account_number="19001234567")
    approver = sit("approver")
    content = synced_book(
        (hoa.reference, "0011004123457", "Tiếp nhận", None), (sau.reference, None, "Từ chối", "Sai tên chủ tài khoản")
    )
    file, page = bring_answers(approver, content)
    assert "Nhập 2 dòng" in page and "Sai tên chủ tài khoản" in page
    assert (claim_of(hoa).state, claim_of(sau).state) == (ClaimState.APPROVED, ClaimState.APPROVED)
    assert "2 dòng có điều mới" in approver.post(f"{file}/nhap").text
    assert (claim_of(hoa).state, claim_of(sau).state) == (ClaimState.SYNCED, ClaimState.NEEDS_CORRECTION)
    assert claim_of(sau).reason == "Sai tên chủ tài khoản" and claim_of(sau).approved_by is None
    [call] = calls(FollowUpSource.SYNC_REFUSED)
    assert call.person_id == sau.person_id
    again, page = bring_answers(approver, content)
    assert again == file and "Đã nhập" in page
    file, _ = bring_answers(approver, synced_book(*[(hoa.reference, None, "Thành công", None)]))
    assert "0 dòng có điều mới, 1 dòng giữ nguyên" in approver.post(f"{file}/nhap").text
    assert len(calls(FollowUpSource.SYNC_REFUSED)) == 1


@pytest.mark.parametrize(
    ("state", "row", "words"),
    [
        (ClaimState.APPROVED, ("Từ chối", None, None), "phải ghi lý do"),
        (ClaimState.APPROVED, ("Tiếp nhận", "19009999999", None), "Không có tài khoản này"),
        (ClaimState.SYNCED, ("Từ chối", None, "Sai tên"), "đã ghi là đồng bộ xong"),
        (ClaimState.NEEDS_CORRECTION, ("Tiếp nhận", None, None), "chưa duyệt lại"),
        (ClaimState.DECLARED, ("Tiếp nhận", None, None), "Không có tài khoản này"),
    ],
)  # fmt: skip
def test_an_answer_that_fits_no_claim_is_an_error(
    sit: Sit, hoa: ward.Citizen, state: ClaimState, row: tuple[str, str | None, str | None], words: str
) -> None:
    ward.claim(hoa, ward.campaign(), state=state)
    result, account, reason = row
    _, page = bring_answers(sit("approver"), synced_book((hoa.reference, account, result, reason)))
    assert words in page and "tag bad" in page and "Nhập 1" not in page, page


def test_a_claim_that_moved_between_reading_and_bringing_in_stops_the_whole_file(sit: Sit, hoa: ward.Citizen) -> None:
    claim = synced(hoa, ClaimState.APPROVED)
    approver = sit("approver")
    file, _ = bring_answers(approver, synced_book((hoa.reference, None, "Tiếp nhận", None)))
    with transaction() as session:
        session.get_one(Claim, claim).state = ClaimState.NEEDS_CORRECTION
    assert "vừa thay đổi" in approver.post(f"{file}/nhap").text
    assert claim_of(hoa).state is ClaimState.NEEDS_CORRECTION


def test_the_command_reads_the_softwares_answer(tmp_path: Path, hoa: ward.Citizen) -> None:
    synced(hoa, ClaimState.APPROVED)
    for _ in range(2):
        told = loa(tmp_path, synced_book((hoa.reference, None, "Hợp lệ", None)), "sync-in")
        assert "1 dòng có điều mới" in told or "0 dòng có điều mới, 1 dòng giữ nguyên" in told
    assert claim_of(hoa).state is ClaimState.SYNCED
