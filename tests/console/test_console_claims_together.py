"""Several claims decided at once: those without a finding alone, each looked at again, by two people."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from console.claim_bulk import MOST_AT_ONCE
from core.audit import AuditEntry
from core.database import transaction
from roster.claim import Claim, ClaimState
from roster.person import Person
from tests.console import ward
from tests.console.conftest import Browser

FAR = "00004"
TO_VERIFY, TO_APPROVE = "/kiem-tra/nhieu-ban", "/duyet/nhieu-ban"


@pytest.fixture(scope="module")
def campaign_id(database: str) -> int:
    return ward.campaign()


def clean(campaign_id: int, commune: str = ward.HERE) -> tuple[ward.Citizen, UUID]:
    """A person whose claim gives nothing to look at: an account of her own that nobody else has named."""
    of = ward.citizen("Nguyễn Thị Hoa", commune)
    return of, ward.claim(of, campaign_id, commune, account_number=f"001100{of.citizen_id[-7:]}")


def states(*claims: UUID) -> list[ClaimState]:
    with transaction() as session:
        return [session.get_one(Claim, one).state for one in claims]


def test_only_claims_without_a_finding_are_offered_and_none_is_ticked(
    sit: Callable[..., Browser], campaign_id: int
) -> None:
    of, offered = clean(campaign_id)
    other_name = ward.claim(ward.citizen("Lê Văn Tám"), campaign_id, account_number="0011009990001")
    shared = [ward.claim(ward.citizen(), campaign_id, account_number="0011009990002") for _ in range(2)]
    by_relative = ward.claim(ward.citizen(), campaign_id, account_number="0011009990003", respondent="relative")
    officer = sit("officer")
    assert TO_VERIFY in officer.page("/kiem-tra/")
    page = officer.page(TO_VERIFY)
    assert f'value="{offered}"' in page and "checked" not in page
    for withheld in (other_name, *shared, by_relative):
        assert str(withheld) not in page
    assert f"001100{of.citizen_id[-7:]}" not in page and "••••" in page, "numbers are masked"


def test_the_ticked_are_verified_then_approved_by_another_and_each_is_written_down(
    sit: Callable[..., Browser], campaign_id: int
) -> None:
    ticked = [clean(campaign_id)[1] for _ in range(3)]
    left = clean(campaign_id)[1]
    officer, approver = sit("officer", "approver"), sit("approver")
    assert "Đã xác minh 3 bản khai" in officer.post(TO_VERIFY, claim=[str(one) for one in ticked]).text
    assert states(*ticked, left) == [ClaimState.VERIFIED] * 3 + [ClaimState.DECLARED]
    assert not any(str(one) in officer.page(TO_APPROVE) for one in ticked), "nobody approves his or her own"
    said = officer.post(TO_APPROVE, claim=str(ticked[0])).text
    assert "Bỏ lại 1 bản khai" in said and "không tự duyệt được" in said
    assert "Đã duyệt 3 bản khai" in approver.post(TO_APPROVE, claim=[str(one) for one in ticked]).text
    assert states(*ticked) == [ClaimState.APPROVED] * 3
    with transaction() as session:
        for one in ticked:
            found = select(AuditEntry.actor).where(
                AuditEntry.subject == f"claim:{one}", AuditEntry.action.in_(["verified", "approved"])
            )
            assert list(session.scalars(found.order_by(AuditEntry.id))) == [
                f"staff:{officer.staff_id}",
                f"staff:{approver.staff_id}",
            ]


def test_what_got_a_finding_meanwhile_is_left_out_and_named(sit: Callable[..., Browser], campaign_id: int) -> None:
    _, good = clean(campaign_id)
    of, late = clean(campaign_id)
    officer = sit("officer")
    assert str(late) in officer.page(TO_VERIFY)
    with transaction() as session:
        session.get_one(Person, of.person_id).full_name = "Hoàng Văn Khác"
    said = officer.post(TO_VERIFY, claim=[str(late), str(good)]).text
    assert "Đã xác minh 1 bản khai" in said and "Hoàng Văn Khác</a>: Có điểm cần xem" in said
    assert states(good, late) == [ClaimState.VERIFIED, ClaimState.DECLARED]


def test_an_account_named_in_another_commune_counts_too(sit: Callable[..., Browser], campaign_id: int) -> None:
    columns = {"account_number": "0011009990009"}
    ward.claim(ward.citizen(commune=ward.ELSEWHERE), campaign_id, ward.ELSEWHERE, **columns)
    claim_id = ward.claim(ward.citizen(), campaign_id, **columns)
    officer = sit("officer")
    assert str(claim_id) not in officer.page(TO_VERIFY)
    assert "ở xã, phường khác" in officer.post(TO_VERIFY, claim=str(claim_id)).text
    assert states(claim_id) == [ClaimState.DECLARED]


def test_a_claim_of_another_commune_is_as_if_it_were_not(sit: Callable[..., Browser], campaign_id: int) -> None:
    _, beyond = clean(campaign_id, commune=ward.ELSEWHERE)
    said = sit("officer").post(TO_VERIFY, claim=str(beyond)).text
    assert "Một bản khai: Không tìm thấy" in said and "Hoa</a>: Không" not in said
    assert states(beyond) == [ClaimState.DECLARED]


def test_no_more_than_the_stated_number_at_a_time(sit: Callable[..., Browser], campaign_id: int) -> None:
    claims = [clean(campaign_id, commune=FAR)[1] for _ in range(MOST_AT_ONCE + 2)]
    officer = sit("officer", commune=FAR)
    page = officer.page(TO_VERIFY)
    assert page.count('name="claim"') == MOST_AT_ONCE and f"nhiều nhất {MOST_AT_ONCE} bản" in page
    officer.post(TO_VERIFY, claim=[str(one) for one in claims])
    assert states(*claims).count(ClaimState.VERIFIED) == MOST_AT_ONCE


def test_nothing_ticked_changes_nothing(sit: Callable[..., Browser], campaign_id: int) -> None:
    assert "Chưa chọn bản khai nào" in sit("officer").post(TO_VERIFY).text
