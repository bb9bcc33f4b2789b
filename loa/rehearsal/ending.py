"""How a conversation ended, what it left on the roster, and in what that differs from what was expected. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from conversations.rehearsal_report import Difference
from language.text import fold
from loa.rehearsal.citizen import NO_GROUP, Citizen, Expectation
from loa.rehearsal.comparing import CLAIM_FIELDS, same_value

_UNFILLED = re.compile(r"\{\w+\}")
_NO_CITIZEN_DETAIL = frozenset({"state", "consent", "confirm"})


@dataclass(frozen=True)
class Ending:
    """What stands after the last word. `claim`: its values by the names of `expect.claim`; None where there is none."""

    group: str = NO_GROUP
    claim: Mapping[str, str] | None = None
    escalated: bool = False
    opted_out: bool = False
    answered: frozenset[str] = frozenset()
    said: Sequence[str] = ()
    """Every text that reached the citizen, the invitation included."""


def differences(citizen: Citizen, ending: Ending, fill: Callable[[str], str] = str) -> list[Difference]:
    """In what `ending` is not as `citizen` expects; [] when it is exact. `fill` fills placeholders in expectations."""
    expected = citizen.expect
    return [
        *_of_group(expected, ending),
        *_of_claim(expected, ending, fill),
        *_of_flags(expected, ending),
        *_of_words(expected, ending, fill),
    ]


def _of_group(expected: Expectation, ending: Ending) -> Iterator[Difference]:
    if expected.group is not None and expected.group != ending.group:
        yield Difference("group", str(expected.group), ending.group)


def _of_claim(expected: Expectation, ending: Ending, fill: Callable[[str], str]) -> Iterator[Difference]:
    if ending.claim is None:
        if expected.claim is not None:
            yield Difference("claim", "có", "không có")
        return
    if expected.claim is None:
        if expected.expects_no_claim and ending.group != expected.group:
            yield from _unwanted(ending.claim)
        return
    for name, value in expected.claim.items():
        actual = ending.claim.get(name)
        if not same_value(name, fill(value), actual):
            wrong = actual is not None and name not in _NO_CITIZEN_DETAIL
            yield Difference(f"claim.{name}", fill(value) or NO_GROUP, actual or "không có", wrong)


def _unwanted(claim: Mapping[str, str]) -> Iterator[Difference]:
    """Every value of a claim that should not exist: none of them was to reach the roster."""
    yield Difference("claim", "không có", "có")
    for name in sorted(CLAIM_FIELDS - _NO_CITIZEN_DETAIL):
        if name in claim:
            yield Difference(f"claim.{name}", "không có", claim[name], True)


def _of_flags(expected: Expectation, ending: Ending) -> Iterator[Difference]:
    for name, wanted, actual in (
        ("escalated", expected.escalated, ending.escalated),
        ("opted_out", expected.opted_out, ending.opted_out),
    ):
        if wanted is not None and wanted != actual:
            yield Difference(name, _yes_no(wanted), _yes_no(actual))


def _of_words(expected: Expectation, ending: Ending, fill: Callable[[str], str]) -> Iterator[Difference]:
    for label in expected.answered:
        if label not in ending.answered:
            yield Difference("answered", label, ", ".join(sorted(ending.answered)) or "không có")
    for words in map(fill, expected.says):
        if not _was_said(words, ending.said):
            yield Difference("says", words, "không nói", words=words)
    for words in map(fill, expected.never_says):
        if _was_said(words, ending.said):
            yield Difference("never_says", f"không nói “{words}”", "đã nói", words=words)
    for unfilled in sorted({one for text in ending.said for one in _UNFILLED.findall(text)}):
        yield Difference("never_says", "không còn chỗ chưa điền", unfilled, words=unfilled)


def _was_said(words: str, said: Sequence[str]) -> bool:
    """Compared without marks and case: on SMS the office writes without diacritics."""
    return any(fold(words) in fold(text) for text in said)


def _yes_no(flag: bool) -> str:
    return "có" if flag else "không"
