"""Our rule policy against Rasa's own, with the project's trained rules. Run by test_in_rasa.py."""

from __future__ import annotations

import copy
import unittest
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, LoopInterrupted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.quiet_logs import keep_logs_wordless, keep_warnings_silent
from bot.components.rule_policy import CitizenRulePolicy

ROOT = Path(__file__).resolve().parents[4]
LISTEN = "action_listen"


def said(intent: str) -> list[Event]:
    return [ActionExecuted(LISTEN), UserUttered("…", {"name": intent, "confidence": 0.9})]


def served(intent: str) -> list[Event]:
    return [*said(intent), ActionExecuted("action_serve")]


BEGUN = [*served("start_survey"), ActionExecuted("survey_form"), ActiveLoop("survey_form"),
         SlotSet("requested_slot", "consent")]  # fmt: skip
ANSWERED = [*said("inform"), ActionExecuted("survey_form"), SlotSet("requested_slot", "bank")]
INTERRUPTED = [*served("faq"), LoopInterrupted(True), ActionExecuted("survey_form"), SlotSet("requested_slot", "bank")]
FINISHED = [*said("affirm"), ActionExecuted("survey_form"), ActiveLoop(None), SlotSet("requested_slot", None)]
CONVERSATIONS: dict[str, list[Event]] = {
    "nothing yet": [],
    "greeted": said("greet"),
    "small talk": [*served("greet") * 9, *said("thank")],
    "the wish to begin again": [*served("greet") * 5, *said("restart")],
    "in the survey": [*BEGUN, *ANSWERED * 6],
    "asks in the survey": [*BEGUN, *ANSWERED * 6, *said("faq")],
    "answers after a question": [*BEGUN, *INTERRUPTED * 4, *said("inform")],
    "has finished": [*BEGUN, *ANSWERED * 8, *FINISHED],
    "talks after it": [*BEGUN, *ANSWERED * 8, *FINISHED, ActionExecuted("action_finish"), *said("thank")],
}


class RulePolicyChecks(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        keep_warnings_silent()
        keep_logs_wordless()
        processor = Agent.load(str(ROOT / "models")).processor
        assert processor is not None
        cls.domain = processor.domain
        nodes = processor.graph_runner._instantiated_nodes.values()
        cls.ours = next(n._component for n in nodes if isinstance(n._component, CitizenRulePolicy))
        cls.stock = copy.copy(cls.ours)
        cls.stock.__class__ = RulePolicy

    def test_it_predicts_what_rasas_own_predicts_at_every_step(self) -> None:
        for name, events in CONVERSATIONS.items():
            for so_far in range(1, len(events) + 1):
                tracker = DialogueStateTracker.from_events("t", events[:so_far], self.domain.slots, domain=self.domain)
                if tracker.latest_message and tracker.latest_message.intent.get("name") == "restart":
                    continue
                ours = self.ours.predict_action_probabilities(tracker, self.domain)
                stock = self.stock.predict_action_probabilities(tracker, self.domain)
                self.assertEqual(ours.probabilities, stock.probabilities, (name, so_far))
                self.assertEqual(ours.events, stock.events, (name, so_far))
                self.assertEqual(ours.is_end_to_end_prediction, stock.is_end_to_end_prediction, (name, so_far))

    def test_only_the_wish_to_begin_again_differs(self) -> None:
        events = CONVERSATIONS["the wish to begin again"]
        tracker = DialogueStateTracker.from_events("t", events, self.domain.slots, domain=self.domain)
        for policy, action in ((self.ours, "action_serve"), (self.stock, "action_restart")):
            probabilities = policy.predict_action_probabilities(tracker, self.domain).probabilities
            best = max(range(len(probabilities)), key=probabilities.__getitem__)
            self.assertEqual(self.domain.action_names_or_texts[best], action)

    def test_long_conversations_are_not_read_from_the_start(self) -> None:
        events = [*BEGUN, *ANSWERED * 30]
        tracker = DialogueStateTracker.from_events("t", events, self.domain.slots, domain=self.domain)
        whole = RulePolicy._prediction_states(self.stock, tracker, self.domain)
        ours = self.ours._prediction_states(tracker, self.domain)
        self.assertLess(len(ours), 12)
        self.assertEqual(ours, whole[-len(ours) :])


if __name__ == "__main__":
    unittest.main()
