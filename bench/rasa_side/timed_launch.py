"""The Rasa process with stop-watches in it: `python -m bench.rasa_side.timed_launch TIMES [what launch takes]`.

Writes to the file TIMES, when it is stopped, a JSON object: part of a turn → the milliseconds of each call of it.
Only one turn at a time may be under way, for a call's time includes what it waits for.
"""

from __future__ import annotations

import functools
import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

TIMES: dict[str, list[float]] = defaultdict(list)


def main() -> None:
    """Serve as `bot.components.launch` does, and write the times at the end."""
    file = Path(sys.argv.pop(1))
    from bot.components import launch, without_tensorflow

    without_tensorflow.leave_tensorflow_out()
    _put_in_watches()
    # It is left out already, and cannot be once more.
    without_tensorflow.leave_tensorflow_out = lambda: None
    try:
        launch.main()
    finally:
        file.write_text(json.dumps(TIMES))


def _put_in_watches() -> None:
    from rasa.core.processor import MessageProcessor

    from bot.components.action_endpoint import ActionEndpoint
    from bot.components.tracker_store import EncryptedTrackerStore
    from bot.components.turn import TurnRunner

    for owner, name, part in (
        (TurnRunner, "run", "turn"),
        (MessageProcessor, "parse_message", "reading"),
        (ActionEndpoint, "request", "actions"),
        (EncryptedTrackerStore, "events_of_turn", "tracker"),
        (EncryptedTrackerStore, "retrieve", "tracker"),
        (EncryptedTrackerStore, "save", "tracker"),
    ):
        setattr(owner, name, _timed(getattr(owner, name), part))


def _timed(function: Any, part: str) -> Any:
    @functools.wraps(function)
    async def timed(*args: Any, **kwargs: Any) -> Any:
        started = time.perf_counter()
        try:
            return await function(*args, **kwargs)
        finally:
            TIMES[part].append((time.perf_counter() - started) * 1000)

    return timed


if __name__ == "__main__":
    main()
