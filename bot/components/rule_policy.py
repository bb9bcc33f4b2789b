"""Rasa's rules, without its own answers to certain intents, and without reading all of a conversation each time."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class CitizenRulePolicy(RulePolicy):
    """To Rasa an intent named `restart` is its own command: it wipes the tracker, whatever the rules say.

    Here it is a citizen's wish to begin again, and a rule serves it like any other intent. Predictions are the stock
    policy's; only what cannot change them is left out: no rule looks further back than it is long, and rules without
    texts cannot match a text. That is most of a turn's time, and what made it grow with the conversation.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = chain(self.lookup.get(RULES, {}), self.lookup.get(RULES_FOR_LOOP_UNHAPPY_PATH, {}))
        rules = [json.loads(key) for key in keys]
        # While it is trained there are no rules yet: then it is the stock policy.
        self._reach = max(map(len, rules)) + 1 if rules else None
        self._has_texts = any(TEXT in state.get(USER, {}) for states in rules for state in states)

    @staticmethod
    def _find_action_from_default_actions(tracker: DialogueStateTracker) -> tuple[str | None, str | None]:
        return None, None

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        if use_text_for_last_user_input and self._reach is not None and not self._has_texts:
            return None, None, False
        found: tuple[str | None, str | None, bool] = super()._find_action_from_rules(
            tracker, domain, use_text_for_last_user_input
        )
        return found

    def _prediction_states(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        executed = sum(isinstance(event, ActionExecuted) for event in tracker.applied_events())
        if self._reach is None or executed < self._reach:
            states: list[State] = super()._prediction_states(
                tracker, domain, use_text_for_last_user_input, rule_only_data
            )
            return states
        states = self._last_states(tracker, domain, executed + 1 - self._reach)
        self.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
        return states

    @staticmethod
    def _last_states(tracker: DialogueStateTracker, domain: Domain, skipped: int) -> list[State]:
        """The conversation's states (Domain.states_for_tracker_history) but for the first `skipped`."""
        earlier = tracker.generate_all_prior_trackers()
        return [
            domain._clean_state(domain.get_active_state(before))
            for at, (before, _) in enumerate(earlier)
            if at >= skipped
        ]
