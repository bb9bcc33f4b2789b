"""Templates: pre-approved texts with placeholders, and whether the data of a message fit one."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator.provider import World
from simulator.zalo.config import Parameter, Template, ZaloConfig
from simulator.zalo.errors import TemplateCode, ZaloError
from simulator.zalo.resource import PROVIDER

STATUSES = ("ENABLE", "PENDING_REVIEW", "REJECT", "DISABLE")
_KEY = "template_statuses"
_DATE = re.compile(r"(?:(?:\d{2}:){1,2}\d{2} )?\d{2}/\d{2}/\d{4}|(?:\d{2}:){1,2}\d{2}|\d{2}/\d{4}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Templates:
    """The templates of one OA; their statuses can change while the stand-in runs, and are kept."""

    def __init__(self, world: World, config: ZaloConfig) -> None:
        self._world = world
        self._templates = {template.id: template for template in config.templates}

    def all(self) -> list[Template]:
        return [self._now(template) for template in self._templates.values()]

    def find(self, template_id: str) -> Template | None:
        template = self._templates.get(template_id)
        return self._now(template) if template else None

    def set_status(self, template_id: str, status: str) -> None:
        """The provider's decision about a template it knows."""
        statuses = self._world.ledger.kept(PROVIDER, _KEY) or {}
        self._world.ledger.keep(PROVIDER, _KEY, {**statuses, template_id: status})

    def sendable(self, template_id: object) -> Template:
        """A template that messages may be sent by. ZaloError."""
        template = self.find(template_id) if isinstance(template_id, str) else None
        if template is None:
            raise ZaloError(TemplateCode.TEMPLATE_ID)
        if not template.ours:
            raise ZaloError(TemplateCode.NO_ACCESS)
        if template.status == "DISABLE":
            raise ZaloError(TemplateCode.DISABLED)
        if template.status != "ENABLE":
            raise ZaloError(TemplateCode.NOT_APPROVED)
        return template

    def _now(self, template: Template) -> Template:
        statuses = self._world.ledger.kept(PROVIDER, _KEY) or {}
        return replace(template, status=statuses.get(template.id, template.status))


def fill(template: Template, data: object) -> str:
    """The text that a person reads. ZaloError where the data are not exactly what the template asks for."""
    if not isinstance(data, Mapping) or (not data and template.parameters):
        raise ZaloError(TemplateCode.DATA_EMPTY)
    known = {parameter.name for parameter in template.parameters}
    if unknown := set(data) - known:
        raise ZaloError(TemplateCode.DATA_UNDEFINED, f"Template data type not defined: {sorted(unknown)[0]}")
    text = template.text
    for parameter in template.parameters:
        text = text.replace(f"<{parameter.name}>", _value(parameter, data))
    return text


def _value(parameter: Parameter, data: Mapping[str, Any]) -> str:
    value = data.get(parameter.name)
    if value is None or value == "":
        if parameter.accept_null or not parameter.required:
            return ""
        raise ZaloError(TemplateCode.DATA_MISSING, f"Missing template parameter: {parameter.name}")
    if not isinstance(value, str):
        raise ZaloError(TemplateCode.DATA_FORMAT, f"Parameter {parameter.name} has invalid format")
    # As it came: what is not composed (NFC) is longer than it looks, and refused for it.
    if len(value) > parameter.max_length:
        raise ZaloError(TemplateCode.DATA_TOO_LONG, f"Parameter {parameter.name} exceeds max length")
    if len(value) < parameter.min_length or not _fits(parameter.kind, value):
        raise ZaloError(TemplateCode.DATA_FORMAT, f"Parameter {parameter.name} has invalid format")
    return value


def _fits(kind: str, value: str) -> bool:
    if kind == "DATE":
        return bool(_DATE.fullmatch(value))
    return kind != "NUMBER" or bool(_NUMBER.fullmatch(value))


def shown_buttons(template: Template) -> list[list[dict[str, str]]]:
    """A template's buttons as a handset shows them."""
    return [[{"title": title, "does": "url", "value": link}] for title, link in template.buttons]


def show_line(template: Template) -> dict[str, Any]:
    """A template in the list."""
    return {
        "templateId": template.id,
        "templateName": template.name,
        "createdTime": 1767200400000,
        "status": template.status,
        "templateQuality": template.quality,
    }


def show_whole(template: Template) -> dict[str, Any]:
    """A template with its parameters."""
    return {
        "templateId": template.id,
        "templateName": template.name,
        "status": template.status,
        "listParams": [
            {
                "name": parameter.name,
                "require": parameter.required,
                "type": parameter.kind,
                "maxLength": parameter.max_length,
                "minLength": parameter.min_length,
                "acceptNull": parameter.accept_null,
            }
            for parameter in template.parameters
        ],
        "listButtons": [{"type": 1, "title": title, "content": link} for title, link in template.buttons],
        "timeout": 7_200_000,
        "previewUrl": "",
        "templateQuality": template.quality,
        "templateTag": {1: "TRANSACTION", 2: "CUSTOMER_CARE", 3: "PROMOTION"}[template.tag],
        "price": str(template.price),
        "price_sdt": str(template.price),
        "price_uid": str(template.price_by_user_id),
    }
