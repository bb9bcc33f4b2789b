"""How fast and how heavy the dialogue is: whole turns through relay, Rasa, action server and tracker.

Runs on a database and ports of its own; nothing is sent to anybody. Part of `python -m bench`.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.citizens import SCRIPT, asked_before, conversations, declared, open_campaign, threads_made
from bench.default_pipeline import EPOCHS, Reading, read_with, train_default
from bench.dialogue_report import SERVERS, Measured, Weight, comparison_told, parts_told, turns_told
from bench.process_cost import cpu_seconds, peak_megabytes
from bench.relay_load import drive
from core.settings import ROOT
from loa.rehearsal.installation import own_installation
from loa.stack import Stack
from loa.training import train_if_changed

UNUSED = ("answers", "waves", "scheduler", "public", "console", "simulator")
LEVELS = ((1, 8), (8, 32), (32, 96))
"""How many citizens talk at once, and how many conversations are led so."""
WARM_UP = 3
TIMED = 6
UTTERANCES = ROOT / "tests" / "understanding" / "unseen.jsonl"
MOST_UTTERANCES = 400


def main() -> int:
    """Measure and print; the exit status."""
    train_if_changed()
    with own_installation(without=UNUSED) as stack:
        open_campaign()
        started = _restart_rasa(stack)
        drive(stack.settings, conversations(WARM_UP), 1)
        measured = [_measured(stack, at_once, count) for at_once, count in LEVELS]
        weight = Weight(started, {name: peak_megabytes(stack.running[name].pid) for name in SERVERS})
        print(turns_told(measured, weight), flush=True)
        print(parts_told(_parts_of_a_turn(stack), TIMED * len(SCRIPT)), flush=True)
        if declared() != threads_made():
            print(f"only {declared()} of {threads_made()} conversations ended as they should", file=sys.stderr)
            return 1
    print(comparison_told(*_both_models()), flush=True)
    return 0


def _restart_rasa(stack: Stack) -> float:
    """Seconds from starting the Rasa process until it answers, with nothing else starting beside it."""
    stack.stop("rasa")
    started = time.perf_counter()
    stack.start(stack.process("rasa"))
    stack.wait_until_up(["rasa"])
    return time.perf_counter() - started


def _measured(stack: Stack, at_once: int, count: int) -> Measured:
    """`count` conversations, `at_once` at a time, and the processor's time that each server took for a turn."""
    said = conversations(count)
    before = {name: cpu_seconds(stack.running[name].pid) for name in SERVERS}
    load = drive(stack.settings, said, at_once)
    spent = {name: cpu_seconds(stack.running[name].pid) - before[name] for name in SERVERS}
    return Measured(load, {name: 1000 * seconds / load.turns for name, seconds in spent.items()})


def _parts_of_a_turn(stack: Stack) -> dict[str, list[float]]:
    """Part of a turn → milliseconds of each call, from a Rasa process with stop-watches in it."""
    times = stack.logs / "times.json"
    rasa = stack.process("rasa")
    watched = ["-m", "bench.rasa_side.timed_launch", str(times)]
    stack.stop("rasa")
    stack.start(replace(rasa, command=[rasa.command[0], *watched, *rasa.command[3:]]))
    stack.wait_until_up(["rasa"])
    drive(stack.settings, conversations(WARM_UP + TIMED), 1)
    stack.stop("rasa")
    measured: dict[str, list[float]] = json.loads(times.read_text())
    return {part: taken[WARM_UP * len(taken) // (WARM_UP + TIMED) :] for part, taken in measured.items()}


def _both_models() -> tuple[Reading, Reading]:
    """Our model and the default pipeline's, reading the same words one after the other."""
    messages = _messages()
    with tempfile.TemporaryDirectory(prefix="loa-bench-") as scratch:
        folder = Path(scratch)
        print(f"\ntraining the same bot on Rasa's default pipeline ({EPOCHS} epochs) …", file=sys.stderr, flush=True)
        default = train_default(folder)
        ours = read_with(ROOT / "models", messages, folder, with_tensorflow=False)
        return ours, read_with(default, messages, folder, with_tensorflow=True)


def _messages() -> list[dict[str, Any]]:
    """Utterances of every kind, each with one of the script's questions open."""
    lines = UTTERANCES.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines[:: max(1, len(lines) // MOST_UTTERANCES)]]
    return [{"text": text, "metadata": asked_before(at % len(SCRIPT))} for at, text in enumerate(texts)]


if __name__ == "__main__":
    sys.exit(main())
