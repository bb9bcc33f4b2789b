"""The officer's survey form: consent first, the bot's questions, read back, declared, and the call that it settles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import select

from console import survey_words
from console.survey_sheet import NOT_ASKED
from conversations.inbound import contact_for
from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from outreach.call_backs import ask_to_call_back
from outreach.follow_up import FollowUp, FollowUpOutcome, FollowUpSource
from roster.campaign import AccountDetails, Campaign
from roster.claim import Claim
from roster.contact import ContactKind
from roster.person import Person
from roster.survey.answers import CHOICES, AnswerRefused, Problem
from roster.survey.draft import Draft, DraftState, Source
from roster.survey.questions import Question
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

_READ_BACK = re.compile(r'name="read_back" value="(\w+)"')
type Sit = Callable[..., Browser]


@pytest.fixture(autouse=True)
def emptied(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point CASCADE")


@pytest.fixture
def campaign_id() -> int:
    return ward.campaign()


@pytest.fixture
def of(campaign_id: int) -> ward.Citizen:
    return ward.citizen("Nguyễn Thị Hoa")


class Desk:
    """An officer with the form of one person."""

    def __init__(self, browser: Browser, of: ward.Citizen, way: str = "dien-thoai", task: int | None = None) -> None:
        self.browser, self.path, self.task = browser, f"/khao-sat/{way}/{of.person_id}", task

    def page(self) -> str:
        return self.browser.page(self.path + (f"?viec={self.task}" if self.task else ""))

    def post(self, to: str = "", **form: str) -> str:
        extra = {"viec": str(self.task)} if self.task else {}
        return self.browser.post(self.path + to, **extra, **form).text

    def agrees(self) -> str:
        return self.post("/dong-y", consent="yes")

    def confirms(self, page: str, **form: str) -> str:
        found = _READ_BACK.search(page)
        assert found is not None, "the answers are not read back yet"
        return self.post("/xac-nhan", read_back=found.group(1), **form)


CASH = {"respondent": "self", "wants_account": "no", "cash_reason": "prefers"}


def drafts() -> list[Draft]:
    with transaction() as session:
        return list(session.scalars(select(Draft).order_by(Draft.started_at)))


def claims() -> list[Claim]:
    with transaction() as session:
        return list(session.scalars(select(Claim)))


def test_before_consent_there_is_one_question_and_nothing_is_kept(sit: Sit, of: ward.Citizen) -> None:
    page = Desk(sit("officer"), of).page()
    assert "là cán bộ UBND phường Bồ Đề" in page
    assert "có muốn nhận trợ cấp qua tài khoản" not in page
    assert drafts() == []


def test_who_does_not_agree_is_asked_nothing_more(sit: Sit, of: ward.Citizen) -> None:
    desk = Desk(sit("officer"), of)
    assert "không đồng ý trả lời" in desk.post("/dong-y", consent="no")
    [draft] = drafts()
    assert (draft.state, draft.answers) == (DraftState.CLOSED, {})
    assert "đồng ý không ạ" in desk.page(), "another day it may be asked again"


@pytest.mark.parametrize(("way", "source"), [("dien-thoai", Source.PHONE), ("tai-nha", Source.VISIT)])
def test_the_whole_survey_on_the_form(sit: Sit, of: ward.Citizen, way: str, source: Source) -> None:
    browser = sit("officer")
    desk = Desk(browser, of, way)
    assert "là chính người hưởng trợ cấp hay là người nhà" in desk.agrees()
    page = desk.post(respondent="self", wants_account="yes")
    assert "Bà đã có tài khoản ngân hàng" in page, "addressed by age and gender"
    page = desk.post(respondent="self", wants_account="yes", has_account="own")
    assert "Tài khoản ở ngân hàng hay ví nào" in page
    page = desk.post(bank="vietcom", account_number="0011 0041 23457", holder_name="nguyễn thị hoa")
    for said in ("Vietcombank", "0011 0041 2345 7", "NGUYEN THI HOA", "Chính người hưởng"):
        assert said in page, said
    assert "Đã ghi nhận" in desk.confirms(page)
    [claim] = claims()
    assert (claim.bank, claim.account_number, claim.outcome_group) == ("Vietcombank", "0011004123457", "A")
    [draft] = drafts()
    assert (draft.source, draft.staff_id, draft.consent_at is not None) == (source, browser.staff_id, True)
    assert (draft.contact_id == of.contact_id) is (source is Source.PHONE)


def test_a_wrong_value_stays_in_its_field_with_what_is_wrong(sit: Sit, of: ward.Citizen) -> None:
    desk = Desk(sit("officer"), of)
    desk.agrees()
    desk.post(respondent="self", wants_account="yes", has_account="own", bank="Vietcombank")
    page = desk.post(account_number="001100412345", holder_name="Hoa")
    assert "Vietcombank thường không có 12 chữ số" in page and 'value="001100412345"' in page
    assert "Xin ghi đủ họ và tên" in page and "read_back" not in page
    assert "account_number" not in drafts()[0].answers


def test_a_time_is_read_as_the_bot_reads_it(sit: Sit, of: ward.Citizen) -> None:
    desk = Desk(sit("officer"), of)
    desk.agrees()
    page = desk.post(
        respondent="self", wants_account="yes", has_account="none", opening="home", visit_time="khi nao mua"
    )
    assert survey_words.TIME_UNCLEAR in page and 'value="khi nao mua"' in page
    page = desk.post(visit_time="sang t7")
    assert drafts()[0].answers["visit_time"] == "sáng thứ Bảy"
    assert "Sáng thứ Bảy" in page


@pytest.mark.parametrize(
    ("typed", "kept"), [("agri", "Agribank"), ("ngân hàng nông nghiệp", "Agribank"), ("ABC", None)]
)
def test_a_bank_is_found_by_any_of_its_names(sit: Sit, of: ward.Citizen, typed: str, kept: str | None) -> None:
    desk = Desk(sit("officer"), of)
    desk.agrees()
    desk.post(respondent="self", wants_account="yes", has_account="own")
    page = desk.post(bank=typed)
    assert drafts()[0].answers.get("bank") == kept
    assert ("Chưa rõ ngân hàng nào" in page) is (kept is None)


def test_details_are_left_for_later_by_a_tick(sit: Sit, of: ward.Citizen) -> None:
    desk = Desk(sit("officer"), of)
    desk.agrees()
    page = desk.post(respondent="self", wants_account="yes", has_account="own", bank_left="1")
    assert drafts()[0].answers["bank"] == "officer" and "Số tài khoản" not in page
    assert "Để cán bộ ghi" in page


def test_a_relatives_account_is_asked_for_with_its_papers(sit: Sit, of: ward.Citizen) -> None:
    desk = Desk(sit("officer"), of)
    desk.agrees()
    page = desk.post(respondent="relative", relation="child", wants_account="yes", has_account="relatives",
                     bank_left="1")  # fmt: skip
    assert "Người hưởng trợ cấp đã có tài khoản" in page and "Anh/chị là gì" in page
    desk.post(bank="Vietcombank", account_number="0011004123457", holder_name="tran van binh")
    page = desk.post(holder_relation="child", holder_relation_left="1")
    assert drafts()[0].answers["holder_relation"] == "child+papers"
    assert "chính người hưởng đồng ý" in desk.confirms(page)


def test_what_was_changed_beside_the_confirmation_is_read_back_once_more(sit: Sit, of: ward.Citizen) -> None:
    desk = Desk(sit("officer"), of)
    desk.agrees()
    page = desk.post(**CASH)
    page = desk.confirms(page, **{**CASH, "cash_reason": "distrust"})
    assert "Xin hỏi tiếp rồi đọc lại" in page and claims() == []
    assert "Đã ghi nhận" in desk.confirms(page, **{**CASH, "cash_reason": "distrust"})
    assert claims()[0].answers["cash_reason"] == "distrust"


def test_what_is_wrong_beside_the_confirmation_declares_nothing(sit: Sit, of: ward.Citizen) -> None:
    desk = Desk(sit("officer"), of)
    desk.agrees()
    desk.post(respondent="self", wants_account="yes", has_account="own")
    page = desk.post(bank="Vietcombank", account_number="0011004123457", holder_name="nguyen thi hoa")
    page = desk.confirms(page, account_number="00110041")
    assert "thường không có 8 chữ số" in page and claims() == []


def test_a_colleagues_change_meanwhile_is_read_back_once_more(sit: Sit, of: ward.Citizen) -> None:
    first, second = Desk(sit("officer"), of), Desk(sit("officer"), of)
    first.agrees()
    page = first.post(**CASH)
    second.post(cash_reason="no_atm")
    assert "Xin hỏi tiếp rồi đọc lại" in first.confirms(page)
    assert claims() == []


def test_declared_twice_is_declared_once(sit: Sit, of: ward.Citizen) -> None:
    desk = Desk(sit("officer"), of)
    desk.agrees()
    page = desk.post(**CASH)
    desk.confirms(page)
    assert "đã được ghi nhận hoặc đã đóng" in desk.confirms(page)
    assert len(claims()) == 1
    assert "Ghi nhận lần này là khai lại" in desk.page()


@pytest.mark.parametrize(("way", "asked"), [("dien-thoai", False), ("tai-nha", True)])
def test_an_account_number_is_asked_for_at_home_and_not_by_telephone(
    sit: Sit, of: ward.Citizen, campaign_id: int, way: str, asked: bool
) -> None:
    with transaction() as session:
        session.get_one(Campaign, campaign_id).account_details = AccountDetails.OFFICER
    desk = Desk(sit("officer"), of, way)
    desk.agrees()
    page = desk.post(respondent="self", wants_account="yes", has_account="own")
    assert ("Tài khoản ở ngân hàng hay ví nào" in page) is asked


def test_what_was_begun_by_message_stands_on_the_form(sit: Sit, of: ward.Citizen, campaign_id: int) -> None:
    with transaction() as session:
        session.add(
            Draft(
                campaign_id=campaign_id,
                thread_id=of.thread_id,
                contact_id=of.contact_id,
                person_id=of.person_id,
                commune_code=ward.HERE,
                invited=True,
                answers={"consent": "yes", "respondent": "self", "wants_account": "no"},
                started_at=now(),
                last_message_at=now(),
            )
        )
    desk = Desk(sit("officer"), of)
    assert "trả lời dở qua tin nhắn" in desk.page()
    page = desk.agrees()
    assert "Vì sao tiền mặt tiện hơn" in page and "checked" in page


def test_the_dead_are_not_surveyed(sit: Sit, of: ward.Citizen) -> None:
    with transaction() as session:
        session.get_one(Person, of.person_id).deceased_at = now() - timedelta(days=1)
    desk = Desk(sit("officer"), of)
    assert "không khảo sát" in desk.page() and "consent" not in desk.page()
    assert desk.browser.post(desk.path + "/dong-y", consent="yes").status_code == 400


def test_a_minor_reads_that_only_a_counter_opens(sit: Sit, of: ward.Citizen) -> None:
    with transaction() as session:
        session.get_one(Person, of.person_id).birth_year = 2015
    desk = Desk(sit("officer"), of, "tai-nha")
    assert "chỉ mở tài khoản tại quầy" in desk.page()
    desk.agrees()
    page = desk.post(respondent="self", wants_account="yes", has_account="none")
    assert "Tại quầy ngân hàng" in page and "muốn mở tài khoản ở đâu" not in page


def test_another_communes_officers_do_not_come_near_it(sit: Sit, of: ward.Citizen) -> None:
    elsewhere = sit("officer", commune=ward.ELSEWHERE)
    for path in ("", "/dong-y", "/xac-nhan"):
        assert elsewhere.post(f"/khao-sat/dien-thoai/{of.person_id}{path}", consent="yes").status_code == 404
    assert elsewhere.get(f"/khao-sat/tai-nha/{of.person_id}").status_code == 404
    assert drafts() == []


def test_there_is_no_third_way_and_no_form_without_a_campaign(sit: Sit) -> None:
    of = ward.citizen()
    officer = sit("officer")
    assert officer.get(f"/khao-sat/dien-thoai/{of.person_id}").status_code == 404
    ward.campaign()
    assert officer.get(f"/khao-sat/qua-buu-dien/{of.person_id}").status_code == 404


def call_of(of: ward.Citizen, staff_id: int) -> int:
    """A call back to another phone than the person's, taken by this officer and tied to the person."""
    with transaction() as session:
        contact = contact_for(session, ContactKind.PHONE, "0987654321", now())
        task = ask_to_call_back(
            session, contact, FollowUpSource.MISSED_CALL, now(), commune_code=ward.HERE, due_at=now()
        )
        task.person_id, task.taken_by = of.person_id, staff_id
        return task.id


def test_the_declaration_settles_the_call_from_which_the_form_was_opened(sit: Sit, of: ward.Citizen) -> None:
    browser = sit("officer")
    task = call_of(of, browser.staff_id)
    desk = Desk(browser, of, task=task)
    assert f"/khao-sat/dien-thoai/{of.person_id}?viec={task}" in browser.page(f"/goi-lai/{task}")
    desk.agrees()
    assert "Đã trả lời khảo sát" in desk.confirms(desk.post(**CASH))
    with transaction() as session:
        assert session.get_one(FollowUp, task).outcome is FollowUpOutcome.DECLARED
        [draft] = session.scalars(select(Draft))
        assert draft.contact_id == session.get_one(FollowUp, task).contact_id
    assert not claims()[0].from_invited_phone, "the phone is not known as the person's: looked at with more care"


def test_another_officers_call_is_not_settled(sit: Sit, of: ward.Citizen) -> None:
    task = call_of(of, sit("officer").staff_id)
    desk = Desk(sit("officer"), of, task=task)
    desk.agrees()
    desk.confirms(desk.post(**CASH))
    with transaction() as session:
        assert session.get_one(FollowUp, task).closed_at is None
        assert session.scalars(select(Draft)).one().contact_id == of.contact_id, "nor is its phone taken for hers"


def test_opening_the_form_is_noted(sit: Sit, of: ward.Citizen) -> None:
    Desk(sit("officer"), of).page()
    with transaction() as session:
        noted = select(AuditEntry).where(AuditEntry.subject == f"person:{of.person_id}", AuditEntry.action == "view")
        assert any(entry.after == {"shown": ["survey_form"]} for entry in session.scalars(noted))


def test_the_card_says_who_asked(sit: Sit, of: ward.Citizen) -> None:
    browser = sit("officer")
    desk = Desk(browser, of, "tai-nha")
    desk.agrees()
    desk.confirms(desk.post(**CASH))
    assert "Cán bộ hỏi tại nhà" in browser.page(f"/kiem-tra/{claims()[0].id}")


def test_every_question_has_its_words_choices_and_problems() -> None:
    assert set(survey_words.SPOKEN) == set(Question)
    assert set(survey_words.TITLES) == set(Question) - set(NOT_ASKED)
    offered = {question: set(values) for question, values in survey_words.ORDER.items()}
    assert offered == {one: set(values) for one, values in CHOICES.items() if one is not Question.CONFIRM}
    for problem in Problem:
        refusal = AnswerRefused(Question.ACCOUNT_NUMBER, problem, bank="Vietcombank", digits="12")
        assert "{" not in survey_words.problem_in_words(refusal)
