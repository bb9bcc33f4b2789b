"""The table of transitions."""

from __future__ import annotations

import pytest

from outreach.message import MessageState as S
from outreach.message_states import OPEN, TRANSITIONS, can, sources


def test_every_state_has_its_line() -> None:
    assert set(TRANSITIONS) == set(S)


@pytest.mark.parametrize("known", sorted(set(S) - OPEN - {S.ACCEPTED}))
def test_what_is_known_stays(known: S) -> None:
    assert not any(can(known, after) for after in S)


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (S.PLANNED, S.CLAIMED, True),
        (S.PLANNED, S.ACCEPTED, False),
        (S.CLAIMED, S.UNKNOWN, True),
        (S.CLAIMED, S.PLANNED, True),
        (S.CLAIMED, S.CANCELLED, False),
        (S.UNKNOWN, S.ACCEPTED, True),
        (S.UNKNOWN, S.CLAIMED, False),
        (S.ACCEPTED, S.DELIVERED, True),
        (S.ACCEPTED, S.PLANNED, False),
        (S.DELIVERED, S.UNDELIVERED, False),
        (S.DELIVERED, S.ACCEPTED, False),
    ],
)
def test_transitions(before: S, after: S, allowed: bool) -> None:
    assert can(before, after) is allowed


def test_a_message_is_sent_again_only_from_states_in_which_it_was_not_sent() -> None:
    assert sources(S.PLANNED) == {S.CLAIMED, S.UNKNOWN, S.HELD}
    assert sources(S.CLAIMED) == {S.PLANNED}
