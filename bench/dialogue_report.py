"""How the dialogue's figures are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.default_pipeline import Reading
from bench.figures import table
from bench.relay_load import Load

_PARTS = {
    "reading": "reading the message (NLU)",
    "actions": "calls to the action server, its database included",
    "tracker": "the tracker's database",
}


SERVERS = {"rasa": "Rasa", "actions": "action server"}
"""The two servers of a turn, by the names of their processes."""


@dataclass(frozen=True)
class Measured:
    """One load, and the milliseconds of processor time that each server took for a turn of it."""

    load: Load
    cpu_milliseconds: Mapping[str, float]


@dataclass(frozen=True)
class Weight:
    """Seconds until Rasa answers, and each server's peak memory after the load, in MB."""

    seconds_to_start: float
    megabytes: Mapping[str, float]


def turns_told(measured: Sequence[Measured], weight: Weight) -> str:
    """The table of whole turns, and what the servers weigh."""
    header = ["citizens at once", "turns", "median ms", "p95 ms", "turns a second"]
    header += [f"{title}, CPU ms a turn" for title in SERVERS.values()]
    memory = ", ".join(f"{title} {weight.megabytes[name]:.0f} MB" for name, title in SERVERS.items())
    return (
        "whole turns: relay, Rasa, action server, tracker, as a worker calls them\n"
        + table(header, [_row(one) for one in measured])
        + f"\n  start {weight.seconds_to_start:.1f} s; peak memory: {memory}"
    )


def _row(measured: Measured) -> list[str]:
    load = measured.load
    figures = [load.milliseconds.median, load.milliseconds.p95, load.turns_a_second]
    figures += [measured.cpu_milliseconds[name] for name in SERVERS]
    return [str(load.at_once), str(load.turns), *(f"{figure:.1f}" for figure in figures)]


def parts_told(parts: Mapping[str, Sequence[float]], turns: int) -> str:
    """Where the milliseconds of a turn go, one citizen talking. `parts`: milliseconds of each call over `turns`."""
    whole = sum(parts["turn"]) / turns
    shares = {name: sum(parts[part]) / turns for part, name in _PARTS.items()}
    shares["Rasa's own: rules, form, slots, events"] = whole - sum(shares.values())
    calls = {name: f"{len(parts[part]) / turns:.1f}" for part, name in _PARTS.items()}
    rows = [[name, f"{ms:.1f}", f"{100 * ms / whole:.0f} %", calls.get(name, "")] for name, ms in shares.items()]
    return "\nwhere a turn's milliseconds go, one citizen talking (mean)\n" + table(
        ["", "ms", "share", "calls"], [*rows, ["a turn", f"{whole:.1f}", "", ""]]
    )


def comparison_told(ours: Reading, default: Reading) -> str:
    """Ours beside the default pipeline, with the ratios."""
    figures = [
        ("reading a message, median ms", ours.milliseconds.median, default.milliseconds.median),
        ("reading a message, p95 ms", ours.milliseconds.p95, default.milliseconds.p95),
        ("peak memory, MB", ours.peak_megabytes, default.peak_megabytes),
        ("loading, s", ours.seconds_to_load, default.seconds_to_load),
    ]
    rows = [[name, f"{one:.1f}", f"{other:.1f}", f"{one / other:.2f}"] for name, one, other in figures]
    title = "\nthe same bot on Rasa's default pipeline, in the same run (ratio below 1: ours is faster, lighter)\n"
    return title + table(["", "ours", "default", "ratio"], rows)
