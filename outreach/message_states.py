"""The one table of what may become of a message. Pure.

`planned → claimed → accepted → delivered | undelivered`; beside them `rejected`, `held`, `cancelled` and `unknown`.
Every update of the ledger is conditional on it, so that a late "sent" never overwrites "delivered".
"""

from __future__ import annotations

from outreach.message import MessageState as S

TRANSITIONS: dict[S, frozenset[S]] = {
    S.PLANNED: frozenset({S.CLAIMED, S.HELD, S.CANCELLED}),
    # Back to planned: only where it is certain that nothing was sent.
    S.CLAIMED: frozenset({S.ACCEPTED, S.DELIVERED, S.REJECTED, S.HELD, S.UNKNOWN, S.PLANNED}),
    # Looked up at the provider: found, or not; or the worker that was thought lost has spoken after all.
    S.UNKNOWN: frozenset({S.ACCEPTED, S.DELIVERED, S.REJECTED, S.HELD, S.PLANNED}),
    S.ACCEPTED: frozenset({S.DELIVERED, S.UNDELIVERED}),
    S.HELD: frozenset({S.PLANNED, S.CANCELLED}),
    S.DELIVERED: frozenset(),
    S.UNDELIVERED: frozenset(),
    S.REJECTED: frozenset(),
    S.CANCELLED: frozenset(),
}

OPEN = frozenset({S.PLANNED, S.CLAIMED, S.UNKNOWN, S.HELD})
"""States in which something still has to happen before the row is known."""


NOT_SENT = frozenset({S.PLANNED, S.HELD, S.REJECTED, S.CANCELLED})
"""States of a message that the provider certainly has not taken."""


def can(before: S, after: S) -> bool:
    """Whether a message may go from `before` to `after`."""
    return after in TRANSITIONS[before]


def sources(after: S) -> frozenset[S]:
    """The states from which a message may become `after`."""
    return frozenset(before for before in S if can(before, after))
