"""What a message denies, left out: "… chứ không phải BIDV", "không phải con, cháu ngoại"."""

from __future__ import annotations

import re

from language.spans import fold_aligned

_DENIED = re.compile(
    r"(?:\b(?:chu|ma|cho) )?\b(?:khong|ko|k|kg|hong|chang|dau) (?:phai|fai)(?: la)?\s+[^,.;!?\n]{1,40}?"
    r"(?=[,;!?\n]|\.(?:\s|\Z)| ma | la | chu |\Z)"
    r"|\bthay vi\s+[^,.;!?\n]{1,30}|\btu\s+[^,.;!?\n]{2,30}?(?= sang | thanh | qua )"
)


def without_denied(text: str) -> str:
    """`text` (NFC comes out) with what it denies blanked out, so that places in it stay."""
    folded = fold_aligned(text)
    kept = list(folded.composed)
    for match in _DENIED.finditer(folded.text):
        kept[match.start() : match.end()] = " " * (match.end() - match.start())
    return "".join(kept)
