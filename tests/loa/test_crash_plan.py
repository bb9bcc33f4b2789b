"""The plan of a crash test: every point has its turn, a seed repeats it, and the end of the wave is left alone."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from loa.crash_test.blows import FAULTS, KILLS, Kind, plan
from loa.crash_test.points import OF_WORKERS


@pytest.mark.parametrize("kills", [1, 8, 50, 120])
def test_so_many_kills_as_asked_for(kills: int) -> None:
    blows = plan(kills, random.Random(1))
    assert sum(blow.kind in KILLS for blow in blows) == kills


def test_every_point_and_every_fault_has_its_turn() -> None:
    blows = plan(50, random.Random(1))
    assert {blow.point for blow in blows if blow.kind is Kind.KILL_AT} == set(OF_WORKERS)
    assert {blow.fault for blow in blows if blow.kind is Kind.FAULT} == set(FAULTS)
    assert set(Kind) == {blow.kind for blow in blows}


def test_what_needs_a_point_or_a_fault_has_one() -> None:
    for blow in plan(50, random.Random(1)):
        assert (blow.point is not None) is (blow.kind in (Kind.KILL_AT, Kind.FREEZE_AT, Kind.FREEZE_CUT_OFF_AT))
        assert (blow.fault is not None) is (blow.kind is Kind.FAULT)


def test_the_same_seed_makes_the_same_plan_and_another_another() -> None:
    assert plan(30, random.Random(7)) == plan(30, random.Random(7))
    assert plan(30, random.Random(7)) != plan(30, random.Random(8))


def test_blows_are_spread_over_the_wave() -> None:
    moments = [blow.at for blow in plan(50, random.Random(1))]
    assert moments == sorted(moments)
    assert moments[0] < 0.05
    assert 0.85 < moments[-1] < 0.95
    halves = Counter(moment < 0.5 for moment in moments)
    assert abs(halves[True] - halves[False]) < len(moments) / 5


@pytest.mark.parametrize("kills", [3, 10, 50])
def test_another_machine_joins_and_is_alone_before_it_leaves(kills: int) -> None:
    kinds = [blow.kind for blow in plan(kills, random.Random(3))]
    moments = [Kind.ELSEWHERE_JOINS, Kind.HOME_FAILS, Kind.ELSEWHERE_LEAVES, Kind.HOME_RETURNS]
    assert [kind for kind in kinds if kind in moments] == moments


def test_a_short_run_freezes_somebody_too() -> None:
    assert [blow.kind for blow in plan(3, random.Random(1))].count(Kind.FREEZE_CUT_OFF_AT) == 1
