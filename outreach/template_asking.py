"""What a text must say that asks something of people. Pure.

Sources. A working way to answer, its price, and a way to stop: issue 5, and Decree 91/2020 (the way to opt out in every
message; `shared/providers.md`, "Rules of the country"), kept although notices of social policy are not advertising. The
first invitation says who speaks, that the allowance goes on as before, and where to ask, so that nobody takes it for a
swindle; the last reminder says again that nothing is lost (issue 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from language.stop_words import is_stop
from language.text import fold, has_marks
from outreach.step import StepKind
from outreach.template_findings import Fault, Finding
from outreach.templates import placeholders, without_placeholders

_ASKS = re.compile(r"\?|(?<!tin )\bnhắn\b|\b(?:trả lời|soạn|cho biết|xác nhận|bấm)\b")
_ASKS_BARE = re.compile(r"\?|(?<!tin )\bnhan (?=[a-z]+ (?:de|hoac|neu|toi|den)\b)|\b(?:tra loi|soan|cho biet|bam)\b")
_BY_ZALO = re.compile(r"\b(?:tra loi tin nay|nhan lai|quan tam|bam nut|nhan tin cho)\b")
"""On Zalo an answer costs nothing, and the message is its own way."""
_WORDS = re.compile(r"[^\W\d_]+|[^\w\s]+")
_QUOTED = re.compile(r"[“\"]([^”\"]{2,20})[”\"]")
_SPEAKS = re.compile(r"\b(?:ubnd|uy ban nhan dan)\b")
_REASSURES = re.compile(
    r"\b(?:van|tiep tuc) (?:duoc )?(?:tra|nhan|huong|linh|phat|chi tra)\b|\bnhu (?:truoc|cu|moi khi|thuong le)\b"
    r"|\bkhong mat tro cap\b|\bgiu nguyen\b"
)
_PLACE_TO_ASK = re.compile(
    r"\b(?:to truong|truong thon|truong xom|truong ban|truong ap|bo phan mot cua|tru so|tai ubnd|den ubnd)\b"
)


def asks(template: str) -> bool:
    """Whether the text wants an answer."""
    pattern = _ASKS if has_marks(template) else _ASKS_BARE
    return "cach_tra_loi" in placeholders(template) or bool(pattern.search(template.lower()))


def asking_faults(template: str, kind: StepKind, channel: str) -> list[Finding]:
    """What is missing in `template` (NFC), which goes out as a step of `kind` over `channel`."""
    return [Finding(fault) for fault in _missing(template, kind, channel)]


def _missing(template: str, kind: StepKind, channel: str) -> Iterator[Fault]:
    used, said = set(placeholders(template)), fold(without_placeholders(template))
    if asks(template):
        if "cach_tra_loi" not in used and not (channel == "zalo" and _BY_ZALO.search(said)):
            yield Fault.NO_ANSWER
        if not names_a_way_to_stop(template):
            yield Fault.NO_STOP
    if kind is StepKind.INVITATION and "phuong_xa" not in used and not _SPEAKS.search(said):
        yield Fault.NO_SPEAKER
    if kind in (StepKind.INVITATION, StepKind.FINAL) and not _REASSURES.search(said):
        yield Fault.NO_REASSURANCE
    if kind is StepKind.INVITATION and not used & {"dien_thoai", "noi_lam_viec"} and not _PLACE_TO_ASK.search(said):
        yield Fault.NO_PLACE_TO_ASK


def names_a_way_to_stop(template: str) -> bool:
    """Whether words in capitals or between quotes are some that we obey when they are sent back."""
    said = without_placeholders(template)
    tokens = _WORDS.findall(said)
    in_capitals = [" ".join(words) for big, words in groupby(tokens, key=_in_capitals) if big]
    return any(is_stop(keyword) for keyword in [*in_capitals, *_QUOTED.findall(said)])


def _in_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()
