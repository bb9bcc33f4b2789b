"""How long a model takes to read a message, and how much memory: `python -m bench.rasa_side.parse_times MODEL TEXTS`.

TEXTS holds a JSON list of {"text", "metadata"}. Prints one JSON object. `--with-tensorflow`: for models that need it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import resource
import time
from pathlib import Path
from typing import Any

WARM_UP = 20


def main() -> None:
    """Load, read every text, print the milliseconds of each, the seconds of loading and the peak memory in MB."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--with-tensorflow", action="store_true")
    asked = parser.parse_args()
    messages = json.loads(asked.texts.read_text(encoding="utf-8"))
    started = time.perf_counter()
    processor = _loaded(asked.model, asked.with_tensorflow)
    loading = time.perf_counter() - started
    milliseconds = asyncio.run(_read(processor, messages))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds_to_load": loading, "milliseconds": milliseconds, "peak_megabytes": peak}))


def _loaded(model: Path, with_tensorflow: bool) -> Any:
    if not with_tensorflow:
        from bot.components.without_tensorflow import leave_tensorflow_out

        leave_tensorflow_out()
    from rasa.core.agent import Agent

    from bot.components.quiet_logs import keep_logs_wordless

    keep_logs_wordless()
    logging.disable(logging.WARNING)
    return Agent.load(str(model)).processor


async def _read(processor: Any, messages: list[dict[str, Any]]) -> list[float]:
    for message in messages[:WARM_UP]:
        await _milliseconds(processor, message)
    return [await _milliseconds(processor, message) for message in messages]


async def _milliseconds(processor: Any, message: dict[str, Any]) -> float:
    from rasa.core.channels.channel import UserMessage

    said = UserMessage(message["text"], metadata=message["metadata"])
    started = time.perf_counter()
    await processor.parse_message(said)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
