"""Which approved template a step uses on Zalo, and what fills its parameters.

A template is approved word for word, so the operator writes it down once more for us, in the file that
LOA_ZALO_TEMPLATES_FILE names:

    {"invitation": {"id": "500001",
                    "body": "Kính gửi <ten>. <phuong> kính mời … Mã hồ sơ: <ma>.",
                    "parameters": {"ten": {"text": "{xung_ho} {ten_goi}", "longest": 30},
                                   "phuong": {"text": "UBND {phuong_xa}", "longest": 50},
                                   "ma": {"text": "{ma_ho_so}"}}}}

The keys are kinds of steps (`outreach.step.StepKind`), the placeholders those of `outreach.templates`. `as_text` gives
the whole in the language of our own templates, so that previews and `outreach.template_checks` work on it as on any
other text. Lengths: https://zalo.cloud/zns/guidelines/template-parameters, counted in the composed form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from language.text import nfc
from outreach.channels.adapter import ProviderTemplate
from outreach.channels.zalo.settings import zalo_settings
from outreach.step import StepKind
from outreach.templates import CampaignWords, PlaceholderError, Recipient, render

_PARAMETER = re.compile(r"<(\w+)>")


class ParameterKind(StrEnum):
    """What Zalo lets a parameter hold."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


_FORMS = {
    ParameterKind.TEXT: re.compile(r".+", re.DOTALL),
    ParameterKind.NUMBER: re.compile(r"\d+(?:[.,]\d+)*"),
    ParameterKind.DATE: re.compile(r"(?:(?:\d{2}:){1,2}\d{2} )?\d{2}/\d{2}/\d{4}|(?:\d{2}:){1,2}\d{2}|\d{2}/\d{4}"),
}
_FORM_WORDS = {ParameterKind.NUMBER: "phải là số", ParameterKind.DATE: "phải là ngày tháng"}


class ZaloParameter(BaseModel):
    """One parameter: our text that fills it, and the most letters that the template allows it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1)
    longest: int = Field(default=30, gt=0)
    kind: ParameterKind = ParameterKind.TEXT


class ZaloTemplate(BaseModel):
    """An approved template: its id at Zalo, its text with `<name>` for each parameter, and the parameters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    body: str = Field(min_length=1)
    parameters: dict[str, ZaloParameter] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _body_and_parameters_agree(self) -> Self:
        in_body = set(_PARAMETER.findall(self.body))
        if in_body != set(self.parameters):
            odd = ", ".join(sorted(in_body ^ set(self.parameters)))
            raise ValueError(f"body and parameters do not name the same: {odd}")
        return self


class MappingRefused(ValueError):
    """The file of templates cannot be used; `str()` says where and why."""


class ParameterRefused(ValueError):
    """A parameter that cannot be filled for this person. `reason` is Vietnamese and holds no value."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(f"<{parameter}>: {reason}")
        self.parameter = parameter
        self.reason = reason


@dataclass(frozen=True)
class Filled:
    """A template filled for one person: what goes to Zalo, and the text that the person reads."""

    template: ProviderTemplate
    body: str


def step_templates() -> Mapping[StepKind, ZaloTemplate]:
    """The templates by kind of step; empty where no file is set. Raises MappingRefused."""
    file = zalo_settings().templates_file
    if file is None:
        return {}
    try:
        written = file.stat()
        return _read(file, (written.st_mtime_ns, written.st_size))
    except OSError as error:
        raise MappingRefused(type(error).__name__) from None


def fill(template: ZaloTemplate, recipient: Recipient, campaign: CampaignWords) -> Filled:
    """`template` for one person. Pure. Raises ParameterRefused for the first parameter that cannot be filled."""
    data = {name: _value(name, parameter, recipient, campaign) for name, parameter in template.parameters.items()}
    body = _PARAMETER.sub(lambda match: data[match.group(1)], template.body)
    return Filled(ProviderTemplate(template.id, data), nfc(body))


def as_text(template: ZaloTemplate) -> str:
    """The template in the language of `outreach.templates`. Pure."""
    return nfc(_PARAMETER.sub(lambda match: template.parameters[match.group(1)].text, template.body))


def _value(name: str, parameter: ZaloParameter, recipient: Recipient, campaign: CampaignWords) -> str:
    try:
        value = render(parameter.text, recipient, campaign)
    except PlaceholderError as error:
        raise ParameterRefused(name, f"{{{error.placeholder}}} {error.reason}") from None
    if not value:
        raise ParameterRefused(name, "không có nội dung")
    if len(value) > parameter.longest:
        raise ParameterRefused(name, f"dài {len(value)} ký tự, mẫu chỉ nhận {parameter.longest}")
    if not _FORMS[parameter.kind].fullmatch(value):
        raise ParameterRefused(name, _FORM_WORDS[parameter.kind])
    return value


@lru_cache(maxsize=2)
def _read(file: Path, _written: tuple[int, int]) -> Mapping[StepKind, ZaloTemplate]:
    try:
        return TypeAdapter(dict[StepKind, ZaloTemplate]).validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise MappingRefused(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
