"""The forms of match files: which columns, in which order, with which words (`roster/data/match_forms.yml`). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml

from language.text import fold
from roster.changes.change_request import ChangeField
from roster.matching_police.results import MatchResult

FORMS_FILE = Path(__file__).parents[1] / "data" / "match_forms.yml"
_OURS = "%d/%m/%Y"


class Holds(StrEnum):
    """What a column may hold. There is no phone, no account and no category of allowance among it, on purpose."""

    PLACE = "place"
    KEY = "key"
    """Names the row; the results come back under it."""
    FULL_NAME = "full_name"
    BIRTH = "birth"
    GENDER = "gender"
    CITIZEN_ID = "citizen_id"
    ADDRESS = "address"
    COMMUNE = "commune"
    RESULT = "result"
    RIGHT_FULL_NAME = "right_full_name"
    RIGHT_BIRTH = "right_birth"
    RIGHT_GENDER = "right_gender"
    RIGHT_CITIZEN_ID = "right_citizen_id"
    RIGHT_ADDRESS = "right_address"
    NOTE = "note"


SENT = {
    Holds.FULL_NAME: ChangeField.FULL_NAME,
    Holds.BIRTH: ChangeField.BIRTH,
    Holds.GENDER: ChangeField.GENDER,
    Holds.CITIZEN_ID: ChangeField.CITIZEN_ID,
    Holds.ADDRESS: ChangeField.ADDRESS,
}
"""What goes out about a person."""
CORRECTED = {
    Holds.RIGHT_FULL_NAME: ChangeField.FULL_NAME,
    Holds.RIGHT_BIRTH: ChangeField.BIRTH,
    Holds.RIGHT_GENDER: ChangeField.GENDER,
    Holds.RIGHT_CITIZEN_ID: ChangeField.CITIZEN_ID,
    Holds.RIGHT_ADDRESS: ChangeField.ADDRESS,
}
"""What the police may say otherwise."""


@dataclass(frozen=True)
class Column:
    """One column: its title, what it holds, how wide it is."""

    title: str
    holds: Holds
    width: float


@dataclass(frozen=True)
class MatchForm:
    """One form. `results`: the words of each result, the first is the one that is offered."""

    key: str
    label: str
    communes: frozenset[str]
    day: str
    columns: tuple[Column, ...]
    results: Mapping[MatchResult, tuple[str, ...]]

    def title(self, holds: Holds) -> str | None:
        """The title of the column that holds this; None where the form has none."""
        return next((column.title for column in self.columns if column.holds is holds), None)

    def result(self, words: str) -> MatchResult | None:
        """The result that these words name."""
        said = fold(" ".join(words.split())).strip(" .")
        return next((one for one, known in self.results.items() if said in {fold(word) for word in known}), None)

    def written_day(self, text: str) -> str:
        """A date as this product writes it, as this form does; a year alone stays as it is."""
        return _rewritten(text, _OURS, self.day)

    def read_day(self, text: str) -> str:
        """The other way round; what is no date of this form stays as it is."""
        return _rewritten(text, self.day, _OURS)


@lru_cache(maxsize=4)
def load_forms(path: Path = FORMS_FILE) -> tuple[MatchForm, ...]:
    """The forms of the file. Raises ValueError for a form without a key, result or commune of its own column."""
    forms = tuple(_form(rule) for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["forms"])
    for form in forms:
        if None in (form.title(Holds.KEY), form.title(Holds.RESULT)) or set(form.results) != set(MatchResult):
            raise ValueError(f"match form {form.key}: it needs a key, a result and words for every result")
    return forms


def form_for(commune_code: str) -> MatchForm:
    """The form of this commune's police."""
    forms = load_forms()
    own = (form for form in forms if commune_code in form.communes)
    return next(own, None) or next(form for form in forms if not form.communes)


def form_named(key: str) -> MatchForm:
    """The form in which a file went out. Raises KeyError."""
    return {form.key: form for form in load_forms()}[key]


def _form(rule: Mapping[str, object]) -> MatchForm:
    columns, results, communes = rule["columns"], rule["results"], rule["communes"]
    assert isinstance(columns, list) and isinstance(results, dict) and isinstance(communes, list)
    return MatchForm(
        str(rule["key"]),
        str(rule["label"]),
        frozenset(map(str, communes)),
        str(rule["day"]),
        tuple(Column(str(one["title"]), Holds(one["holds"]), float(one["width"])) for one in columns),
        {MatchResult(result): tuple(map(str, words)) for result, words in results.items()},
    )


def _rewritten(text: str, before: str, after: str) -> str:
    try:
        return datetime.strptime(text, before).strftime(after)  # a day without a time
    except ValueError:
        return text
