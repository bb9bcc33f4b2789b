"""The dialogue's files as they lie in the project, read as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from core.settings import ROOT


@dataclass(frozen=True)
class Example:
    """One training utterance. `label`: the intent in full ("faq/fees")."""

    label: str
    text: str


@dataclass(frozen=True)
class Dialogue:
    """Everything that Rasa is trained from. `responses`: name → text (the project writes one text a response)."""

    domain: dict[str, Any]
    rules: list[dict[str, Any]]
    examples: list[Example]
    responses: dict[str, str]

    @property
    def labels(self) -> set[str]:
        """Every label that has examples."""
        return {example.label for example in self.examples}


class TwoTexts(ValueError):
    """A response that is written twice, or with several texts: only one of them would ever be checked."""


def read_dialogue(root: Path = ROOT) -> Dialogue:
    """Read domain.yml and bot/data under `root`. Raises TwoTexts, and OSError or yaml.YAMLError for a broken file."""
    data = root / "bot" / "data"
    return Dialogue(
        domain=_load(root / "domain.yml"),
        rules=[rule for file in _files(data / "rules") for rule in _load(file)["rules"]],
        examples=list(_examples(data / "nlu")),
        responses=_responses(data / "responses"),
    )


def _load(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return loaded


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.yml"))


def _examples(folder: Path) -> Iterator[Example]:
    for file in _files(folder):
        for block in _load(file)["nlu"]:
            for line in block["examples"].splitlines():
                if line.strip():
                    yield Example(block["intent"], line.strip().removeprefix("- ").strip())


def _responses(folder: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for file in _files(folder):
        for name, variants in _load(file)["responses"].items():
            if name in texts or len(variants) != 1:
                raise TwoTexts(name)
            texts[name] = variants[0]["text"]
    return texts
