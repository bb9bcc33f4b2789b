"""Words written together ("chogapcanbo") taken apart again, by how often each syllable stands in such messages.

A word is taken apart only if it is no syllable itself, all its pieces are syllables that are used here, and the pieces
together are likelier than chance would make them: names of banks and applications stay whole.
"""

import math
from functools import lru_cache

from language.syllables import is_bare_syllable
from language.tables import read_table, word_set

SHORTEST, LONGEST = 5, 40
_LONGEST_SYLLABLE = 7
_LEAST_LIKELY = -7.5
"""Mean logarithm of the pieces' shares; found on the training data: glued words lie above, foreign ones below."""
_WHOLE = word_set(
    "zalo momo vneid viber gmail email video radio camera internet facebook telegram messenger hanoi online resume"
    " delete photo location nokia delay maybe viettel vinaphone mobifone agribank sacombank techcom vietcom vietin"
    " lienviet seabank shopee lazada tiktok"
)


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    counts = {row["syllable"]: int(row["count"]) for row in read_table("syllable_counts.csv")}
    total = sum(counts.values())
    return {syllable: math.log(count / total) for syllable, count in counts.items()}


@lru_cache(maxsize=8192)
def taken_apart(word: str) -> str:
    """`word` (lower case, without marks) with spaces between its syllables, or as it is where it is no such word."""
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()) or word in _WHOLE or is_bare_syllable(word):
        return word
    found = _likeliest(word)
    if found is None:
        return word
    pieces, share = found
    return " ".join(pieces) if share / len(pieces) >= _LEAST_LIKELY else word


def _likeliest(word: str) -> tuple[list[str], float] | None:
    """The likeliest way to cut `word` into syllables, with the sum of their shares; None where there is none."""
    shares = _shares()
    best: list[tuple[list[str], float] | None] = [([], 0.0)]
    for end in range(1, len(word) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            before, piece = best[start], word[start:end]
            if before is not None and piece in shares and (len(piece) > 1 or piece == "o"):
                ways.append(([*before[0], piece], before[1] + shares[piece]))
        best.append(max(ways, key=lambda way: way[1]) if ways else None)
    return best[-1]
