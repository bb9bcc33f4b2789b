"""Audiences in the console: chosen by what is known of people, in numbers, kept by name, with the visit list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import psycopg
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from language.codes import group_code
from outreach.audience import Audience
from outreach.delivery_settings import delivery_settings
from outreach.saved_audience import SavedAudience, saved_audience
from roster.contact import PersonContact
from roster.person import Person
from tests.console import ward
from tests.console.conftest import Browser
from tests.environment import TestClock


@pytest.fixture(autouse=True)
def nobody(database: str, clock: TestClock) -> Iterator[None]:
    """An empty roster after each test."""
    yield
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("TRUNCATE campaign, person, contact_point, saved_audience CASCADE")


@pytest.fixture
def manager(sit: Callable[..., Browser]) -> Browser:
    return sit("manager", commune=None)


def without_phone(name: str, commune: str = ward.HERE) -> ward.Citizen:
    """Somebody of whom the roster has no phone."""
    made = ward.citizen(name, commune=commune)
    with transaction() as session:
        for link in session.scalars(select(PersonContact).where(PersonContact.person_id == made.person_id)):
            session.delete(link)
    return made


def count(manager: Browser, **form: object) -> str:
    """The fragment, its lines joined."""
    return " ".join(manager.post("/nhom-nguoi-nhan/dem", **form).text.split())


def test_the_numbers_say_who_is_reached_who_is_not_why_and_what_to_do(manager: Browser) -> None:
    hoa, lan = ward.citizen("Nguyễn Thị Hoa"), ward.citizen("Lê Thị Lan")
    ward.shares_the_phone(hoa, without_phone("Lê Văn Chung"))
    without_phone("Trần Thị Cúc")
    ward.citizen("Đã Mất", deceased_at=now())
    page = count(manager)
    assert "<strong>5</strong> người trong nhóm" in page
    assert "<strong>3</strong> người nhắn được, bằng 2 tin" in page
    assert "<strong>1</strong> máy dùng chung cho 2 người" in page
    assert "Không có số điện thoại: 1 người" in page and "Trần Thị Cúc" in page and "Đến nhà hỏi" in page
    assert "Người này đã mất: 1 người" in page and "Kiểm tra lại hồ sơ chi trả" in page
    assert "<strong>1</strong> người cần đến nhà" in page, "nobody goes to the dead"
    assert lan.phone not in page and hoa.citizen_id not in page


def test_a_phone_noted_for_too_many_is_named_with_its_people(manager: Browser) -> None:
    first = ward.citizen("Người Số 0")
    for number in range(1, delivery_settings().most_people_a_phone + 1):
        ward.shares_the_phone(first, without_phone(f"Người Số {number}"))
    page = count(manager)
    assert "Số điện thoại ghi chung cho quá nhiều người: 7 người" in page and "Người Số 3" in page


@pytest.mark.parametrize(
    ("form", "people"),
    [
        ({"communes": ward.ELSEWHERE}, 1),
        ({"age_from": "80"}, 1),
        ({"age_to": "79"}, 2),
        ({"age_from": "70", "age_to": "79"}, 2),
        ({"categories": "poor_household"}, 0),
        ({"survey": "declared"}, 1),
        ({"survey": ["declared", "not_begun"]}, 3),
        ({"groups": "A"}, 1),
        ({"reach": "nothing"}, 0),
        ({"reach": "mobile"}, 3),
        ({"last_contact": "never"}, 3),
        ({"last_contact": "quiet", "quiet_days": "7"}, 3),
        ({}, 3),
    ],
)
def test_each_condition_narrows_the_numbers(manager: Browser, form: dict[str, str], people: int) -> None:
    ward.citizen("Cụ Bà Một", birth_year=1940)
    ward.citizen("Ở Nơi Khác", commune=ward.ELSEWHERE)
    ward.claim(ward.citizen("Đã Khai"), ward.campaign())
    assert f"<strong>{people}</strong> người trong nhóm" in count(manager, **form)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"age_from": "tám mươi"}, "Xin ghi tuổi bằng số"),
        ({"age_from": "80", "age_to": "60"}, "Tuổi từ phải nhỏ hơn"),
        ({"last_contact": "quiet", "quiet_days": ""}, "Xin ghi số ngày"),
        ({"sample": "0"}, "từ 1 đến 100"),
        ({"name": " "}, "Xin đặt tên"),
    ],
)
def test_what_cannot_be_read_is_explained_and_what_was_typed_stays(
    manager: Browser, form: dict[str, str], said: str
) -> None:
    answer = manager.post("/nhom-nguoi-nhan/", **{"name": "Nhóm", "categories": "meritorious", **form})
    assert answer.status_code == 422 and said in answer.text
    assert 'value="meritorious" checked' in answer.text


def test_a_choice_is_kept_shown_again_changed_and_given_up(manager: Browser) -> None:
    ward.citizen()
    chosen = {
        "name": "Cụ từ 80 tuổi", "age_from": "80", "communes": ward.HERE, "survey": "not_begun", "sample": "10",
        "last_contact": "quiet", "quiet_days": "7",
    }  # fmt: skip
    answer = manager.post("/nhom-nguoi-nhan/", **chosen)
    assert "Đã lưu nhóm" in answer.text and 'value="80"' in answer.text and 'value="10"' in answer.text
    kept = "Ở Phường Bồ Đề; Từ 80 tuổi trở lên; Khảo sát: chưa trả lời; Không nhận tin nào trong 7 ngày qua; Chỉ 10%"
    assert kept in manager.page("/nhom-nguoi-nhan/")
    manager.post("/nhom-nguoi-nhan/", name="Cụ từ 80 tuổi", age_from="85")
    with transaction() as session:
        assert saved_audience(session, "Cụ từ 80 tuổi") == Audience(age_from=85)
        kept_id = session.scalars(select(SavedAudience.id)).one()
    assert "Đã bỏ nhóm" in manager.post(f"/nhom-nguoi-nhan/{kept_id}/bo").text
    with transaction() as session:
        assert saved_audience(session, "Cụ từ 80 tuổi") is None
        actions = session.scalars(select(AuditEntry.action).where(AuditEntry.subject == "audience:Cụ từ 80 tuổi"))
        assert list(actions) == ["audience.saved", "audience.saved", "audience.forgotten"]


def rows(file: bytes) -> list[list[str]]:
    sheet = load_workbook(BytesIO(file)).active
    assert sheet is not None
    return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_visit_list_names_who_to_see_and_neither_category_nor_account(manager: Browser) -> None:
    cuc = without_phone("Trần Thị Cúc")
    without_phone("Lê Văn Ở Nơi Khác", commune=ward.ELSEWHERE)
    ward.citizen("Nhắn Được")
    with transaction() as session:
        session.get_one(Person, without_phone("Đã Rút Lại").person_id).withdrew_at = now()
    manager.post("/nhom-nguoi-nhan/", name="Mọi người")
    with transaction() as session:
        kept_id = session.scalars(select(SavedAudience.id)).one()
    listed = rows(manager.get(f"/nhom-nguoi-nhan/{kept_id}/can-den-nha").data)
    people = [row for row in listed if any("Không có số điện thoại" in cell for cell in row)]
    assert [row[2] for row in people] == ["Trần Thị Cúc", "Lê Văn Ở Nơi Khác"], "commune by commune"
    assert people[0][1] == group_code(cuc.reference) and "Số 12, ngõ 5" in people[0]
    text = " ".join(cell for row in listed for cell in row)
    assert "Nhắn Được" not in text and "Đã Rút Lại" not in text
    assert "social_protection" not in text and "xã hội" not in text.replace("CỘNG HÒA XÃ HỘI", "")
    assert cuc.citizen_id not in text
    with transaction() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "export_visit_list")).one()
        assert (entry.actor, entry.after) == (f"staff:{manager.staff_id}", {"people": 2})
