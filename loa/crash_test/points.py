"""The named points of the send path at which processes are killed or frozen: what a process's wires see pass."""

from __future__ import annotations

from enum import StrEnum


class Point(StrEnum):
    """A moment of a process, as its wires see it. "Uncommitted": the COMMIT was asked for and never arrives."""

    CLAIM_UNCOMMITTED = "claim_uncommitted"
    CLAIM_COMMITTED = "claim_committed"
    """The database has the attempts; the worker never learns it."""
    CALLED = "called"
    """The request has left the worker and does not arrive."""
    TAKEN = "taken"
    """The provider has the message; its answer does not arrive."""
    ANSWERED = "answered"
    """The worker has the answer and has not written it down."""
    OUTCOME_UNCOMMITTED = "outcome_uncommitted"
    OUTCOME_COMMITTED = "outcome_committed"
    SEALING = "sealing"
    """In the middle of a step's rows."""
    SEAL_UNCOMMITTED = "seal_uncommitted"
    SEAL_COMMITTED = "seal_committed"
    LOOKED_UP = "looked_up"
    """The provider has said whether it has a message in doubt; nobody has heard it."""


OF_WORKERS = (
    Point.CLAIM_UNCOMMITTED,
    Point.CLAIM_COMMITTED,
    Point.CALLED,
    Point.TAKEN,
    Point.ANSWERED,
    Point.OUTCOME_UNCOMMITTED,
    Point.OUTCOME_COMMITTED,
)
WHILE_SEALING = (Point.SEALING, Point.SEAL_UNCOMMITTED, Point.SEAL_COMMITTED)
OF_SCHEDULERS = (Point.LOOKED_UP,)
