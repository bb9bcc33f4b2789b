"""Reading the room's own tables (`language/data/*.csv`): rows as dictionaries, comment lines left out."""

import csv
import re
from collections.abc import Iterable
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


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words in any case, the longest one first."""
    longest_first = sorted(phrases, key=len, reverse=True)
    spaced = [re.escape(phrase).replace(r"\ ", r"[^\S\n]+") for phrase in longest_first]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spaced)})(?![^\W_])", re.IGNORECASE)
