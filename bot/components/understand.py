"""`make understand FILE=x.jsonl`: the newest model reads every utterance of a file, as it would in a conversation.

Runs in Rasa's environment. A line of the file: {"text", "intent", "register": "marked|plain|noisy", "entities": {…}?}.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from pathlib import Path
from typing import Any

from bot.components.entity_scores import EntityScore, score_entities
from bot.components.meaning import OUT_OF_SCOPE
from bot.components.quiet_logs import keep_logs_wordless, keep_warnings_silent
from bot.components.understanding import NotUtterances, Outcome, Report, Utterance, lines_of, read_utterances
from bot.components.without_tensorflow import leave_tensorflow_out

ROOT = Path(__file__).resolve().parents[2]
ANSWER = "answer"
_WARM_UP = 5


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description="How well the bot understands the utterances of a file.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--model", type=Path, default=ROOT / "models", help="a model file, or a folder (newest first)")
    asked = parser.parse_args()
    try:
        utterances = read_utterances(asked.file)
    except (NotUtterances, OSError) as error:
        sys.exit(f"{asked.file}: {error}")
    keep_warnings_silent()
    leave_tensorflow_out()
    print("\n".join(lines_of(Report(asyncio.run(_outcomes(asked.model, utterances))))))


async def _outcomes(model: Path, utterances: list[Utterance]) -> list[Outcome]:
    from rasa.core.agent import Agent

    keep_logs_wordless()
    processor = Agent.load(str(model)).processor
    assert processor is not None
    for utterance in utterances[:_WARM_UP]:
        await _outcome(processor, utterance)
    return [await _outcome(processor, utterance) for utterance in utterances]


async def _outcome(processor: Any, utterance: Utterance) -> Outcome:
    from rasa.core.channels.channel import UserMessage

    started = time.perf_counter()
    parsed = await processor.parse_message(UserMessage(utterance.text))
    milliseconds = (time.perf_counter() - started) * 1000
    return Outcome(
        utterance, _ranked(parsed), bool(parsed.get("alternatives")), _score(utterance, parsed), milliseconds
    )


def _ranked(parsed: dict[str, Any]) -> list[str]:
    """The labels as the bot would take them.

    Where a message is an answer its intent is `inform`, and the ranking still tells what kind of answer; where nothing
    was near, `out_of_scope` comes first.
    """
    ranked = [entry["name"] for entry in parsed["intent_ranking"]]
    if parsed["intent"]["name"] == OUT_OF_SCOPE:
        ranked = [OUT_OF_SCOPE, *(label for label in ranked if label != OUT_OF_SCOPE)]
    return ranked


def _score(utterance: Utterance, parsed: dict[str, Any]) -> EntityScore | None:
    if not utterance.entities:
        return None
    found = [(one["entity"], str(one["value"])) for one in parsed["entities"] if one["entity"] != ANSWER]
    return score_entities(utterance.entities, found)


if __name__ == "__main__":
    main()
