"""The one table of a request's transitions. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from roster.privacy.request import RequestState

_ENDS = frozenset({RequestState.DONE, RequestState.REFUSED, RequestState.DROPPED})

TRANSITIONS: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.RECEIVED: frozenset({RequestState.ANSWERED, *_ENDS}),
    RequestState.ANSWERED: _ENDS,
    RequestState.DONE: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.DROPPED: frozenset(),
}
"""From each state, where it may go. What the table does not hold cannot happen."""

OPEN = frozenset(RequestState) - _ENDS

STATE_NAMES: Mapping[RequestState, str] = {
    RequestState.RECEIVED: "mới tiếp nhận",
    RequestState.ANSWERED: "đã trả lời, đang giải quyết",
    RequestState.DONE: "đã giải quyết",
    RequestState.REFUSED: "đã từ chối, có nêu lý do",
    RequestState.DROPPED: "người dân rút yêu cầu",
}
"""How officers read each state."""


def may_become(before: RequestState, after: RequestState) -> bool:
    """Whether the table has a way from `before` to `after`."""
    return after in TRANSITIONS[before]
