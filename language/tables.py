"""Reading the room's own tables (`language/data/*.csv`): rows as dictionaries, comment lines left out."""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of `language/data/<name>`, keyed by the header line; lines that start with # are comments."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def word_set(words: str) -> frozenset[str]:
    """The words of a string, as a set: how this room writes its small lists."""
    return frozenset(words.split())


def comma_set(phrases: str) -> frozenset[str]:
    """The phrases of a string, commas between them, as a set."""
    return frozenset(phrase.strip() for phrase in phrases.split(","))
