"""What the bot offers when two readings are close: "Ý bác là …?"."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from bot.actions.choices import Choice


@lru_cache
def _meanings() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load((Path(__file__).parent / "meanings.yml").read_text(encoding="utf-8"))
    return loaded


def meaning_choices(labels: list[str]) -> list[Choice]:
    """One choice a label, in the citizen's words."""
    return [{"title": _meanings()[label], "payload": f"intent={label}"} for label in labels if label in _meanings()]
