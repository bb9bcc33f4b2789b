"""Hard words of offices, each with a plainer one (`data/plain_words.csv`).

A text with its marks is compared with them, for "căn cứ" is hard and "cần cụ" is nothing; one typed without marks is
compared without; there a single syllable says too little ("nham" is nhằm or nhầm), so only phrases count.
"""

from typing import NamedTuple

from language.tables import any_of, read_table
from language.text import has_marks, strip_marks
from language.tone_marks import canonical_tones


class HardWord(NamedTuple):
    """`found` as it stands in the text, and what to say instead."""

    found: str
    plainer: str


_PLAINER = {canonical_tones(row["phrase"]): row["plainer"] for row in read_table("plain_words.csv")}
_BARE = {strip_marks(phrase): plainer for phrase, plainer in _PLAINER.items() if " " in phrase}
_HARD, _HARD_BARE = any_of(_PLAINER), any_of(_BARE)


def hard_words(text: str) -> list[HardWord]:
    """The hard words of `text` in their order, each once."""
    table, pattern = (_PLAINER, _HARD) if has_marks(text) else (_BARE, _HARD_BARE)
    found = (match.group() for match in pattern.finditer(canonical_tones(text)))
    return list({word.lower(): HardWord(word, table[" ".join(word.lower().split())]) for word in found}.values())
