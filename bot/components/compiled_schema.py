"""Checking the action server's answers without checking, each time, the schema they are checked against.

Rasa calls `jsonschema.validate` for every action: that validates the schema itself against its meta-schema first, which
takes 20 ms and more a call, four fifths of a whole turn. The schema never changes: here it is checked once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


@lru_cache
def _compiled() -> Validator:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """As RemoteAction's own: True, or jsonschema's ValidationError."""
    _compiled().validate(result)
    return True


def use_compiled_schema() -> None:
    """Let every remote action of this process check its answer with the compiled schema."""
    RemoteAction._validate_action_result = _validate_action_result
