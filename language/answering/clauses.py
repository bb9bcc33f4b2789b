"""Cutting a message into clauses, for an answer and a question often come in one: "Đồng ý, nhưng sao phải …?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from language.answering.asking import asks
from language.answering.elsewhere import is_elsewhere
from language.answering.phrases import line_of

_CUT = re.compile(
    r"(?<=[?!;\n…])\s*|(?<=,)(?!\d)\s*|(?<=\.)(?=\s|\Z)\s*|(?<=[^\W\d]{2}\.)(?=[^\W\d]{2})|\s+[-–]\s+"
    r"|\s+(?=nhưng\s)|\s+(?=nhung (?!ai|gi|nguoi|giay|ngan|cai|buoc|ho|ngay|khoan|ben)\S)"
)
_LINK = re.compile(
    r"\s+(?=(?:mà|ma|thế|vậy|vay|tiện thể|tien the|nhân tiện|nhan tien|cho hỏi|cho hoi|nhân thể)\s)",
    re.IGNORECASE,
)
_BARE_THE = re.compile(r"\s+(?=(?:the)\s)", re.IGNORECASE)
_CARD_BEFORE = re.compile(r"(?:co|lam|mo|qua|vao|cai|so|mat|bang|dung|rut|cay|tien|mot|sao|gi|vay|nhu|la|cu)\s*\Z")
_HOW = re.compile(r" the nao ")
"""A word of asking by itself, no link: "ý cháu là thế nào"."""
_ONLY_A_TAG = re.compile(
    r" (?:(?:thi|the|vay|nhu the|nhu vay|co|cung|ma|nhe|a|nhi) )*(?:duoc|phai|dung|on|sao|tien|nen|co duoc"
    r"|co sao) (?:khong|chu|chua) (?:\S+ ){0,2}$"
)
_LEANS_ON_NEXT = re.compile(r" (?:neu|gia su|lo|nho|chang may|khi|luc|hoi|muon) ")


@dataclass(frozen=True)
class Clause:
    """A piece of a message as typed, whether it asks, and whether it belongs elsewhere (a death, a wrong number …)."""

    text: str
    asks: bool
    elsewhere: bool

    @property
    def states(self) -> bool:
        """Whether it may hold an answer."""
        return not (self.asks or self.elsewhere)


@lru_cache(maxsize=64)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of `text` in order."""
    pieces = [piece for piece in _CUT.split(text) if piece and any(letter.isalnum() for letter in piece)]
    return tuple(
        Clause(part, asks(part), is_elsewhere(part)) for piece in _joined(pieces or [text]) for part in _unlinked(piece)
    )


def statements(text: str) -> str:
    """What `text` states: its clauses without those that ask or belong elsewhere."""
    return " ".join(clause.text for clause in clauses_of(text) if clause.states).strip()


def is_question(text: str) -> bool:
    """Whether `text` asks and states nothing."""
    clauses = clauses_of(text)
    return any(clause.asks for clause in clauses) and not any(clause.states for clause in clauses)


def _joined(pieces: list[str]) -> list[str]:
    """A bare "được không?" asks what stands before it; "nếu …," belongs to what follows."""
    joined: list[str] = []
    for piece in pieces:
        tag = joined and _ONLY_A_TAG.match(line_of(piece))
        leans = joined and _LEANS_ON_NEXT.match(line_of(joined[-1])) and asks(piece) and not asks(joined[-1])
        if tag or leans:
            joined[-1] += " " + piece
        else:
            joined.append(piece)
    return joined


def _unlinked(piece: str) -> list[str]:
    """ "chưa có thế cần giấy tờ gì": cut where a statement goes over into a question without a comma."""
    if not asks(piece):
        return [piece]
    for link in (*_LINK.finditer(piece), *_BARE_THE.finditer(piece)):
        head, tail = piece[: link.start()], piece[link.end() :]
        if _HOW.match(line_of(tail)) or (link.re is _BARE_THE and _CARD_BEFORE.search(line_of(head).rstrip())):
            continue
        if asks(tail) and not asks(head) and not _LEANS_ON_NEXT.match(line_of(head)):
            return [head, tail]
    return [piece]
