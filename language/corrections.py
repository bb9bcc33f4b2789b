"""What somebody corrects: "à nhầm, số cuối là 7", "không phải Hoa mà là Hòa", "đổi lại ngân hàng agribank".

Finding it says what is meant; whether it fits the value on file is for the caller, and for
`apply_to_digits`, which changes a number only where the correction fits it in exactly one way.
"""

from language.correction import Correction, CorrectionKind, Field
from language.digit_corrections import DigitChange, DigitChangeKind, find_digit_change
from language.digits import find_digit_runs
from language.value_corrections import find_value_correction

__all__ = ["Correction", "CorrectionKind", "Field", "apply_to_digits", "find_correction"]


def find_correction(text: str) -> Correction | None:
    """What `text` corrects, or None. A call to the wrong person ("nhầm số rồi") is none.

    Many ways to say that something is wrong are also a plain no ("không đúng") or about something else; ask
    where there is something to correct.
    """
    change = find_digit_change(text)
    if change is None:
        return find_value_correction(text)
    kind = CorrectionKind(change.kind.value)
    return Correction(kind, new=change.digits or None, position=change.position)


def apply_to_digits(number: str, correction: Correction) -> str | None:
    """`number` (digits only) with the correction made; None where it does not fit in exactly one way."""
    if correction.kind is CorrectionKind.REPLACE:
        return _replaced(number, correction.old or "", correction.new or "")
    if correction.kind in (CorrectionKind.NEW_VALUE, CorrectionKind.FIELD):
        runs = find_digit_runs(correction.new or "")
        return runs[0].value if len(runs) == 1 else None
    try:
        kind = DigitChangeKind(correction.kind.value)
    except ValueError:
        return None
    return DigitChange(kind, correction.new or "", correction.position).apply(number)


def _replaced(number: str, old: str, new: str) -> str | None:
    if not (old.isdigit() and new.isdigit()):
        return None
    places = [i for i in range(len(number)) if number.startswith(old, i)]
    return number[: places[0]] + new + number[places[0] + len(old) :] if len(places) == 1 else None
