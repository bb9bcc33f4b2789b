"""The handsets that are there before anything was sent: a rehearsal's citizens with their accounts."""

import json
from dataclasses import dataclass
from pathlib import Path

from simulator.messages import Channel


@dataclass(frozen=True, slots=True)
class Settler:
    """One handset. `number`: its address as a person types it; `tel`: the telephone behind an account."""

    channel: Channel
    number: str
    name: str = ""
    tel: str = ""


def read_settlers(file: Path | None) -> tuple[Settler, ...]:
    """From a JSON list of objects with the names of `Settler`. ValueError, TypeError, OSError if there is none such."""
    if file is None:
        return ()
    listed = json.loads(file.read_text(encoding="utf-8"))
    return tuple(Settler(**{**one, "channel": Channel(one["channel"])}) for one in listed)
