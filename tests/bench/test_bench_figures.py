"""The bench's own arithmetic: what it says must be what it measured."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bench.__main__ import main
from bench.citizens import SCRIPT, asked_before
from bench.default_pipeline import Reading
from bench.dialogue_report import Measured, Weight, comparison_told, parts_told, turns_told
from bench.figures import Spread, spread, table
from bench.process_cost import cpu_seconds, own_megabytes, peak_megabytes
from bench.relay_load import Load


def test_p95_is_what_19_of_20_do_not_pass() -> None:
    assert spread([float(one) for one in range(1, 102)]) == Spread(51.0, 96.0)


def test_one_slow_turn_moves_neither_the_median_nor_the_p95_of_many() -> None:
    assert spread([10.0] * 99 + [5000.0]) == Spread(10.0, 10.0)


def test_columns_stand_under_each_other() -> None:
    assert table(["", "ours"], [["memory", "5.0"], ["p95", "12.0"]]).splitlines() == [
        "          ours",
        "  memory   5.0",
        "  p95     12.0",
    ]


def test_turns_are_told_with_their_cost() -> None:
    load = Load(8, 352, Spread(446.61, 692.7), 17.52)
    told = turns_told([Measured(load, {"rasa": 20.0, "actions": 11.04})], Weight(11.8, {"rasa": 267, "actions": 142}))
    assert told.splitlines()[2].split() == ["8", "352", "446.6", "692.7", "17.5", "20.0", "11.0"]
    assert told.splitlines()[3] == "  start 11.8 s; peak memory: Rasa 267 MB, action server 142 MB"


def test_the_parts_of_a_turn_add_up_to_the_turn() -> None:
    told = parts_told({"turn": [40, 60], "reading": [5, 5], "actions": [10, 10, 20], "tracker": [5, 5]}, turns=2)
    parts = [line.split()[-3:-1] if "%" in line else line.split()[-1:] for line in told.splitlines()[3:]]
    shares = [line for line in told.splitlines() if line.endswith(" %") or " % " in line]
    assert [float(line.split(" %")[0].split()[-1]) for line in shares] == [10, 40, 10, 40]
    assert parts[-1] == ["50.0"]


def test_a_ratio_below_one_is_ours_being_lighter() -> None:
    told = comparison_told(Reading(4, Spread(5, 9), 250), Reading(16, Spread(20, 30), 1000))
    assert [line.split()[-1] for line in told.splitlines()[3:]] == ["0.25", "0.30", "0.25", "0.25"]


def test_what_a_process_costs_counts_its_children() -> None:
    waiting = "import sys; block = bytearray(60_000_000); print(1, flush=True); sys.stdin.read()"
    alone = peak_megabytes(os.getpid())
    with subprocess.Popen([sys.executable, "-c", waiting], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert peak_megabytes(child.pid) > 55
        assert peak_megabytes(os.getpid()) > alone + 55
        child.communicate()
    assert cpu_seconds(os.getpid()) > 0


def test_what_ended_children_have_cost_is_counted_too() -> None:
    before = cpu_seconds(os.getpid())
    subprocess.run([sys.executable, "-c", "import time\nwhile time.process_time() < 0.5: pass"], check=True)
    assert cpu_seconds(os.getpid()) - before > 0.4


def test_memory_of_a_process_alone() -> None:
    block = bytearray(60_000_000)
    block[::4096] = b"x" * len(block[::4096])
    with_block = own_megabytes(os.getpid())
    del block
    assert with_block - own_megabytes(os.getpid()) > 50


def test_the_script_knows_what_is_open_at_each_line() -> None:
    assert asked_before(0) == {"open_question": None, "choices": [], "answered": []}
    last = asked_before(len(SCRIPT) - 1)
    assert last["open_question"] == "confirm"
    assert [choice["payload"] for choice in last["choices"]] == ["confirm=yes", "intent=correct"]
    assert last["answered"][:2] == ["consent", "respondent"]
    assert "confirm" not in last["answered"]


def test_an_unknown_part_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dialog"]) == 2
    assert "dialogue" in capsys.readouterr().err
