"""Changes asked for: another officer accepts or refuses, against what the roster says now; nothing is overwritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import select

from core import audit
from core.clock import now
from core.database import transaction
from roster.changes.asking import ask
from roster.changes.change_request import ChangeField, ChangeRequest, ChangeSource, ChangeState
from roster.changes.deciding import seen_value
from roster.changes.values import DEAD
from roster.deaths import pause_after_report
from roster.people import search
from roster.person import Person
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock

type Sit = Callable[..., Browser]


@pytest.fixture(autouse=True)
def emptied(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point CASCADE")


@pytest.fixture
def hoa(database: str) -> ward.Citizen:
    return ward.citizen("Nguyễn Thị Hoa")


def asked(of: ward.Citizen, field: ChangeField, new: str, by: int, source: ChangeSource = ChangeSource.VISIT) -> bool:
    """Whether a request was made."""
    with transaction() as session:
        person = session.get_one(Person, of.person_id)
        told = ask(session, person, field, new, source, audit.staff_actor(by), by, now())
        audit.record_all(session, [told] if told else [])
        return told is not None


def request() -> ChangeRequest:
    with transaction() as session:
        return session.scalars(select(ChangeRequest)).one()


def person(of: ward.Citizen) -> Person:
    with transaction() as session:
        return session.get_one(Person, of.person_id)


def accept(browser: Browser) -> str:
    """Press the one button to accept, with what the page shows."""
    page = browser.page("/de-nghi-sua/")
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    return browser.post(f"/de-nghi-sua/{request().id}/sua", seen=seen.group(1)).text


@pytest.mark.parametrize(
    ("field", "new", "says"),
    [
        (ChangeField.FULL_NAME, "Nguyễn Thị Hòa", {"full_name": "Nguyễn Thị Hòa", "folded_name": "nguyen thi hoa"}),
        (ChangeField.BIRTH, "1950", {"birth_year": 1950, "birth_date": None}),
        (ChangeField.GENDER, "Nam", {"gender": "male"}),
        (ChangeField.CITIZEN_ID, "001150123456", {"citizen_id": "001150123456"}),
        (ChangeField.ADDRESS, "Số 9, phố Lâm Hạ, Tổ 3", {"address": "Số 9, phố Lâm Hạ, Tổ 3"}),
    ],
)
def test_another_officer_accepts_and_the_roster_says_so(
    sit: Sit, hoa: ward.Citizen, field: ChangeField, new: str, says: dict[str, object]
) -> None:
    assert asked(hoa, field, new, by=sit("officer").staff_id)
    before = person(hoa)
    assert all(getattr(before, column) != value for column, value in says.items() if column != "folded_name" and value)
    assert "Đã nhận đề nghị" in accept(sit("approver"))
    after = person(hoa)
    assert {column: getattr(after, column) for column in says} == says
    assert request().state is ChangeState.ACCEPTED


def test_a_corrected_number_is_found_by_the_search(sit: Sit, hoa: ward.Citizen) -> None:
    asked(hoa, ChangeField.CITIZEN_ID, "001150123456", by=1)
    accept(sit("officer"))
    with transaction() as session:
        assert [one.id for one in search(session, "001150123456")] == [hoa.person_id]
        assert search(session, hoa.citizen_id) == []


def test_what_waits_is_told_on_the_first_page_to_whom_it_concerns(sit: Sit, hoa: ward.Citizen) -> None:
    assert "<strong>0</strong> đề nghị sửa" in (officer := sit("officer")).page("/")
    asked(hoa, ChangeField.ADDRESS, "Số 7, ngõ 5", by=901)
    assert "<strong>1</strong> đề nghị sửa" in officer.page("/")
    assert "đề nghị sửa" not in sit("manager", commune=None).page("/")


def test_who_asks_does_not_decide(sit: Sit, hoa: ward.Citizen) -> None:
    officer = sit("officer")
    asked(hoa, ChangeField.ADDRESS, "Số 9, phố Lâm Hạ", by=officer.staff_id)
    page = officer.page("/de-nghi-sua/")
    assert "một người khác phải quyết định" in page and 'name="seen"' not in page
    seen = seen_value(person(hoa), ChangeField.ADDRESS)
    answer = officer.post(f"/de-nghi-sua/{request().id}/sua", seen=seen)
    assert answer.status_code == 200 and 'class="notice error"' in answer.text
    assert request().state is ChangeState.OPEN and person(hoa).address == "Số 12, ngõ 5"


def test_the_database_itself_wants_two_people(database: str, hoa: ward.Citizen) -> None:
    asked(hoa, ChangeField.ADDRESS, "Số 9", by=7)
    with psycopg.connect(database) as owner, pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE change_request SET state = 'accepted', decided_by = 7, decided_at = now()")


def test_what_changed_meanwhile_is_shown_and_must_have_been_seen(sit: Sit, hoa: ward.Citizen) -> None:
    asked(hoa, ChangeField.ADDRESS, "Số 9, phố Lâm Hạ", by=1)
    officer = sit("officer")
    seen = re.search(r'name="seen" value="(\w+)"', officer.page("/de-nghi-sua/"))
    with transaction() as session:
        session.get_one(Person, hoa.person_id).address = "Số 77, phố Bồ Đề"
    assert seen is not None
    assert "Danh sách vừa thay đổi" in officer.post(f"/de-nghi-sua/{request().id}/sua", seen=seen.group(1)).text
    page = officer.page("/de-nghi-sua/")
    for said in ("Số 77, phố Bồ Đề", "Số 12, ngõ 5", "Đã đổi từ khi đề nghị", "Số 9, phố Lâm Hạ"):
        assert said in page
    accept(officer)
    assert person(hoa).address == "Số 9, phố Lâm Hạ"


def test_a_refusal_wants_a_reason_and_changes_nothing(sit: Sit, hoa: ward.Citizen) -> None:
    asked(hoa, ChangeField.FULL_NAME, "Nguyễn Thị Huệ", by=1)
    officer = sit("officer")
    path = f"/de-nghi-sua/{request().id}/khong-sua"
    assert "Xin ghi vì sao" in officer.post(path, reason=" ").text
    assert "Đã ghi: không sửa" in officer.post(path, reason="Giấy tờ gốc ghi Hoa").text
    assert (request().state, request().reason) == (ChangeState.REFUSED, "Giấy tờ gốc ghi Hoa")
    assert person(hoa).full_name == "Nguyễn Thị Hoa"
    assert "đã được quyết định" in officer.post(path, reason="lần nữa").text
    assert "Không sửa theo đề nghị" in officer.page(f"/lich-su/{hoa.person_id}")


@pytest.mark.parametrize("settled", ["accepted", "refused"])
def test_a_reported_death_is_settled_either_way(sit: Sit, hoa: ward.Citizen, settled: str) -> None:
    asked(hoa, ChangeField.DECEASED, DEAD, by=1)
    with transaction() as session:
        pause_after_report(session, session.get_one(Person, hoa.person_id), audit.staff_actor(1), now())
    officer = sit("officer")
    if settled == "accepted":
        accept(officer)
        assert person(hoa).deceased_at is not None
    else:
        officer.post(f"/de-nghi-sua/{request().id}/khong-sua", reason="Bà vẫn khỏe")
        assert (person(hoa).deceased_at, person(hoa).paused_at) == (None, None)


def test_the_same_is_asked_once_and_what_stands_so_is_not_asked(hoa: ward.Citizen) -> None:
    assert asked(hoa, ChangeField.FULL_NAME, "Nguyễn Thị Huệ", by=1)
    assert not asked(hoa, ChangeField.FULL_NAME, "NGUYỄN THỊ HUỆ ", by=2)
    assert not asked(hoa, ChangeField.ADDRESS, "số 12,  ngõ 5", by=1)


@pytest.mark.parametrize(
    ("field", "new"), [(ChangeField.CITIZEN_ID, "123"), (ChangeField.BIRTH, "hôm qua"), (ChangeField.GENDER, "chưa rõ")]
)
def test_what_the_intake_would_not_take_is_not_accepted(
    sit: Sit, hoa: ward.Citizen, field: ChangeField, new: str
) -> None:
    asked(hoa, field, new, by=1)
    assert 'class="notice error"' in accept(sit("officer")) and request().state is ChangeState.OPEN


def test_a_number_of_somebody_else_is_not_taken(sit: Sit, hoa: ward.Citizen) -> None:
    asked(hoa, ChangeField.CITIZEN_ID, ward.citizen("Lê Văn Sáu").citizen_id, by=1)
    assert "hồ sơ của một người khác" in accept(sit("officer")) and person(hoa).citizen_id == hoa.citizen_id


def test_requests_of_other_communes_are_not_there(sit: Sit, hoa: ward.Citizen) -> None:
    asked(hoa, ChangeField.ADDRESS, "Số 9, phố Lâm Hạ", by=1)
    elsewhere = sit("officer", commune=ward.ELSEWHERE)
    assert "Nguyễn Thị Hoa" not in elsewhere.page("/de-nghi-sua/")
    assert elsewhere.post(f"/de-nghi-sua/{request().id}/khong-sua", reason="x").status_code == 404
