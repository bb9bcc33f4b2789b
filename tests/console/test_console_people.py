"""Finding people and looking into one file."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.database import transaction
from tests.console import ward
from tests.console.conftest import Browser


@pytest.fixture(scope="module")
def man(database: str) -> ward.Citizen:
    return ward.citizen("Đỗ Thị Mận")


def views(person_id: UUID) -> list[list[str]]:
    with transaction() as session:
        entries = select(AuditEntry).where(AuditEntry.subject == f"person:{person_id}", AuditEntry.action == "view")
        return [entry.after["shown"] for entry in session.scalars(entries.order_by(AuditEntry.id))]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("do thi man", True),
        ("ĐỖ THỊ", True),
        ("man", True),
        ("{code}", True),
        ("{code_apart}", True),
        ("{citizen_id}", True),
        ("{phone}", True),
        ("{last_id}", True),
        ("{last_phone}", True),
        ("nguyen", False),
        ("999999", False),
        ("", False),
    ],
)
def test_what_finds_a_person(sit: Callable[..., Browser], man: ward.Citizen, query: str, found: bool) -> None:
    typed = query.format(
        code=man.reference,
        code_apart=f"{man.reference[:4]} {man.reference[4:]}".lower(),
        citizen_id=man.citizen_id,
        phone=f"{man.phone[:4]} {man.phone[4:7]} {man.phone[7:]}",
        last_id=man.citizen_id[-4:],
        last_phone=man.phone[-5:],
    )
    page = sit("officer").post("/nguoi-huong/", query=typed).text
    assert (str(man.person_id) in page) is found
    assert man.citizen_id not in page.replace(f'value="{typed}"', ""), "lists show numbers masked"


def test_a_search_by_htmx_brings_the_rows_alone(sit: Callable[..., Browser], man: ward.Citizen) -> None:
    browser = sit("officer")
    answer = browser.client.post(
        "/nguoi-huong/", data={"query": "man", "csrf_token": browser.token()}, headers={"HX-Request": "true"}
    )
    assert str(man.person_id) in answer.text and "<html" not in answer.text


def test_a_file_is_masked_until_somebody_asks_and_that_is_written_down(
    sit: Callable[..., Browser], man: ward.Citizen
) -> None:
    ward.claim(man, ward.campaign())
    browser = sit("officer")
    path = f"/nguoi-huong/{man.person_id}"
    masked = browser.page(path)
    whole_id = " ".join(man.citizen_id[at : at + 3] for at in range(0, 12, 3))
    for number in (whole_id, man.citizen_id, man.phone, "0011 0041 2345 7", "0011004123457"):
        assert number not in masked
    whole = browser.post(path).text
    assert whole_id in whole and "0011 0041 2345 7" in whole and "0912 00" in whole
    assert views(man.person_id) == [["profile"], ["profile", "citizen_id", "phones", "accounts"]]


def test_the_transcript_is_fetched_apart_and_written_down(sit: Callable[..., Browser]) -> None:
    of = ward.citizen()
    ward.says(of, "toi muon nhan tien mat")
    browser = sit("officer")
    assert "toi muon nhan tien mat" not in browser.page(f"/nguoi-huong/{of.person_id}")
    assert "toi muon nhan tien mat" in browser.page(f"/nguoi-huong/{of.person_id}/tro-chuyen")
    assert views(of.person_id)[-1] == ["transcript"]


def test_what_is_typed_is_shown_as_text(sit: Callable[..., Browser]) -> None:
    of = ward.citizen("Tên <b>Đậm</b>")
    page = sit("officer").page(f"/nguoi-huong/{of.person_id}")
    assert "<b>Đậm</b>" not in page and "&lt;b&gt;Đậm" in page
