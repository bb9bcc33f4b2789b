"""Two officers and a claim: what each may do, and what the database refuses on its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from core.database import Role, transaction
from roster.checks import FindingKind
from roster.claim import Claim, ClaimState
from roster.claim_checks import check, findings_on, shared_elsewhere, vietnam_date
from roster.claim_errors import (
    AlreadyTied,
    AnotherClaimStands,
    ClaimBlocked,
    ClaimNotFound,
    NoRelative,
    PersonNotFound,
    ReasonMissing,
    SameOfficer,
)
from roster.claim_states import TransitionRefused
from roster.person import Gender
from roster.verification import (
    approve,
    record_agreement,
    reject,
    return_for_correction,
    tie_to_person,
    verify,
)
from tests.roster.commune_office import (
    APPROVER,
    ELSEWHERE,
    HERE,
    NOW,
    OFFICER,
    add_campaign,
    add_cash_claim,
    add_claim,
    add_person,
    all_rows,
    claim_state,
    empty_roster,
)

S = ClaimState
TODAY = vietnam_date(NOW)

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def clean(database: str) -> None:
    """An empty roster."""
    empty_roster()


@pytest.fixture
def campaign() -> int:
    """A running campaign."""
    return add_campaign()


def as_officer[T](step: Callable[..., T], *arguments: Any, communes: tuple[str, ...] = (HERE,)) -> T:
    """Do one step in a transaction of the console that sees these communes."""
    with transaction(Role.CONSOLE, communes=communes, staff_id=OFFICER) as session:
        return step(session, *arguments)


def history(claim_id: UUID) -> list[tuple[Any, ...]]:
    """Who brought the claim from where to where, as the audit log has it."""
    return list(
        all_rows(
            "SELECT actor, before->>'state', after->>'state', commune_code FROM audit_entry "
            f"WHERE subject = 'claim:{claim_id}' ORDER BY id"
        )
    )


def test_one_verifies_another_approves_and_the_log_tells_it(campaign: int) -> None:
    claim = add_claim(campaign, add_person())
    as_officer(verify, claim, OFFICER, NOW)
    done = as_officer(approve, claim, APPROVER, NOW)
    assert (done.state, done.verified_by, done.approved_by) == (S.APPROVED, OFFICER, APPROVER)
    assert history(claim) == [
        ("system:loa", "declared", "checked", HERE),
        (f"staff:{OFFICER}", "checked", "verified", HERE),
        (f"staff:{APPROVER}", "verified", "approved", HERE),
    ]


def test_the_verifier_cannot_approve(campaign: int) -> None:
    claim = add_claim(campaign, add_person())
    as_officer(verify, claim, OFFICER, NOW)
    with pytest.raises(SameOfficer, match="cần một cán bộ khác duyệt"):
        as_officer(approve, claim, OFFICER, NOW)
    assert claim_state(claim) is S.VERIFIED


def test_the_database_holds_to_four_eyes_by_itself(campaign: int) -> None:
    claim = add_claim(campaign, add_person())
    for values, constraint in (
        ({"verified_by": 11, "approved_by": 11}, "four_eyes"),
        ({"verified_by": None, "approved_by": 12}, "verified_first"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction() as session:
            session.execute(update(Claim).where(Claim.id == claim).values(**values))


def test_nothing_is_approved_unverified_or_verified_twice(campaign: int) -> None:
    claim = add_claim(campaign, add_person())
    with pytest.raises(TransitionRefused):
        as_officer(approve, claim, APPROVER, NOW)
    as_officer(verify, claim, OFFICER, NOW)
    with pytest.raises(TransitionRefused, match="đã xác minh"):
        as_officer(verify, claim, APPROVER, NOW)
    assert claim_state(claim) is S.VERIFIED


def test_what_a_relative_declared_waits_for_the_beneficiary(campaign: int) -> None:
    claim = add_claim(campaign, add_person(), respondent="relative", relation="child")
    with pytest.raises(ClaimBlocked, match="chính người hưởng") as blocked:
        as_officer(verify, claim, OFFICER, NOW)
    assert [finding.kind for finding in blocked.value.findings] == [FindingKind.BENEFICIARY_SILENT]
    as_officer(check, claim, NOW)
    assert claim_state(claim) is S.DECLARED
    as_officer(record_agreement, claim, OFFICER, NOW, "gọi lại")
    assert as_officer(verify, claim, OFFICER, NOW).state is S.VERIFIED
    [(action, reason)] = all_rows("SELECT action, reason FROM audit_entry WHERE action = 'record_agreement'")
    assert (action, reason) == ("record_agreement", "gọi lại")


def test_a_yes_is_recorded_once_and_only_where_a_relative_declared(campaign: int) -> None:
    of_relative = add_claim(campaign, add_person(), respondent="relative")
    first = as_officer(record_agreement, of_relative, OFFICER, NOW, "đến nhà")
    again = as_officer(record_agreement, of_relative, APPROVER, NOW + timedelta(days=1), "gọi lại")
    assert again.beneficiary_agreed_at == first.beneficiary_agreed_at == NOW
    with pytest.raises(NoRelative):
        as_officer(record_agreement, add_claim(campaign, add_person()), OFFICER, NOW, "gọi lại")


def test_a_claim_of_nobody_waits_until_an_officer_says_whose_it_is(campaign: int) -> None:
    claim = add_claim(campaign, None, None, reference_given="H3KR7M2P", outcome_group="B-home")
    child = add_person(birth_year=2015)
    with pytest.raises(ClaimNotFound):
        as_officer(verify, claim, OFFICER, NOW)  # it has no commune: nobody of a commune sees it
    with pytest.raises(ClaimBlocked, match="không có trong danh sách"):
        as_officer(verify, claim, OFFICER, NOW, communes=("*",))
    tied = as_officer(tie_to_person, claim, child, OFFICER, NOW, communes=("*",))
    assert (tied.commune_code, tied.outcome_group) == (HERE, "B-counter")
    assert as_officer(verify, claim, OFFICER, NOW).state is S.VERIFIED
    with pytest.raises(AlreadyTied):
        as_officer(tie_to_person, claim, child, OFFICER, NOW)


def test_an_officer_ties_claims_to_people_of_his_communes_only(campaign: int) -> None:
    stranger = add_person(commune=ELSEWHERE)
    claim = add_claim(campaign, None, HERE)
    with pytest.raises(PersonNotFound):
        as_officer(tie_to_person, claim, stranger, OFFICER, NOW)
    assert all_rows("SELECT person_id FROM claim") == [(None,)]


def test_a_claim_of_another_commune_does_not_exist_for_him(campaign: int) -> None:
    claim = add_claim(campaign, add_person(commune=ELSEWHERE), ELSEWHERE)
    for step in (verify, approve):
        with pytest.raises(ClaimNotFound):
            as_officer(step, claim, OFFICER, NOW)
    with pytest.raises(ClaimNotFound):
        as_officer(reject, claim, OFFICER, "Không đúng", NOW)


@pytest.mark.parametrize(
    ("column", "kind"), [("deceased_at", FindingKind.DECEASED), ("paused_at", FindingKind.DEATH_REPORTED)]
)
def test_a_death_stops_the_claim_also_after_verification(campaign: int, column: str, kind: FindingKind) -> None:
    person = add_person()
    claim = add_claim(campaign, person)
    as_officer(verify, claim, OFFICER, NOW)
    with transaction() as session:
        session.execute(text(f"UPDATE person SET {column} = now()"))
    with pytest.raises(ClaimBlocked) as blocked:
        as_officer(approve, claim, APPROVER, NOW)
    assert [finding.kind for finding in blocked.value.findings] == [kind]


def test_a_returned_claim_starts_afresh(campaign: int) -> None:
    claim = add_claim(campaign, add_person())
    as_officer(verify, claim, OFFICER, NOW)
    returned = as_officer(
        return_for_correction, claim, APPROVER, "Số 0011004123457 thiếu một chữ số, bác xem lại giúp", NOW
    )
    assert (returned.state, returned.verified_by) == (S.NEEDS_CORRECTION, None)
    assert returned.reason == "Số 0011004123457 thiếu một chữ số, bác xem lại giúp"
    [(reason,)] = all_rows("SELECT reason FROM audit_entry WHERE action = 'needs_correction'")
    assert reason == "Số ••• thiếu một chữ số, bác xem lại giúp"


@pytest.mark.parametrize("step", [return_for_correction, reject])
@pytest.mark.parametrize("reason", ["", "   "])
def test_nobody_is_sent_away_without_a_reason(campaign: int, step: Callable[..., Claim], reason: str) -> None:
    claim = add_claim(campaign, add_person())
    with pytest.raises(ReasonMissing):
        as_officer(step, claim, OFFICER, reason, NOW)
    assert claim_state(claim) is S.DECLARED


def test_a_rejected_claim_is_over(campaign: int) -> None:
    claim = add_claim(campaign, add_person())
    as_officer(reject, claim, OFFICER, "Người này không có trong diện hưởng", NOW)
    with pytest.raises(TransitionRefused):
        as_officer(verify, claim, OFFICER, NOW)


def test_one_person_has_one_approved_claim(campaign: int) -> None:
    person = add_person()
    first, second = add_claim(campaign, person), add_cash_claim(campaign, person)
    for claim in (first, second):
        as_officer(verify, claim, OFFICER, NOW)
    as_officer(approve, first, APPROVER, NOW)
    with pytest.raises(AnotherClaimStands):
        as_officer(approve, second, APPROVER, NOW)


def test_two_approvals_at_once_cannot_both_pass(campaign: int) -> None:
    person = add_person()
    claims = [add_claim(campaign, person), add_cash_claim(campaign, person)]
    for claim in claims:
        as_officer(verify, claim, OFFICER, NOW)
    start = threading.Barrier(2)
    refused: list[Exception] = []

    def approve_one(claim: UUID) -> None:
        start.wait(timeout=30)
        try:
            as_officer(approve, claim, APPROVER, NOW)
        except AnotherClaimStands as error:
            refused.append(error)

    threads = [threading.Thread(target=approve_one, args=(claim,)) for claim in claims]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(refused) == 1
    assert sorted(claim_state(claim) for claim in claims) == [S.APPROVED, S.VERIFIED]


def test_the_same_account_is_told_by_name_here_and_by_number_elsewhere(campaign: int) -> None:
    mine = add_claim(campaign, add_person())
    add_claim(campaign, add_person("Trần Văn Bình", address="Số 12 Ngõ 5", gender=Gender.MALE))
    add_claim(campaign, add_person("Lê Thị Mai", address="Số 9"), state=S.REJECTED)
    add_claim(campaign, add_person("Đỗ Kim Oanh", commune=ELSEWHERE), ELSEWHERE)
    with transaction() as everywhere:
        elsewhere = shared_elsewhere(everywhere, everywhere.get_one(Claim, mine))
    with transaction(Role.CONSOLE, communes=[HERE]) as session:
        found = findings_on(session, session.get_one(Claim, mine), TODAY, elsewhere)
    assert [finding.sentence for finding in found if finding.kind is FindingKind.SHARED_ACCOUNT] == [
        "Số tài khoản này cũng được khai cho Trần Văn Bình (cùng địa chỉ, có thể là vợ chồng).",
        "Số tài khoản này cũng được khai cho 1 người ở xã, phường khác.",
    ]


def test_what_the_roster_and_the_claim_say_is_gathered(campaign: int) -> None:
    minor = add_person(birth_year=2012)
    claim = add_claim(
        campaign, minor, outcome_group="B-home", answers={"has_account": "none"}, from_invited_phone=False
    )
    add_cash_claim(campaign, minor)
    with transaction() as session:
        kinds = {finding.kind for finding in findings_on(session, session.get_one(Claim, claim), TODAY)}
    assert kinds == {FindingKind.COUNTER_ONLY, FindingKind.OTHER_PHONE, FindingKind.OTHER_CLAIM}
