"""All entities that rules find in a message, in Rasa's form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.components.name_entities import name_entities
from bot.components.number_entities import number_entities
from language.banks import find_banks
from language.codes import find_codes
from language.kinship import KIN
from language.relations import find_stated_relation
from language.spans import Found
from language.tables import word_set
from language.text import fold
from language.times import find_visit_time
from language.wards import find_wards

Entity = dict[str, Any]
EXTRACTOR = "EntityRules"
_ELDERS = word_set("bo me cha bu ma tia")


def found_entities(text: str) -> list[Entity]:
    """Entities in the order of their places.

    Values: a bank by its list's name, numbers as bare digits, a code in capitals, a commune by its full name; names,
    times and relations as typed.
    """
    banks = find_banks(text)
    codes = find_codes(text)
    numbers = [(kind, run) for kind, run in number_entities(text, banks) if not _covered(run, codes)]
    entities = [_entity("bank", Found(bank.value.short_name, bank.start, bank.end)) for bank in banks]
    entities += [_entity("reference", code) for code in codes]
    entities += [_entity(kind, run) for kind, run in numbers]
    entities += [_entity("ward", ward) for ward in find_wards(text)]
    entities += [_entity("person_name", name) for name in name_entities(text) if not _covered(name, banks)]
    for kind, found in (("time", find_visit_time(text)), ("relation", _relation(text))):
        if found and not (kind == "time" and _covered(found, [run for _, run in numbers])):
            entities.append(_entity(kind, Found(text[found.start : found.end], found.start, found.end)))
    return sorted(entities, key=lambda entity: (entity["start"], entity["end"]))


def _relation(text: str) -> Found[Any] | None:
    """A word of kinship ("con gái"), or a relation that is stated ("cháu ạ"); not the beneficiary ("mẹ tôi")."""
    named = KIN.find(text)
    found = named[0] if named else find_stated_relation(text)
    if found is None or any(word in _ELDERS for word in fold(text[found.start : found.end]).split()):
        return None
    return found


def _entity(kind: str, found: Found[str]) -> Entity:
    return {
        "entity": kind,
        "value": found.value,
        "start": found.start,
        "end": found.end,
        "confidence_entity": 1.0,
        "extractor": EXTRACTOR,
    }


def _covered(found: Found[Any], others: Iterable[Found[Any]]) -> bool:
    return any(found.overlaps(other) for other in others)
