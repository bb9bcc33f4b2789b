"""The stories of tests/dialogue_stories: Rasa predicts them as written, and they ask as the survey does.

tests/dialogue_stories/README.md says what that proves and what it cannot.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.settings import ROOT
from loa.dialogue.source import read_dialogue
from loa.processes import RASA_PYTHON
from loa.training import MODEL
from roster.campaign import AccountDetails
from roster.survey.questions import Circumstances, Question, next_question

FOLDER = ROOT / "tests" / "dialogue_stories"
CLOSED = "-"
"""What the actions put into every slot once no survey is open."""
USUAL = {"person_known": True, "phone_known": True, "account_details": "chat", "counter_only": False}
"""The circumstances of a story that names none: an invited phone, account details taken by chat."""

Story = dict[str, Any]


def _stories(file: Path) -> list[Story]:
    read: list[Story] = yaml.safe_load(file.read_text(encoding="utf-8"))["stories"]
    return read


STORIES = [story for file in sorted(FOLDER.glob("test_*.yml")) for story in _stories(file)]


@pytest.mark.stack
def test_rasa_predicts_every_story_as_written(tmp_path: Path) -> None:
    ran = _rasa_test(FOLDER, tmp_path)
    assert ran.returncode == 0, _complaint(ran)
    told = yaml.safe_load((tmp_path / "successful_test_stories.yml").read_text(encoding="utf-8"))["stories"]
    assert Counter(_name(story) for story in told) == Counter(_name(story) for story in STORIES)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["story"])
def test_a_story_asks_what_the_survey_asks(story: Story) -> None:
    asked = list(_asked(story))
    assert [question for question, _ in asked] == [expected for _, expected in asked]


def test_every_question_of_the_survey_is_asked_in_some_story() -> None:
    asked = {question for story in STORIES for question, _ in _asked(story)} - {None}
    assert asked == {question.value for question in Question}


@pytest.mark.parametrize("story", _stories(FOLDER / "test_every_intent.yml"), ids=lambda story: story["story"])
def test_every_intent_has_its_place(story: Story) -> None:
    assert set(read_dialogue().domain["intents"]) <= _intents(story)


def _rasa_test(stories: Path, results: Path) -> subprocess.CompletedProcess[str]:
    assert MODEL.exists(), "no model is trained: make train"
    command = [str(RASA_PYTHON), "-m", "rasa", "test", "core", "--e2e", "--fail-on-prediction-errors",
               "--stories", str(stories), "--model", str(MODEL), "--out", str(results),
               "--successes", "--no-plot"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, cwd=results, env=environment, text=True, capture_output=True)


def _complaint(ran: subprocess.CompletedProcess[str]) -> str:
    """What Rasa says of the first story that goes otherwise; the end of its log where it broke off."""
    _, exception, story = ran.stdout.partition("WrongPredictionException")
    return exception + story or ran.stderr[-2000:]


def _name(story: Story) -> str:
    """Rasa writes the file behind the name."""
    return str(story["story"]).partition(" (")[0]


def _intents(story: Story) -> set[str]:
    return {step["intent"] for step in story["steps"] if "intent" in step}


def _asked(story: Story) -> Iterator[tuple[str | None, str | None]]:
    """(the question a story has the form ask, the one that the survey's own rule asks there), one after the other."""
    told = {**USUAL, **story.get("metadata", {})}
    circumstances = Circumstances(**{**told, "account_details": AccountDetails(told["account_details"])})
    answers: dict[str, str | None] = {}
    for step in story["steps"]:
        for slot in step.get("slot_was_set", []):
            if "requested_slot" not in slot:
                answers.update(slot)
                continue
            closed = CLOSED in answers.values()
            yield slot["requested_slot"], None if closed else next_question(answers, circumstances)
