"""What Rasa does not check: the one mapping of every slot, the two rules for interruptions, words for every meaning.

Each check gives its complaints, one sentence each; none means that all is well. Decision 5 says why it is so strict.
"""

from __future__ import annotations

import re
from typing import Any

from bot.actions.meanings import meaning_choices
from core.settings import ROOT
from loa.dialogue.source import Dialogue
from roster.survey.answers import Problem
from roster.survey.questions import Question

FORM = "survey_form"
TAKING = "action_take_answers"
SERVING = "action_serve"
MAPPING = {
    "type": "custom",
    "action": TAKING,
    "conditions": [{"active_loop": FORM}, {"active_loop": None}],
}
"""In the form and outside it the same action fills every slot. Without the second condition an answer that comes
before the form has begun is lost; without the first, Rasa asks the action in every other loop too."""
FEWEST_EXAMPLES = 80

_SPOKEN = re.compile(r'"(utter_[a-z_]+)"')


def slot_faults(domain: dict[str, Any]) -> list[str]:
    """Every question is a slot of the form, text, without influence, with the one mapping; and nothing else is."""
    faults = []
    asked = domain["forms"][FORM]["required_slots"]
    if asked != [question.value for question in Question]:
        faults.append(f"{FORM} does not ask the survey's questions in their order")
    if set(domain["slots"]) != set(asked):
        faults.append("the slots are not exactly the questions")
    for name, slot in domain["slots"].items():
        if slot.get("type") != "text" or slot.get("influence_conversation") is not False:
            faults.append(f"slot {name}: must be text without influence on the conversation")
        if slot.get("mappings") != [MAPPING]:
            faults.append(f"slot {name}: must have the one custom mapping to {TAKING} with both conditions")
    return faults


def action_faults(domain: dict[str, Any]) -> list[str]:
    """Every question has its asking action in the domain."""
    wanted = {TAKING, SERVING, "action_finish", *(f"action_ask_{question.value}" for question in Question)}
    declared = set(domain["actions"])
    return [f"action {name}: in the domain or in the code, not in both" for name in sorted(wanted ^ declared)]


def interruption_faults(dialogue: Dialogue) -> list[str]:
    """Exactly two rules serve interruptions, in the form and outside it, and both take every intent."""
    faults, seen = [], []
    intents = set(dialogue.domain["intents"])
    for rule in dialogue.rules:
        steps = rule["steps"]
        if {"action": SERVING} not in steps:
            continue
        seen.append([one["active_loop"] for one in rule.get("condition", [])])
        taken = [one["intent"] for one in steps[0].get("or", [])]
        faults += [f"rule “{rule['rule']}”: misses {name}" for name in sorted(intents - set(taken))]
        faults += [f"rule “{rule['rule']}”: unknown intent {name}" for name in sorted(set(taken) - intents)]
    if sorted(seen, key=str) != sorted([[FORM], [None]], key=str):
        faults.append(f"there must be one rule for {SERVING} in {FORM} and one outside it, not {seen}")
    return faults


def meaning_faults(dialogue: Dialogue) -> list[str]:
    """Every intent and every question people ask has examples, words to be offered by, and (questions) an answer."""
    intents = set(dialogue.domain["intents"]) - {"faq"}
    asked = {label for label in dialogue.labels if "/" in label}
    answered = {name.removeprefix("utter_") for name in dialogue.responses if "/" in name}
    faults = [f"{label}: a question with examples or an answer, not both" for label in sorted(asked ^ answered)]
    faults += [f"{name}: in the domain or in the examples, not in both" for name in intents ^ (dialogue.labels - asked)]
    labels = sorted(intents | asked | answered)
    return faults + [
        f"{label}: no words in bot/actions/meanings.yml" for label in labels if not meaning_choices([label])
    ]


def example_faults(dialogue: Dialogue) -> list[str]:
    """Every label has enough examples."""
    counts = dict.fromkeys(dialogue.labels, 0)
    for example in dialogue.examples:
        counts[example.label] += 1
    return [f"{label}: only {count} examples" for label, count in sorted(counts.items()) if count < FEWEST_EXAMPLES]


def response_faults(dialogue: Dialogue) -> list[str]:
    """What the actions say is written, and what is written is said."""
    spoken = _spoken()
    written = {name for name in dialogue.responses if "/" not in name}
    by_label = {f"utter_{intent}" for intent in dialogue.domain["intents"]}
    return [f"{name}: said by an action but not written" for name in sorted(spoken - written)] + [
        f"{name}: written but never said" for name in sorted(written - spoken - by_label)
    ]


def _spoken() -> set[str]:
    """The responses that the actions name, and those whose names they make from a question or a problem."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "bot" / "actions").glob("*.py")))
    made = {f"utter_{way}_{question.value}" for question in Question for way in ("ask", "again")}
    return set(_SPOKEN.findall(code)) | made | {f"utter_problem_{problem.value}" for problem in Problem}
