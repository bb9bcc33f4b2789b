"""The one table of a claim's states."""

from __future__ import annotations

import pytest

from roster.claim import ClaimState
from roster.claim_states import STATE_NAMES, TRANSITIONS, TransitionRefused, may_become, require_way

S = ClaimState
DONE = [S.DUPLICATE, S.WITHDRAWN, S.REJECTED]


def test_every_state_has_its_place_and_its_name() -> None:
    assert set(TRANSITIONS) == set(STATE_NAMES) == set(ClaimState)


@pytest.mark.parametrize(
    ("state", "only_from"),
    [
        (S.CHECKED, {S.DECLARED}),
        (S.VERIFIED, {S.CHECKED}),
        (S.APPROVED, {S.VERIFIED}),
        (S.SYNCED, {S.APPROVED, S.RETURNED}),
        (S.PAID_CONFIRMED, {S.SYNCED}),
        (S.RETURNED, {S.SYNCED, S.PAID_CONFIRMED}),
        (S.DECLARED, {S.NEEDS_CORRECTION}),
    ],
)
def test_no_step_is_left_out(state: ClaimState, only_from: set[ClaimState]) -> None:
    assert {before for before in ClaimState if may_become(before, state)} == only_from


@pytest.mark.parametrize("state", DONE)
def test_what_is_over_stays_over(state: ClaimState) -> None:
    assert not any(may_become(state, after) for after in ClaimState)


@pytest.mark.parametrize("state", [S.SYNCED, S.PAID_CONFIRMED, S.RETURNED])
def test_what_the_payer_has_is_not_rejected_behind_his_back(state: ClaimState) -> None:
    assert not may_become(state, S.REJECTED)


@pytest.mark.parametrize("state", [S.DECLARED, S.CHECKED, S.VERIFIED, S.APPROVED, S.SYNCED, S.NEEDS_CORRECTION])
def test_a_person_may_withdraw_until_it_is_over(state: ClaimState) -> None:
    assert may_become(state, S.WITHDRAWN)


def test_a_refused_step_says_where_the_claim_stands() -> None:
    with pytest.raises(TransitionRefused, match="đã khai, chờ xác minh") as refused:
        require_way(S.DECLARED, S.APPROVED)
    assert (refused.value.before, refused.value.after) == (S.DECLARED, S.APPROVED)
