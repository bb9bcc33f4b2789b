"""The one table of a claim's transitions (`shared/design.md`, A claim is verified). Pure."""

from __future__ import annotations

from collections.abc import Mapping

from roster.claim import ClaimState

_ENDS = (ClaimState.REJECTED, ClaimState.DUPLICATE, ClaimState.WITHDRAWN)
_SET_ASIDE = (ClaimState.NEEDS_CORRECTION, *_ENDS)

TRANSITIONS: Mapping[ClaimState, frozenset[ClaimState]] = {
    ClaimState.DECLARED: frozenset({ClaimState.CHECKED, *_SET_ASIDE}),
    ClaimState.CHECKED: frozenset({ClaimState.VERIFIED, *_SET_ASIDE}),
    ClaimState.VERIFIED: frozenset({ClaimState.APPROVED, *_SET_ASIDE}),
    ClaimState.APPROVED: frozenset({ClaimState.SYNCED, *_SET_ASIDE}),
    ClaimState.SYNCED: frozenset({ClaimState.PAID_CONFIRMED, ClaimState.RETURNED, ClaimState.WITHDRAWN}),
    ClaimState.PAID_CONFIRMED: frozenset({ClaimState.RETURNED, ClaimState.WITHDRAWN}),
    ClaimState.RETURNED: frozenset({ClaimState.SYNCED, ClaimState.NEEDS_CORRECTION, ClaimState.WITHDRAWN}),
    ClaimState.NEEDS_CORRECTION: frozenset({ClaimState.DECLARED, ClaimState.REJECTED, ClaimState.WITHDRAWN}),
    ClaimState.DUPLICATE: frozenset(),
    ClaimState.WITHDRAWN: frozenset(),
    ClaimState.REJECTED: frozenset(),
}
"""From each state, where it may go. What the table does not hold cannot happen."""

STANDING = frozenset(ClaimState) - frozenset(_ENDS)
"""States in which a claim says something about its person; the others are over."""

STATE_NAMES: Mapping[ClaimState, str] = {
    ClaimState.DECLARED: "đã khai, chờ xác minh",
    ClaimState.CHECKED: "đã rà soát, chờ xác minh",
    ClaimState.VERIFIED: "đã xác minh, chờ duyệt",
    ClaimState.APPROVED: "đã duyệt",
    ClaimState.SYNCED: "đã đồng bộ",
    ClaimState.PAID_CONFIRMED: "đã nhận được tiền",
    ClaimState.NEEDS_CORRECTION: "trả lại để khai sửa",
    ClaimState.DUPLICATE: "khai trùng",
    ClaimState.WITHDRAWN: "đã rút",
    ClaimState.REJECTED: "không được chấp nhận",
    ClaimState.RETURNED: "tiền bị trả lại",
}
"""How officers read each state."""


class TransitionRefused(ValueError):
    """A claim was to go where the table has no way. `str()` is a Vietnamese sentence for the officer."""

    def __init__(self, before: ClaimState, after: ClaimState) -> None:
        super().__init__(
            f"Bản khai đang ở bước “{STATE_NAMES[before]}” nên không chuyển sang “{STATE_NAMES[after]}” được. "
            "Có thể một cán bộ khác vừa xử lý: xin mở lại bản khai."
        )
        self.before = before
        self.after = after


def may_become(before: ClaimState, after: ClaimState) -> bool:
    """Whether the table has a way from `before` to `after`."""
    return after in TRANSITIONS[before]


def require_way(before: ClaimState, after: ClaimState) -> None:
    """Raise TransitionRefused where the table has no way from `before` to `after`."""
    if not may_become(before, after):
        raise TransitionRefused(before, after)
