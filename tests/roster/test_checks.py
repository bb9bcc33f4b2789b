"""What an officer is told about a claim."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from roster.checks import (
    ClaimFacts,
    FindingKind,
    FindingSeverity,
    RosterFacts,
    SameAccount,
    blocking,
    findings,
    needs_eyes,
)

HOA = RosterFacts("Nguyễn Thị Hoa")
GOOD = ClaimFacts(HOA, "A", "own", "Vietcombank", "0011004123457", "NGUYEN THI HOA")
CASH = ClaimFacts(HOA, "D")
K, OK, LOOK, BLOCKS = FindingKind, FindingSeverity.OK, FindingSeverity.LOOK, FindingSeverity.BLOCKS


def kinds(facts: ClaimFacts, severity: FindingSeverity) -> set[FindingKind]:
    """The kinds of the findings of one severity."""
    return {finding.kind for finding in findings(facts) if finding.severity is severity}


@pytest.mark.parametrize("facts", [GOOD, CASH])
def test_a_claim_in_order_leaves_nothing_to_decide(facts: ClaimFacts) -> None:
    assert not needs_eyes(findings(facts))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"holder_name": "NGUYEN THI HOAN"}, {K.HOLDER_NAME}),
        ({"holder_name": "TRAN VAN BA"}, {K.HOLDER_NAME}),
        ({"account_number": "001100412345"}, {K.ACCOUNT_LENGTH}),
        ({"bank": "Ngân hàng Lạ"}, {K.BANK_UNKNOWN}),
        ({"account_number": None}, {K.DETAILS_MISSING}),
        ({"bank": None, "account_number": None, "holder_name": None}, {K.DETAILS_MISSING}),
        ({"from_invited_phone": False}, {K.OTHER_PHONE}),
        ({"same_account": [SameAccount("Lê Văn Tư", False)]}, {K.SHARED_ACCOUNT}),
        ({"elsewhere": 2}, {K.SHARED_ACCOUNT}),
        ({"other_claims": 1}, {K.OTHER_CLAIM}),
        ({"account_owner": "relatives", "holder_name": "TRAN VAN BA"}, {K.HOLDER_IS_RELATIVE}),
        ({"account_owner": "relatives"}, {K.HOLDER_IS_RELATIVE}),
        ({"from_invited_phone": False, "holder_name": "TRAN VAN BA"}, {K.OTHER_PHONE, K.HOLDER_NAME}),
    ],
)
def test_what_an_officer_must_look_at(change: dict[str, Any], expected: set[FindingKind]) -> None:
    facts = replace(GOOD, **change)
    assert kinds(facts, LOOK) == expected
    assert not blocking(findings(facts))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"person": None, "code_given": True}, {K.UNKNOWN_CODE}),
        ({"person": None}, {K.NO_PERSON}),
        ({"person": replace(HOA, deceased=True)}, {K.DECEASED}),
        ({"person": replace(HOA, death_reported=True)}, {K.DEATH_REPORTED}),
        ({"by_relative": True}, {K.BENEFICIARY_SILENT}),
    ],
)
def test_what_forbids_verification(change: dict[str, Any], expected: set[FindingKind]) -> None:
    assert kinds(replace(GOOD, **change), BLOCKS) == expected


def test_a_relative_counts_once_the_beneficiary_has_agreed() -> None:
    facts = replace(GOOD, by_relative=True, beneficiary_agreed=True)
    assert kinds(facts, OK) == {K.BENEFICIARY_SILENT, K.HOLDER_NAME}
    assert not needs_eyes(findings(facts))


@pytest.mark.parametrize(("group", "told"), [("B-home", True), ("B-self", True), ("B-counter", False), ("D", False)])
def test_a_minor_opens_at_a_counter_only(group: str, told: bool) -> None:
    facts = ClaimFacts(replace(HOA, counter_only=True), group)
    assert (K.COUNTER_ONLY in kinds(facts, LOOK)) is told


def test_sentences_say_why_and_what_blocks_comes_first() -> None:
    facts = replace(GOOD, by_relative=True, holder_name="NGUYEN HOA", same_account=[SameAccount("Lê Văn Tư", True)])
    sentences = [finding.sentence for finding in findings(facts)]
    assert sentences[0].startswith("Người thân khai thay")
    assert "Tên chủ tài khoản gần khớp với tên trong danh sách: giống họ và tên, thiếu tên đệm." in sentences
    assert "Số tài khoản này cũng được khai cho Lê Văn Tư (cùng địa chỉ)." in sentences


def test_a_length_is_told_with_what_the_bank_usually_has() -> None:
    [finding] = [f for f in findings(replace(GOOD, account_number="12345678")) if f.kind is K.ACCOUNT_LENGTH]
    assert finding.sentence == "Số tài khoản có 8 chữ số; số của Vietcombank thường có 10 hoặc 13 chữ số."


@pytest.mark.parametrize(
    ("other", "holder_name", "how"),
    [
        (SameAccount("Lê Văn Tư", same_address=True, couple=True), None, "cùng địa chỉ, có thể là vợ chồng"),
        (SameAccount("Lê Văn Tư", same_address=False, couple=True), None, "chưa rõ quan hệ"),
        (SameAccount("Lê Văn Tư", same_address=True), None, "cùng địa chỉ"),
        (
            SameAccount("Lê Văn Tư", same_address=False),
            "LE VAN TU",
            "chưa rõ quan hệ; tên chủ tài khoản là tên người này",
        ),
    ],
)
def test_one_account_of_two_people_is_explained(other: SameAccount, holder_name: str | None, how: str) -> None:
    facts = replace(GOOD, holder_name=holder_name, same_account=[other])
    sentences = [finding.sentence for finding in findings(facts)]
    assert f"Số tài khoản này cũng được khai cho Lê Văn Tư ({how})." in sentences
