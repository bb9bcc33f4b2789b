"""The main job, end to end: a roster comes in, people are invited and asked, officers verify, lists go out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from playwright.sync_api import Browser
from sqlalchemy import func, select

from core.clock import VIETNAM
from core.database import transaction
from language.sms import segments
from outreach.message import Message, MessageKind, MessageState
from roster.campaign import AccountDetails
from roster.claim import Claim, ClaimState
from roster.person import Person
from tests.e2e.desk import chromium, sit_down
from tests.e2e.town import Town, WebChat, wait_for
from tests.environment import CLOCK_FILE, START, TestClock

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def invited(town: Town) -> list[tuple[Person, str]]:
    """The sample workbook imported and its people invited; those whose own phone has the invitation."""
    said = town.import_roster()
    assert "thêm" in said
    town.invite(AccountDetails.CHAT)
    wait_for("the wave's end", wave_is_over, 120)
    with transaction() as session:
        reached = set(session.scalars(select(Message.person_id).where(Message.state == MessageState.DELIVERED)))
    return [(person, phone) for person, phone in town.people_with_own_phone() if person.id in reached]


def wave_is_over() -> bool:
    with transaction() as session:
        rows = dict(
            session.execute(
                select(Message.state, func.count()).where(Message.kind == MessageKind.WAVE).group_by(Message.state)
            ).all()
        )
    waiting = (MessageState.PLANNED, MessageState.CLAIMED, MessageState.ACCEPTED)
    return bool(rows) and not any(state in rows for state in waiting)


def claim_of(person: Person) -> Claim:
    with transaction() as session:
        return wait_for(
            "the claim", lambda: session.scalars(select(Claim).where(Claim.person_id == person.id)).first(), 5
        )


def test_the_same_workbook_again_changes_nothing(town: Town, invited: list[tuple[Person, str]]) -> None:
    with transaction() as session:
        before = session.scalar(select(func.count()).select_from(Person))
    town.import_roster()
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == before


def test_everybody_with_a_phone_is_invited_once_with_the_code_and_without_the_category(
    town: Town, invited: list[tuple[Person, str]]
) -> None:
    for person, number in invited[:20]:
        [text] = town.phone(number).inbox()
        assert f"{person.reference[:4]} {person.reference[4:]}" in text
        assert not any(word in text.lower() for word in ("ho ngheo", "bao tro", "nguoi co cong", "loa phuong"))
        assert text.isascii()
        assert segments(text).segments <= 2


def test_an_own_account_is_declared_after_questions_a_wrong_number_and_a_correction(
    town: Town, invited: list[tuple[Person, str]]
) -> None:
    person, number = invited[0]
    answers = town.phone(number).converse(
        "co", "u duoc", "toi tu khai", "co", "co roi", "co mat phi khong", "vietcom", "0011 0041 2345",
        "0011004123456", "nguyen thi hoa", "nham so cuoi la 7", "dung roi",
    )  # fmt: skip
    assert "1. Dong y" in answers[0]
    assert "khong mat tien" in answers[5]
    assert "12 chu so" in answers[7]
    assert "0011 0041 2345 7" in answers[10]
    claim = claim_of(person)
    assert (claim.state, claim.outcome_group) == (ClaimState.DECLARED, "A")
    assert (claim.bank, claim.account_number, claim.holder_name) == ("Vietcombank", "0011004123457", "NGUYEN THI HOA")
    assert all(segments(answer).segments <= 3 for answer in answers)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


def state_of(claim_id: UUID) -> ClaimState:
    with transaction() as session:
        return session.get_one(Claim, claim_id).state


@pytest.mark.browser
def test_one_officer_verifies_another_approves_and_the_lists_go_out(
    town: Town, invited: list[tuple[Person, str]], browser: Browser, tmp_path: Path
) -> None:
    person, _ = invited[0]
    claim = claim_of(person)
    officer = sit_down(browser, town.console, "officer", person.commune_code)
    officer.open("/kiem-tra/")
    officer.page.get_by_role("link", name=person.full_name).first.click()
    card = officer.page.locator("main").inner_text()
    assert all(said in card for said in (person.full_name, "NGUYEN THI HOA", "0011 0041 2345 7", "Vietcombank"))
    officer.page.wait_for_load_state("networkidle")
    officer.page.keyboard.press("1")
    wait_for("the verification", lambda: state_of(claim.id) is ClaimState.VERIFIED)

    approver = sit_down(browser, town.console, "approver", person.commune_code)
    approver.open(f"/duyet/{claim.id}")
    approver.page.get_by_role("button", name="Duyệt").click()
    wait_for("the approval", lambda: state_of(claim.id) is ClaimState.APPROVED)

    officer.open("/danh-sach/A")
    listed = cells_of(officer.download("Tải Excel", tmp_path / "a.xlsx"))
    assert person.full_name in listed
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in listed
    approver.open("/danh-sach/")
    synced = cells_of(approver.download("Tải tệp đồng bộ", tmp_path / "sync.xlsx"))
    assert "0011004123457" in synced, "the account number goes out as text"


@pytest.mark.browser
def test_an_officer_of_another_commune_sees_nothing_of_it(
    town: Town, invited: list[tuple[Person, str]], browser: Browser
) -> None:
    person, _ = invited[0]
    elsewhere = next(other.commune_code for other, _ in invited if other.commune_code != person.commune_code)
    stranger = sit_down(browser, town.console, "officer", elsewhere)
    assert stranger.open(f"/kiem-tra/{claim_of(person).id}") == 404
    assert stranger.open(f"/nguoi-huong/{person.id}") == 404
    stranger.open("/kiem-tra/")
    assert person.full_name not in stranger.page.content()


def cells_of(workbook: Path) -> list[object]:
    sheet = openpyxl.load_workbook(workbook).worksheets[0]
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_somebody_without_an_account_asks_the_team_to_come(town: Town, invited: list[tuple[Person, str]]) -> None:
    person, number = invited[1]
    town.phone(number).converse("co", "1", "toi", "co", "chua co", "o nha", "sang thu 7", "dung")
    claim = claim_of(person)
    assert claim.outcome_group == "B-home"
    assert "sáng" in claim.answers["visit_time"]


def test_cash_is_a_respected_answer(town: Town, invited: list[tuple[Person, str]]) -> None:
    person, number = invited[2]
    town.phone(number).converse("co", "dong y", "chinh toi", "khong", "quen tien mat roi", "dung roi chau")
    claim = claim_of(person)
    assert (claim.outcome_group, claim.answers["cash_reason"]) == ("D", "prefers")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Cái này có lừa đảo không cháu?", "gọi số dán ở trụ sở"),
        ("Có bắt buộc phải làm không?", "Không bắt buộc"),
        ("Bao giờ thì trả tiền hả cháu?", "từ ngày 5 đến ngày 10"),
        ("Cần mang giấy tờ gì?", "căn cước công dân"),
        ("Tôi không có điện thoại thông minh thì sao?", "Không cần điện thoại thông minh"),
        ("Hạn cuối là ngày nào?", "Hạn đăng ký"),
        ("Làm tài khoản có mất phí gì không?", "không mất tiền"),
    ],
)
def test_questions_in_the_middle_are_answered_and_the_open_question_comes_again(
    town: Town, invited: list[tuple[Person, str]], asked: str, told: str
) -> None:
    phone = town.phone(invited[3][1])
    if len(phone.inbox()) == 1:
        phone.converse("có", "đồng ý")
    heard = len(phone.inbox())
    assert told in phone.say(asked)
    wait_for(
        "the open question", lambda: "1. Chính tôi" in "\n".join(phone.inbox()[heard:])
    )  # perhaps in a second message


def test_the_same_survey_in_the_web_chat_with_buttons(town: Town, invited: list[tuple[Person, str]]) -> None:
    person, _ = invited[4]
    chat = WebChat(town.stack.settings.public_base)
    assert [one["title"] for one in chat.say("khai")["choices"]] == ["Đồng ý", "Không"]
    chat.say("Đồng ý")
    chat.say(person.reference.lower())
    for pressed in ("Chính tôi", "Nhận qua tài khoản", "Chưa có", "Tự ra ngân hàng"):
        answer = chat.say(pressed)
    assert "số điện thoại" in answer["text"]
    chat.say("0912 345 678")
    assert "ghi lại" in chat.say("Đúng")["text"]
    claim = claim_of(person)
    assert (claim.outcome_group, claim.from_invited_phone) == ("B-self", False)
    assert claim.answers["contact_phone"] == "0912345678"


def test_an_unknown_code_sounds_the_same_and_its_claim_goes_to_an_officer_only(
    town: Town, invited: list[tuple[Person, str]]
) -> None:
    known, unknown = WebChat(town.stack.settings.public_base), WebChat(town.stack.settings.public_base)
    for chat in (known, unknown):
        chat.say("khai")
        chat.say("Đồng ý")
    heard = known.say(invited[5][0].reference), unknown.say(_code_of_nobody())
    assert heard[0]["text"] == heard[1]["text"]
    assert heard[0]["choices"] == heard[1]["choices"]


def _code_of_nobody() -> str:
    from language.codes import new_code

    numbers = iter(range(1, 10_000))
    return new_code(lambda below: next(numbers) % below)


def test_stop_is_confirmed_once_and_then_there_is_silence(town: Town, invited: list[tuple[Person, str]]) -> None:
    phone = town.phone(invited[6][1])
    phone.converse("co", "dong y")
    assert "khong nhan tin" in phone.say("thoi dung nhan tin nua")


def test_an_unfinished_survey_gets_one_reminder_at_a_permitted_hour_and_none_after_stop(
    town: Town, invited: list[tuple[Person, str]]
) -> None:
    unfinished, stopped = town.phone(invited[7][1]), town.phone(invited[6][1])
    unfinished.converse("co", "dong y")
    before, silence = len(unfinished.inbox()), len(stopped.inbox())
    clock = TestClock(CLOCK_FILE)
    try:
        clock.set(START + timedelta(days=1, hours=12))  # 22:00 of the next day: nothing may go out
        wait_for("two rounds of the reminder's tick", _ticks_since(clock), 90)
        assert len(unfinished.inbox()) == before
        clock.set(datetime(2026, 11, 12, 7, 31, tzinfo=VIETNAM))
        [reminder] = wait_for("the reminder", lambda: unfinished.inbox()[before:], 90)
        assert "xin nhac" in reminder
        wait_for("two more rounds", _ticks_since(clock), 90)
        assert len(unfinished.inbox()) == before + 1
        assert len(stopped.inbox()) == silence
    finally:
        clock.set(START)


def _ticks_since(clock: TestClock) -> object:
    """Look whether the scheduler's gauges were written twice after the clock was set."""
    from core.gauges import Gauge, GaugeName

    set_at, seen = clock.now(), set()

    def look() -> bool:
        with transaction() as session:
            gauge = session.get(Gauge, GaugeName.UNANSWERED.value)
            if gauge is not None and gauge.read_at > set_at:
                seen.add(gauge.read_at)
        return len(seen) >= 3

    return look
