"""The dialogue's files: what Rasa does not check. Each check finds nothing in the project, and what is broken."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from loa.dialogue.repetitions import repetition_faults, repetitions
from loa.dialogue.source import Dialogue, Example, read_dialogue
from loa.dialogue.structure import (
    action_faults,
    example_faults,
    interruption_faults,
    meaning_faults,
    response_faults,
    slot_faults,
)
from loa.dialogue.wording import (
    GIVEN_WITH_THE_TEXT,
    filled,
    length_faults,
    longest_words,
    placeholder_faults,
    segments_of,
    spelling_faults,
)
from loa.validating import complaints_in

Break = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def dialogue() -> Dialogue:
    return read_dialogue()


@pytest.mark.parametrize(
    "check",
    [
        lambda d: slot_faults(d.domain),
        lambda d: action_faults(d.domain),
        interruption_faults,
        meaning_faults,
        example_faults,
        response_faults,
        placeholder_faults,
        spelling_faults,
        length_faults,
        lambda d: repetition_faults(d.examples),
    ],
    ids=["slots", "actions", "interruptions", "meanings", "examples", "responses", "placeholders", "spelling",
         "length", "repetitions"],
)  # fmt: skip
def test_the_project_has_no_faults(dialogue: Dialogue, check: Callable[[Dialogue], list[str]]) -> None:
    assert check(dialogue) == []


@pytest.mark.parametrize(
    "break_it",
    [
        lambda slots: slots["bank"].update(influence_conversation=True),
        lambda slots: slots["bank"].pop("influence_conversation"),
        lambda slots: slots["bank"].update(type="any"),
        lambda slots: slots["bank"]["mappings"][0].update(action="action_other"),
        lambda slots: slots["bank"]["mappings"][0].update(type="from_text"),
        lambda slots: slots["bank"]["mappings"][0].pop("conditions"),
        lambda slots: slots["bank"]["mappings"][0]["conditions"].pop(),
        lambda slots: slots["bank"]["mappings"].append({"type": "from_entity", "entity": "bank"}),
        lambda slots: slots["bank"].update(mappings=[]),
        lambda slots: slots.pop("bank"),
        lambda slots: slots.update(mood={"type": "text", "influence_conversation": False, "mappings": []}),
    ],
)
def test_a_wrong_slot_mapping_is_found(dialogue: Dialogue, break_it: Break) -> None:
    domain = copy.deepcopy(dialogue.domain)
    break_it(domain["slots"])
    assert slot_faults(domain)


def test_a_question_that_the_form_forgets_is_found(dialogue: Dialogue) -> None:
    domain = copy.deepcopy(dialogue.domain)
    domain["forms"]["survey_form"]["required_slots"].remove("confirm")
    assert slot_faults(domain)


def test_an_asking_action_that_is_missing_is_found(dialogue: Dialogue) -> None:
    domain = copy.deepcopy(dialogue.domain)
    domain["actions"].remove("action_ask_bank")
    assert action_faults(domain) == ["action action_ask_bank: in the domain or in the code, not in both"]


def test_an_intent_that_a_rule_for_interruptions_misses_is_found(dialogue: Dialogue) -> None:
    domain = {**dialogue.domain, "intents": [*dialogue.domain["intents"], "new_wish"]}
    missed = interruption_faults(replace(dialogue, domain=domain))
    assert len(missed) == 2
    assert all("misses new_wish" in fault for fault in missed)


def test_a_missing_rule_for_interruptions_is_found(dialogue: Dialogue) -> None:
    in_form = [rule for rule in dialogue.rules if rule["condition"] == [{"active_loop": "survey_form"}]]
    assert interruption_faults(replace(dialogue, rules=in_form))


@pytest.mark.parametrize("label", ["faq/new_question", "new_intent"])
def test_a_label_without_answer_or_words_is_found(dialogue: Dialogue, label: str) -> None:
    more = [*dialogue.examples, Example(label, "câu mới")]
    faults = meaning_faults(replace(dialogue, examples=more))
    assert any(fault.startswith(f"{label}:") for fault in faults)
    assert example_faults(replace(dialogue, examples=more)) == [f"{label}: only 1 examples"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("utter_thank", None), "utter_thank: said by an action but not written"),
        (("utter_nobody_says", "Dạ."), "utter_nobody_says: written but never said"),
    ],
)
def test_texts_and_actions_go_together(dialogue: Dialogue, change: tuple[str, str | None], fault: str) -> None:
    name, text = change
    responses = {key: value for key, value in dialogue.responses.items() if key != name}
    assert response_faults(replace(dialogue, responses=responses | ({name: text} if text else {}))) == [fault]


@pytest.mark.parametrize(
    ("name", "text", "check"),
    [
        ("utter_thank", "Dạ, {ten_khong_co} ạ.", placeholder_faults),
        ("utter_thank", "{tom_tat}", placeholder_faults),  # filled for the summary's own texts only
        ("utter_thank", "Da\u0323, cảm ơn ạ.", spelling_faults),
        ("utter_thank", "Dạ,  cảm ơn ạ.", spelling_faults),
        ("utter_thank", "Dạ, cảm ơn ạ. " * 25, length_faults),
        ("utter_faq/fees", "Không mất tiền ạ. " * 17, length_faults),  # alone it fits, beside a question it does not
    ],
)
def test_a_bad_text_is_found(dialogue: Dialogue, name: str, text: str, check: Callable[[Dialogue], list[str]]) -> None:
    assert check(replace(dialogue, responses={**dialogue.responses, name: text}))


def test_the_longest_words_cover_every_placeholder() -> None:
    given = set().union(*GIVEN_WITH_THE_TEXT.values())
    assert given <= set(longest_words())
    assert all(longest_words()[name] for name in given | {"ngan_hang", "muc_sua"})


def test_a_text_is_measured_as_it_leaves() -> None:
    choices = [{"title": "Đồng ý", "payload": "consent=yes"}]
    assert segments_of("x" * 149, []) == segments_of("x" * 149, choices) == 1
    assert segments_of("x" * 153, choices) == 2
    assert segments_of(filled("{Xung_ho} ạ"), []) == 1


def test_examples_that_fold_to_the_same_are_found() -> None:
    examples = [Example("affirm", "Tôi đồng ý nhé"), Example("affirm", "toi dong y nhe"), Example("deny", "không nhé")]
    [found] = repetitions(examples)
    assert found.labels == ["affirm"]
    assert len(repetition_faults(examples)) == 1


def test_a_spelling_on_purpose_may_stand_twice_but_not_under_two_labels() -> None:
    twice = [Example("affirm", "Vâng"), Example("affirm", "vag")]
    assert repetition_faults(twice) == []
    assert repetition_faults([*twice, Example("deny", "vang")])


def test_rasas_complaints_are_told_from_its_chatter() -> None:
    output = (
        "\x1b[93m/x/rasa/io.py:100: UserWarning: The utterance 'utter_thank' is not used in any story or rule.\n"
        "\x1b[0m2026-11-23 15:53:49 INFO     rasa.validator  - Validating utterances...\n"
        "/x/keras/utils.py:52: DeprecationWarning: jax.xla_computation is deprecated.\n"
        "\x1b[93m/x/rasa/io.py:100: UserWarning: The intent 'stopp' is not used in any story or rule.\n"
        "  More info at https://rasa.com/docs/rasa/domain\n"
        "2026-11-23 15:53:49 WARNING  rasa.validator  - Story structure conflict\n"
    )
    assert complaints_in(output) == [
        "The intent 'stopp' is not used in any story or rule.",
        "rasa.validator  - Story structure conflict",
    ]
