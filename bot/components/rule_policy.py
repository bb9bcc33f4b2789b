"""Rasa's rules, without its built-in answers to certain intents."""

from __future__ import annotations

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class CitizenRulePolicy(RulePolicy):
    """To Rasa an intent named `restart` is its own command: it wipes the tracker, whatever the rules say.

    Here it is a citizen's wish to begin again, and a rule serves it like any other intent.
    """

    @staticmethod
    def _find_action_from_default_actions(tracker: DialogueStateTracker) -> tuple[str | None, str | None]:
        return None, None
