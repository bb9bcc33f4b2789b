"""Finding people, and what follows from their age."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from core.database import Role, transaction
from roster.people import age, counter_only, find_by_reference, search
from roster.person import Person
from tests.roster.commune_office import (
    ELSEWHERE,
    HERE,
    NOW,
    add_person,
    add_phone,
    all_rows,
    empty_roster,
)

TODAY = date(2026, 11, 10)


@pytest.fixture(scope="module")
def people(database: str) -> dict[str, str]:
    """A few people of two communes; their codes by name."""
    empty_roster()
    hoa = add_person("Nguyễn Thị Hoa", citizen_id="001148000001")
    add_phone(hoa, "0912345678")
    add_person("Nguyễn Thị Hoàng Anh", citizen_id="001148000002")
    add_person("Đỗ Thúy Hoa", ELSEWHERE, citizen_id="123456789")
    return {str(name): str(code) for name, code in all_rows("SELECT full_name, reference FROM person")}


def found(query: str, communes: tuple[str, ...] = ("*",), limit: int = 50) -> list[str]:
    """The names of those an officer of these communes finds."""
    with transaction(Role.CONSOLE, communes=communes) as session:
        return [person.full_name for person in search(session, query, limit)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("nguyen thi ho", ["Nguyễn Thị Hoa", "Nguyễn Thị Hoàng Anh"]),
        ("NGUYỄN THỊ HOA", ["Nguyễn Thị Hoa", "Nguyễn Thị Hoàng Anh"]),
        ("đỗ", ["Đỗ Thúy Hoa"]),
        ("hoa", ["Đỗ Thúy Hoa", "Nguyễn Thị Hoa", "Nguyễn Thị Hoàng Anh"]),
        ("thi hoang", ["Nguyễn Thị Hoàng Anh"]),
        ("001148000001", ["Nguyễn Thị Hoa"]),
        ("001 148 000002", ["Nguyễn Thị Hoàng Anh"]),
        ("123456789", ["Đỗ Thúy Hoa"]),
        ("0912 345 678", ["Nguyễn Thị Hoa"]),
        ("+84912345678", ["Nguyễn Thị Hoa"]),
        ("0912345679", []),
        ("001148000009", []),
        ("%", []),
        ("", []),
    ],
)
def test_people_are_found_by_what_an_officer_types(people: dict[str, str], query: str, names: list[str]) -> None:
    assert found(query) == names


def test_a_code_is_found_however_it_is_written(people: dict[str, str]) -> None:
    code = people["Nguyễn Thị Hoa"]
    for typed in (code, code.lower(), f"{code[:4]} {code[4:]}", f"mã {code}"):
        assert found(typed) == ["Nguyễn Thị Hoa"]
    with transaction() as session:
        person = find_by_reference(session, code)
        assert person is not None and person.full_name == "Nguyễn Thị Hoa"
        assert find_by_reference(session, "H3KR7M2X") is None


def test_nobody_of_another_commune_is_found(people: dict[str, str]) -> None:
    assert found("hoa", (HERE,)) == ["Nguyễn Thị Hoa", "Nguyễn Thị Hoàng Anh"]
    assert found(people["Đỗ Thúy Hoa"], (HERE,)) == []
    assert found("0912345678", (ELSEWHERE,)) == []


def test_no_more_are_found_than_asked_for(people: dict[str, str]) -> None:
    assert found("hoa", limit=1) == ["Đỗ Thúy Hoa"]


def test_a_name_is_found_by_the_index_under_the_commune_rule(people: dict[str, str]) -> None:
    with transaction(Role.CONSOLE, communes=[HERE]) as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = session.execute(
            text("EXPLAIN SELECT * FROM person WHERE folded_name ~>=~ 'nguyen' AND folded_name ~<~ 'nguyen~'")
        ).scalars()
        [condition] = [line for line in plan if "Index Cond" in line]
    assert "folded_name" in condition and "~>=~ 'nguyen'" in condition


def born(day: date | None, year: int | None, *, guardian: bool = False) -> Person:
    """A person of whom only the age matters."""
    return Person(birth_date=day, birth_year=year, under_guardianship=guardian, created_at=NOW)


@pytest.mark.parametrize(
    ("person", "years", "at_counter"),
    [
        (born(date(1948, 5, 12), 1948), 78, False),
        (born(date(2008, 11, 10), 2008), 18, False),
        (born(date(2008, 11, 11), 2008), 17, True),
        (born(None, 2008), 18, False),
        (born(None, 2009), 17, True),
        (born(None, None), None, False),
        (born(None, None, guardian=True), None, True),
        (born(None, 1948, guardian=True), 78, True),
    ],
)
def test_minors_and_wards_open_accounts_at_a_counter(person: Person, years: int | None, at_counter: bool) -> None:
    assert age(person, TODAY) == years
    assert counter_only(person, TODAY) is at_counter
