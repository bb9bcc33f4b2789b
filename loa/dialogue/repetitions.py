"""Training examples that read the same once folded: said twice they weigh double, under two labels they contradict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from language.reading_form import reading_form
from loa.dialogue.source import Example


@dataclass(frozen=True)
class Repetition:
    """One reading form and the examples that fold to it."""

    form: str
    examples: tuple[Example, ...]

    @property
    def labels(self) -> list[str]:
        """The labels that it stands under, in order."""
        return sorted({example.label for example in self.examples})

    def __str__(self) -> str:
        return f"“{self.form}”: " + ", ".join(f"{one.label} “{one.text}”" for one in self.examples)


SPELLINGS_ON_PURPOSE = frozenset(
    {
        "vang", "vang a", "dung roi", "duoc", "dong y", "ok", "u", "khong", "khong phai", "khong bao gio", "deo",
        "tam biet", "xin chao", "giup voi", "mo lai tin nhan", "dung lai", "dung nhan nua", "cam on", "hen xui",
        "bon lua dao phai khong", "sang thu 7",
    }
)  # fmt: skip
"""Words of every day whose spellings the classifier is to see, folding or not: Telex, VNI, teencode, slips."""


def repetitions(examples: Iterable[Example]) -> list[Repetition]:
    """All reading forms that several of `examples` share, in alphabetical order."""
    by_form: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_form[reading_form(example.text)].append(example)
    return [Repetition(form, tuple(same)) for form, same in sorted(by_form.items()) if len(same) > 1]


def repetition_faults(examples: Iterable[Example]) -> list[str]:
    """Repetitions that are not on purpose; under two labels nothing is."""
    return [
        f"the same to the classifier: {repetition}"
        for repetition in repetitions(examples)
        if len(repetition.labels) > 1 or repetition.form not in SPELLINGS_ON_PURPOSE
    ]
