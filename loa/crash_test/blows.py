"""What happens to the processes, and when: a plan made from a seed, so that a run can be repeated. Pure."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from enum import StrEnum

from loa.crash_test.points import OF_WORKERS, Point


class Kind(StrEnum):
    """What a blow does."""

    KILL_AT = "kill_at"
    """The next worker that comes to a named point dies there."""
    KILL_WORKER = "kill_worker"
    """A worker dies at whatever it is doing."""
    KILL_SCHEDULER = "kill_scheduler"
    KILL_LOOKING_UP = "kill_looking_up"
    """The scheduler dies between a provider's answer about a message in doubt and its decision."""
    FREEZE_AT = "freeze_at"
    """The next worker that comes to a point is stopped for longer than the settling time, then goes on."""
    FREEZE_CUT_OFF_AT = "freeze_cut_off_at"
    """The same, and meanwhile it loses its sessions and so its locks, as on a machine that was suspended."""
    CUT_DATABASE = "cut_database"
    CUT_PROVIDER = "cut_provider"
    FAULT = "fault"
    """The stand-in drops requests, or loses answers to what it has taken."""
    SHUT_ACCOUNT = "shut_account"
    """The preferred provider refuses the account: what it has not begun goes out over the other."""
    OPEN_ACCOUNT = "open_account"
    """It takes messages again: what was in doubt with it can be settled."""
    ELSEWHERE_JOINS = "elsewhere_joins"
    """Workers on another machine begin to work too."""
    HOME_FAILS = "home_fails"
    """The first machine's workers are gone at once: only the other one's go on."""
    ELSEWHERE_LEAVES = "elsewhere_leaves"
    """The other machine is gone, in the middle of a call."""
    HOME_RETURNS = "home_returns"


KILLS = frozenset({Kind.KILL_AT, Kind.KILL_WORKER, Kind.KILL_SCHEDULER, Kind.KILL_LOOKING_UP})
FAULTS = ("dropped", "dropped_after_accept", "slow", "timeout_after_accept", "server_error")
_FREEZES = (Point.CLAIM_COMMITTED, Point.CALLED, Point.TAKEN, Point.ANSWERED, Point.OUTCOME_UNCOMMITTED)
_ONCE = ((0.3, Kind.ELSEWHERE_JOINS), (0.5, Kind.HOME_FAILS), (0.6, Kind.ELSEWHERE_LEAVES), (0.6, Kind.HOME_RETURNS))
_ONCE_IN_A_LONG_RUN = ((0.4, Kind.SHUT_ACCOUNT), (0.48, Kind.OPEN_ACCOUNT))
LONG = 7
"""Kills from which on every kind of event has its turn. A short run is one of the tests, and has no time for all."""


@dataclass(frozen=True)
class Blow:
    """One event. `at`: when so much (0 to 1) of the wave is out. point, fault: where the kind needs one."""

    at: float
    kind: Kind
    point: Point | None = None
    fault: str | None = None


def plan(kills: int, chance: random.Random) -> list[Blow]:
    """`kills` kills in the order of the wave with freezes, cuts and faults between, one of each every seven kills; of
    a shorter run one freeze and the other machine. Every named point is among them where there are kills enough.

    The last part of the wave is left alone, so that what is planned also happens. The kills while the step is sealed
    come before all this and are no part of it.
    """
    long = kills >= LONG
    wanted = [*_kills(kills), *(_others(kills // LONG) if long else _ONE_FREEZE)]
    chance.shuffle(wanted)
    spaced = [(at, *what) for at, what in zip(_moments(len(wanted)), wanted, strict=True)]
    blows = [Blow(at, kind, point, fault) for at, kind, point, fault in spaced]
    blows += [Blow(at, kind) for at, kind in (*_ONCE, *(_ONCE_IN_A_LONG_RUN if long else ()))]
    return sorted(blows, key=lambda blow: blow.at)


type _What = tuple[Kind, Point | None, str | None]

_ONE_FREEZE: tuple[_What, ...] = ((Kind.FREEZE_CUT_OFF_AT, Point.CLAIM_COMMITTED, None),)


def _kills(kills: int) -> list[_What]:
    """Of ten: six at named points in turn, two anywhere, one of the scheduler, one while it looks up."""
    points = itertools.cycle(OF_WORKERS)
    shares = itertools.cycle((Kind.KILL_AT,) * 3 + (Kind.KILL_WORKER, Kind.KILL_SCHEDULER) + (Kind.KILL_AT,) * 3
                             + (Kind.KILL_WORKER, Kind.KILL_LOOKING_UP))  # fmt: skip
    chosen = list(itertools.islice(shares, kills))
    return [(kind, next(points) if kind is Kind.KILL_AT else None, None) for kind in chosen]


def _others(each: int) -> list[_What]:
    points, faults = itertools.cycle(_FREEZES), itertools.cycle(FAULTS)
    some: list[_What] = []
    for _ in range(each):
        some += [
            (Kind.FREEZE_AT, next(points), None),
            (Kind.FREEZE_CUT_OFF_AT, next(points), None),
            (Kind.CUT_DATABASE, None, None),
            (Kind.CUT_PROVIDER, None, None),
            (Kind.FAULT, None, next(faults)),
        ]
    return some


def _moments(count: int) -> list[float]:
    return [0.02 + 0.9 * number / count for number in range(count)]
