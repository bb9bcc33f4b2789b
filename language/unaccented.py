"""Text without diacritics for SMS, that no reader can take for something obscene.

Dropping the marks turns "cụ", "các", "lớn", "buổi" into words nobody may send. Two tables decide:
`data/unaccented_replacements.csv` (accented `phrase` → accented phrase to say `instead`) and
`data/obscene_unaccented.csv` (`word`: what offends, one word or two; `reads_as`; `harmless_in`: neighbours
beside which it reads well and is left alone, # for a number; `name_is_harmless`: whether it may stand as a
name; `instead`: what to put where no phrase has helped, empty for the initial, "bac C."). Compiled by hand and
checked against a public list of Vietnamese swear words (blue-eyes-vn). Left out are words that nobody misreads
in a sentence: cho, di, dam, vu, mong.
"""

import re
from typing import NamedTuple

from language.sms import is_gsm7
from language.tables import any_of, read_table
from language.text import nfc, strip_marks
from language.tone_marks import canonical_tones

_WORD_BEFORE = re.compile(r"([^\W_]+)[^\S\n]+\Z")
_WORD_AFTER = re.compile(r"[^\S\n]+([^\W_]+)")
_NUMBER = "#"
_SENTENCE_ENDS = ".!?:\n"
_ADDRESSING = frozenset(["cụ", "các", "cu", "cac"])

_TYPOGRAPHY = {
    **dict.fromkeys("–—‒―−•●▪◦·‑", "-"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f", ""),
    **{"…": "...", "×": "x", "₫": "d", "→": "->", "≤": "<=", "≥": ">=", "№": "so", "°": " do "},
}
_GSM_TYPOGRAPHY = str.maketrans(_TYPOGRAPHY)


class _Offence(NamedTuple):
    harmless_in: frozenset[str]
    name_is_harmless: bool
    instead: str


def _load_offences() -> dict[str, _Offence]:
    return {
        row["word"]: _Offence(
            frozenset(row["harmless_in"].split("|")), row["name_is_harmless"] == "yes", row["instead"]
        )
        for row in read_table("obscene_unaccented.csv")
    }


_OFFENCES = _load_offences()
_OFFENDING = any_of(list(_OFFENCES))
_INSTEAD = {row["phrase"]: row["instead"] for row in read_table("unaccented_replacements.csv")}
_REPLACED = any_of(list(_INSTEAD))


def _key(matched: str) -> str:
    return " ".join(matched.lower().split())


def _like_case(model: str, words: str) -> str:
    if len(model) > 1 and model.isupper():
        return words.upper()
    return words[:1].upper() + words[1:] if model[:1].isupper() else words


def _plain_word(found: re.Match[str] | None) -> str:
    """A neighbouring word without marks and case, "#" for a number, "" for none."""
    if found is None:
        return ""
    word = strip_marks(found.group(1)).lower()
    return _NUMBER if word[0].isdigit() else word


def _reads_well_here(word: str, match: re.Match[str]) -> bool:
    """Whether the unaccented `word` is harmless beside the neighbours of `match`."""
    before = _plain_word(_WORD_BEFORE.search(match.string, 0, match.start()))
    after = _plain_word(_WORD_AFTER.match(match.string, match.end()))
    harmless = _OFFENCES[word].harmless_in
    return f"{before} {word}" in harmless or f"{word} {after}" in harmless


def _stands_as_name(match: re.Match[str]) -> bool:
    """Whether capitals mark one word as part of a name: within a sentence, or before another capital.

    Capitals say nothing in a text that has no other letters; "Cụ" and "Các" begin forms of address.
    """
    word, text = match.group(), match.string
    if not word[0].isupper() or " " in word or text.isupper() or word.lower() in _ADDRESSING:
        return False
    before = text[: match.start()].rstrip(" ")
    inside = before != "" and before[-1] not in _SENTENCE_ENDS
    following = text[match.end() : match.end() + 2].strip()
    return inside or word.isupper() or following[:1].isupper()


def _instead_of_phrase(match: re.Match[str]) -> str:
    phrase = _key(match.group())
    plain = strip_marks(phrase)
    if _stands_as_name(match) or (plain in _OFFENCES and _reads_well_here(plain, match)):
        return match.group()
    return _like_case(match.group(), _INSTEAD[phrase])


def _offends(match: re.Match[str]) -> bool:
    word = _key(match.group())
    as_name = _OFFENCES[word].name_is_harmless and _stands_as_name(match)
    return not as_name and not _reads_well_here(word, match)


def reads_as_obscene(text: str) -> list[str]:
    """The words (or pairs of words) of an unaccented `text` that read as obscene, in order; [] if none.

    Words that bear their marks are not looked at: "các" offends only once it has become "cac".
    """
    return [match.group() for match in _OFFENDING.finditer(nfc(text)) if _offends(match)]


def _instead_of_offence(match: re.Match[str]) -> str:
    word = match.group()
    if not _offends(match):
        return word
    instead = _OFFENCES[_key(word)].instead
    if not instead or _stands_as_name(match):
        return word[0] + "."
    return _like_case(word, instead)


def _as_gsm7(text: str) -> str:
    """Marks off, typographic signs as plain ones, anything else that GSM-7 lacks becomes a space."""
    plain = strip_marks(text.translate(_GSM_TYPOGRAPHY))
    spaced = "".join(c if is_gsm7(c) else " " for c in plain)
    return "\n".join(re.sub(" {2,}", " ", line).strip(" ") for line in spaced.split("\n"))


def unaccent_for_sms(text: str) -> str:
    """`text` without diacritics, reworded where it would read as obscene, and pure GSM-7.

    "Mời các cụ đến buổi sáng" → "Moi Ong/Ba den sang". Spaces at line ends and double spaces fall away.
    `reads_as_obscene` of what comes out is always [].
    """
    plain = _as_gsm7(_REPLACED.sub(_instead_of_phrase, canonical_tones(text)))
    while reads_as_obscene(plain):
        plain = _OFFENDING.sub(_instead_of_offence, plain)
    return plain
