"""Where the account is opened and when the team may come, and why cash is better: the answers in free words."""

from __future__ import annotations

import re

from language.answering.clauses import clauses_of, statements
from language.answering.phrases import first_said, line_of, says
from language.answering.reading import Open
from language.answering.yes_no import Short, brief_answer
from language.syllables import is_bare_syllable
from language.times import describe, find_visit_time

ANY_TIME = "lúc nào cũng được"

_PLACE = re.compile(
    r" (?:cho|dua|deo|dan|lai xe cho|keo) (?:\S+ ){1,3}?(?:ra|len|den|toi|xuong|vao) (phuong|phg|xa|uy ban"
    r"|ub|ubnd|ngan hang|nha bang)"
)
_ANY = re.compile(r" (?:luc|hom|ngay|buoi|gio|khi) nao (?:\S+ ){0,4}?(?:cung|tien|ranh) ")
_BUSY = re.compile(r" (?:nam vien|di vien|o vien|nhap vien|vang nha|di vang|ve que|di choi|ban ca|co dam|co viec)(?= )")
_PROPOSES = re.compile(r" (?:duoc|tien|on) (?:khong|chu)| (?:nhe|nha|ha) ")
_GIVES_REASON = re.compile(r" (?:vi|tai|boi|do|tai vi|boi vi|vi la|de|muon|thich|ngai|so) ")
_FEWEST_WORDS = 2
_MOST_UNREADABLE = 0.4


def opening(text: str, open_: Open) -> str | None:
    """`home`, `ward` or `self`: where, first; why one cannot go, and bare names of places, second."""
    stated = [clause.text for clause in clauses_of(text) if clause.states]
    plain = next((value for value in map(_plainly, stated) if value), None)
    if plain:
        return plain
    for clause in stated:
        weak = first_said(clause, "opening", "home_weak", "ward_weak", "self_weak")
        if weak:
            return weak.removesuffix("_weak")
    return None


def opening_plainly(text: str) -> str | None:
    """The same where `text` names the place in so many words, whatever is open."""
    return next((v for c in clauses_of(text) if c.states and (v := _plainly(c.text))), None)


def _plainly(clause: str) -> str | None:
    taken = _PLACE.search(line_of(clause))
    if taken:
        return "self" if taken[1] in ("ngan hang", "nha bang") else "ward"
    return first_said(clause, "opening", "home", "ward", "self")


def visit_time(text: str, open_: Open) -> str | None:
    """The time in words, or that any will do. A time proposed ("thứ 7 có được không?") is an answer too."""
    named = time_plainly(text)
    if named:
        return named
    for clause in clauses_of(text):
        found = find_visit_time(clause.text) if clause.asks and _PROPOSES.search(line_of(clause.text)) else None
        if found:
            return describe(found.value)
    stated = statements(text)
    easy = bool(stated) and (says(stated, "visit_time", "any") or bool(_ANY.search(line_of(stated))))
    return ANY_TIME if easy else None


def time_plainly(text: str) -> str | None:
    """The time that the statements of `text` name; when one is in hospital is no time for a visit."""
    stated = [clause.text for clause in clauses_of(text) if clause.states]
    found = find_visit_time(" ".join(piece for piece in stated if not _BUSY.search(line_of(piece))))
    return describe(found.value) if found else None


def cash_reason(text: str, open_: Open) -> str | None:
    """Why cash is better; "other" for a reason that fits none, for it is respected all the same."""
    stated = statements(text)
    found = reason_plainly(text) or first_said(stated, "cash_reason", "no_atm_weak", "prefers_weak")
    if found:
        return found.removesuffix("_weak")
    if brief_answer(text) in (Short.UNSURE, Short.NO):
        return "other"
    return None


_REASONS = ("no_phone", "no_atm", "disability", "cannot_travel", "distrust", "prefers")


def reason_plainly(text: str) -> str | None:
    """The reason that the statements of `text` tell in so many words; a plain liking counts last."""
    stated = [clause.text for clause in clauses_of(text) if clause.states]
    found = [value for clause in stated if (value := first_said(clause, "cash_reason", *_REASONS))]
    return next((value for value in found if value != "prefers"), found[0] if found else None)


def other_reason(text: str) -> str | None:
    """ "other" where `text` states something readable at all."""
    stated = statements(text).split()
    unreadable = sum(not is_bare_syllable(word.strip(".,;:!").lower()) for word in stated)
    readable = len(stated) >= _FEWEST_WORDS and unreadable <= _MOST_UNREADABLE * len(stated)
    return "other" if readable else None


def gives_reason(text: str) -> bool:
    """Whether `text` begins like a reason: "vì …", "tại …"."""
    return bool(_GIVES_REASON.match(line_of(text)))
