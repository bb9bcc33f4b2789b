"""The smallest steps on Vietnamese text: composing, stripping marks, folding for comparison."""

import unicodedata

_STROKED_D = str.maketrans("đĐ", "dD")

# The seven marks that Vietnamese letters can carry: grave, acute, tilde, hook above, dot below,
# circumflex, breve and horn. Other scripts' combining marks are left alone by has_marks.
_VIETNAMESE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")


def nfc(s: str) -> str:
    """Compose `s` to Unicode NFC, the one form this project stores and sends."""
    return unicodedata.normalize("NFC", s)


def strip_marks(s: str) -> str:
    """Remove every diacritic from Latin letters, đ→d and Đ→D; case and all else stay.

    Takes composed or decomposed text; what comes out is NFC.
    """
    if s.isascii():
        return s
    decomposed = unicodedata.normalize("NFD", s.translate(_STROKED_D))
    return nfc("".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))


def collapse_spaces(s: str) -> str:
    """Turn every run of white space (no-break and line breaks too) into one space; strip the ends."""
    return " ".join(s.split())


def fold(s: str) -> str:
    """Lower case, no marks, single spaces, punctuation kept: the form to search and compare by."""
    return collapse_spaces(strip_marks(s).lower())


def fold_name(s: str) -> str:
    """`fold`, then only letters and single spaces are left: the form to compare names by."""
    return collapse_spaces("".join(c if c.isalpha() else " " for c in fold(s)))


def has_marks(s: str) -> bool:
    """Whether any letter of `s` is đ or carries a Vietnamese mark: does this person write with diacritics?"""
    if s.isascii():
        return False
    decomposed = unicodedata.normalize("NFD", s)
    return any(c in _VIETNAMESE_MARKS or c in "đĐ" for c in decomposed)


def shows_marks(s: str) -> bool | None:
    """Whether whoever wrote `s` writes with diacritics; None where so little ("BIDV", "1", "co") says nothing.

    Two words without a mark, neither of them capitals alone, are taken for somebody who types none.
    """
    if has_marks(s):
        return True
    words = "".join(c if c.isalpha() else " " for c in s).split()
    return False if sum(len(word) > 1 and not word.isupper() for word in words) > 1 else None
