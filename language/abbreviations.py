"""Abbreviations of texting and of the office, written out: "ko" → "không", "stk" → "số tài khoản".

The table is `data/abbreviations.csv`, compiled by hand. Columns: `short` (lower case, marks as typed); `full`;
`context`, empty or the condition below under which the row holds (the first row that holds wins; a short form without
one stays as it is, and so does one whose row gives it back); `source`, the kind of writing it comes from: `sms`,
`teen`, `office`, and words as a region says them: `north` (l and n, tr and ch, d and r taken for each other),
`central`, `south`. Bank short names (vcb, mb, acb …) are not in it: they stay.

Contexts: `first`, `last` (word of the message) · `after_number`, `not_after_number`, `beside_number` ·
`near_money` (an amount or a word of payment within three words) · `after:a|b`, `before:a|b` (the neighbouring
word, marks ignored) · `speaker` (a one-letter pronoun: lower case, not alone, no label) · `particle` (the
same, at the very end).
"""

from collections.abc import Callable, Sequence
from functools import partial

from language.tables import read_table, word_set
from language.text import nfc, strip_marks
from language.tokens import WORD_PATTERN

_Context = Callable[[Sequence[str], int], bool]

_MONEY_WORDS = word_set(
    "tien tk stk khoan dong trieu tr nghin ngan tro cap phi nh qua vao nhan mat luong thu chi rut nop"
)
_MONEY_REACH = 3
# What comes before a letter that is a label ("chọn a", "hộ b"), an initial ("Trần Văn a") or a bank's ("Nam A").
_LABELLED = word_set(
    "chon cau dap an phuong muc loai nhom ho so diem phan bang khoi lop khu lo toa hang vitamin gan van thi "
    "nam bac dong viet"
)
_BANK_AFTER = word_set("bank banh gri")
_OR = frozenset(["hay", "hoac"])


def _bare(words: Sequence[str], at: int) -> str:
    """The word at `at` without marks and case, "" beyond either end."""
    return strip_marks(words[at]).lower() if 0 <= at < len(words) else ""


def _is_number(words: Sequence[str], at: int) -> bool:
    return _bare(words, at)[:1].isdigit()


def _first(words: Sequence[str], at: int) -> bool:
    return at == 0 and len(words) > 1


def _last(words: Sequence[str], at: int) -> bool:
    return at == len(words) - 1 and at > 0


def _after_number(words: Sequence[str], at: int) -> bool:
    return _is_number(words, at - 1)


def _not_after_number(words: Sequence[str], at: int) -> bool:
    return not _is_number(words, at - 1)


def _beside_number(words: Sequence[str], at: int) -> bool:
    return _is_number(words, at - 1) or _is_number(words, at + 1)


def _near_money(words: Sequence[str], at: int) -> bool:
    around = [i for i in range(at - _MONEY_REACH, at + _MONEY_REACH + 1) if i != at]
    return any(_is_number(words, i) or _bare(words, i) in _MONEY_WORDS for i in around)


def _is_choice(words: Sequence[str], at: int, towards: int) -> bool:
    """Whether "hay" or "hoặc" joins this letter to another one: "a hay b"."""
    return _bare(words, at + towards) in _OR and len(_bare(words, at + 2 * towards)) == 1


def _speaker(words: Sequence[str], at: int) -> bool:
    if len(words) == 1 or words[at].isupper() or _beside_number(words, at):
        return False
    labelled = _bare(words, at - 1) in _LABELLED or _bare(words, at + 1) in _BANK_AFTER
    return not (labelled or _is_choice(words, at, 1) or _is_choice(words, at, -1))


def _particle(words: Sequence[str], at: int) -> bool:
    """A letter that closes the message or a question in it: "lua dao a?"."""
    return _bare(words, at + 1) in ("", "?") and _speaker(words, at)


def _after(neighbours: frozenset[str], words: Sequence[str], at: int) -> bool:
    return _bare(words, at - 1) in neighbours


def _before(neighbours: frozenset[str], words: Sequence[str], at: int) -> bool:
    return _bare(words, at + 1) in neighbours


_CONTEXTS: dict[str, _Context] = {
    "": lambda words, at: True,
    "first": _first,
    "last": _last,
    "after_number": _after_number,
    "not_after_number": _not_after_number,
    "beside_number": _beside_number,
    "near_money": _near_money,
    "speaker": _speaker,
    "particle": _particle,
}


def _context(rule: str) -> _Context:
    """Turn a `context` cell into a test; KeyError for a word that is none of the contexts above."""
    name, _, listed = rule.partition(":")
    if not listed:
        return _CONTEXTS[rule]
    neighbours = frozenset(strip_marks(word) for word in listed.split("|"))
    return partial({"after": _after, "before": _before}[name], neighbours)


def _load() -> dict[str, list[tuple[_Context, str]]]:
    table: dict[str, list[tuple[_Context, str]]] = {}
    for row in read_table("abbreviations.csv"):
        table.setdefault(row["short"], []).append((_context(row["context"]), row["full"]))
    return table


_TABLE = _load()


def is_abbreviation(word: str) -> bool:
    """Whether the lower-case NFC `word` is in the table, in whatever context."""
    return word in _TABLE


def _expanded(words: Sequence[str], at: int) -> str:
    for holds, full in _TABLE.get(words[at].lower(), ()):
        if holds(words, at):
            return full
    return words[at]


def expand(words: Sequence[str]) -> list[str]:
    """Write out the abbreviations among the NFC `words` of one message, in its order.

    As many strings come out as go in; one may hold several words ("tài khoản"). Case matters only for
    single letters ("chị A" is an initial); a word that is no abbreviation comes out as it was.
    """
    return [_expanded(words, at) for at in range(len(words))]


def expand_abbreviations(text: str) -> str:
    """`expand` within a text (any Unicode form; NFC comes out): punctuation and spacing stay."""
    composed = nfc(text)
    found = list(WORD_PATTERN.finditer(composed))
    pieces, end = [], 0
    for match, full in zip(found, expand([match.group() for match in found]), strict=True):
        pieces += [composed[end : match.start()], full]
        end = match.end()
    return "".join(pieces) + composed[end:]
