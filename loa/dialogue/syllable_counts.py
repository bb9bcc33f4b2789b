"""`python -m loa.dialogue.syllable_counts`: how often each syllable stands in the training data, for words written
together (`language/glued_words.py`). Run it when the data has grown much; the file is committed.
"""

from __future__ import annotations

from collections import Counter

from language.reading_form import reading_form
from language.syllables import is_bare_syllable
from language.tables import DATA
from loa.dialogue.source import read_dialogue

LEAST = 4
FILE = DATA / "syllable_counts.csv"
_HEAD = "# How often each syllable stands in the training data; made by loa/dialogue/syllable_counts.py.\n"


def main() -> None:
    """Count anew and write the table."""
    counts = Counter(
        word
        for example in read_dialogue().examples
        for word in reading_form(example.text).split()
        if is_bare_syllable(word)
    )
    rows = [f"{word},{count}" for word, count in sorted(counts.items()) if count >= LEAST]
    FILE.write_text(_HEAD + "\n".join(["syllable,count", *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
