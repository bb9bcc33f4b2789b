"""Reading rehearsal files: every fault named by file, citizen and field; nothing is played from a faulty file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from language.text import fold
from loa.rehearsal.citizen import Citizen, Expectation, PersonCard
from loa.rehearsal.comparing import CLAIM_FIELDS
from loa.rehearsal.script import ASIDES
from roster.survey.questions import Question

_REASONS = {
    "missing": "thiếu mục này",
    "literal_error": "phải là một trong: {expected}",
    "enum": "phải là một trong: {expected}",
    "int_parsing": "phải là số nguyên",
    "bool_parsing": "phải là true hoặc false",
    "string_type": "phải là chữ",
    "string_too_short": "không được để trống",
    "too_short": "không được để trống",
    "list_type": "phải là một danh sách",
    "dict_type": "phải là các cặp khóa: giá trị",
    "model_type": "phải là các cặp khóa: giá trị",
    "greater_than_equal": "ít nhất là {ge}",
    "less_than_equal": "nhiều nhất là {le}",
}
_ANSWERABLE = frozenset(question.value for question in Question) | ASIDES


class BadRehearsal(ValueError):
    """Files that cannot be played; `str()` has one line a fault, in Vietnamese."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


class _AsWritten(yaml.SafeLoader):
    """Keeps every scalar as it is written: 0011 stays 0011, yes stays yes; the models read what is no text."""


_AsWritten.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:merge"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass
class Read:
    """What was read: the citizens in order, and remarks on what is not used."""

    citizens: list[Citizen] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_citizens(path: Path) -> Read:
    """The citizens of a file, or of every *.yml and *.yaml below a folder. Raises BadRehearsal."""
    read = Read()
    faults: list[str] = []
    for file in _files(path):
        for place, entry in enumerate(_entries(file, faults), 1):
            who = _who(file, place, entry)
            try:
                read.citizens.append(Citizen.model_validate(entry).from_file(file))
            except ValidationError as error:
                faults += [f"{who}: {_field(one)}: {_reason(one)}" for one in error.errors()]
            read.remarks += [f"{who}: mục “{name}” không được dùng" for name in _unused(entry)]
    if faults:
        raise BadRehearsal(faults)
    return read


def select(citizens: Sequence[Citizen], tag: str | None) -> list[Citizen]:
    """Those of `citizens` whose folder or tags are `tag`, or whose name holds it; all where there is no tag."""
    if not tag:
        return list(citizens)
    wanted = fold(tag)
    return [one for one in citizens if wanted in _tags(one) or wanted in fold(one.name)]


def _tags(citizen: Citizen) -> set[str]:
    return {fold(tag) for tag in (citizen.source.parent.name, citizen.source.stem, *citizen.tags)}


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path.resolve()]
    found = sorted(file.resolve() for pattern in ("*.yml", "*.yaml") for file in path.rglob(pattern))
    if not found:
        raise BadRehearsal([f"{path}: không có tệp .yml nào"])
    return found


def _entries(file: Path, faults: list[str]) -> list[Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_AsWritten)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (dòng {mark.line + 1})" if mark else ""
        faults.append(f"{file.name}{line}: không đọc được YAML: {getattr(error, 'problem', None) or error}")
        return []
    if not isinstance(content, list):
        faults.append(f"{file.name}: tệp phải là một danh sách người dân")
        return []
    return content


def _who(file: Path, place: int, entry: Any) -> str:
    name = entry.get("name") if isinstance(entry, dict) else None
    return f"{file.name}, người thứ {place}" + (f" “{name}”" if name else "")


def _field(error: ErrorDetails) -> str:
    return ".".join(str(part) for part in error["loc"]) or "(cả mục)"


def _reason(error: ErrorDetails) -> str:
    reason = _REASONS.get(error["type"])
    return reason.format(**error.get("ctx", {})) if reason else error["msg"]


def _unused(entry: Any) -> Iterator[str]:
    """The keys of `entry` that mean nothing to a rehearsal: most often a slip of the pen."""
    if not isinstance(entry, dict):
        return
    parts: list[tuple[str, Any, type[BaseModel]]] = [
        ("", entry, Citizen),
        ("person.", entry.get("person"), PersonCard),
        ("expect.", entry.get("expect"), Expectation),
    ]
    for prefix, part, model in parts:
        if isinstance(part, dict):
            yield from (f"{prefix}{key}" for key in part if key not in model.model_fields)
    for name in ("answers", "interrupts"):
        yield from (f"{name}.{key}" for key in _keys(entry.get(name)) if key not in _ANSWERABLE)
    expected = entry.get("expect")
    claim = expected.get("claim") if isinstance(expected, dict) else None
    yield from (f"expect.claim.{key}" for key in _keys(claim) if key not in CLAIM_FIELDS)


def _keys(part: Any) -> list[str]:
    return list(part) if isinstance(part, dict) else []
