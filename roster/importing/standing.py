"""One person while a merge works on it: what the roster holds, what a file adds, where the two differ. Pure.

What stands on the roster is never overwritten: an empty field is filled, phones and entitlements are added, and
anything else that a file says is a difference for an officer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from language.names import same_identity
from language.text import fold, fold_name
from roster.contact import Holder
from roster.intake import Person as StagedPerson
from roster.people import citizen_id_index, phone_index
from roster.person import Gender


class Differs(StrEnum):
    """What a file may say otherwise than the roster."""

    FULL_NAME = "full_name"
    BIRTH = "birth"
    GENDER = "gender"
    CITIZEN_ID = "citizen_id"
    COMMUNE = "commune"
    ADDRESS = "address"
    PAID_BY = "paid_by"
    AMOUNT = "amount"
    DECEASED = "deceased"


@dataclass(frozen=True)
class Difference:
    """What an officer has to settle: the roster's value and the file's, as texts."""

    field: Differs
    roster: str = dataclass_field(repr=False)
    file: str = dataclass_field(repr=False)


@dataclass(frozen=True)
class NewLink:
    """A phone to be linked to the person. `rank` is its place after those already linked."""

    phone: str
    holder: Holder
    relation: str | None
    rank: int


@dataclass
class Standing:
    """A person's state: `fields` are the columns of `person`; the rest is what this batch changes."""

    id: UUID
    fields: dict[str, Any]
    is_new: bool
    amounts: dict[str, int | None] = dataclass_field(default_factory=dict)
    """Category → đồng a month, of every entitlement held."""
    phones: set[bytes] = dataclass_field(default_factory=set)
    """Blind indexes of the phones linked, those unlinked by "wrong number" too: they do not come back."""
    filled: set[str] = dataclass_field(default_factory=set)
    new_categories: list[str] = dataclass_field(default_factory=list)
    filled_amounts: list[str] = dataclass_field(default_factory=list)
    new_links: list[NewLink] = dataclass_field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything of the person is to be written."""
        return bool(self.filled or self.new_categories or self.filled_amounts or self.new_links)

    def take(self, said: StagedPerson, now: datetime) -> list[Difference]:
        """Take what the file says of the person; gives what it says otherwise than the roster."""
        self._phones(said)
        return [
            *self._name(said),
            *self._birth(said),
            *self._plain_fields(said),
            *self._citizen_id(said),
            *self._entitlements(said),
            *self._death(said, now),
        ]

    def _fill(self, name: str, value: Any) -> None:
        self.fields[name] = value
        self.filled.add(name)

    def _name(self, said: StagedPerson) -> Iterator[Difference]:
        name = said.full_name or ""
        held = self.fields.get("full_name")
        if held is None:
            self._fill("full_name", name)
            self._fill("folded_name", fold_name(name))
        elif name and not same_identity(held, name):
            yield Difference(Differs.FULL_NAME, held, name)

    def _birth(self, said: StagedPerson) -> Iterator[Difference]:
        year, day = self.fields.get("birth_year"), self.fields.get("birth_date")
        said_date = said.birth_date
        if year is None and said.birth_year is not None:
            self._fill("birth_year", said.birth_year)
            year = said.birth_year
        if day is None and said_date is not None and said_date.year == year:
            self._fill("birth_date", said_date)
        elif said_date is not None and said_date != day:
            yield Difference(Differs.BIRTH, _as_text(day or year), _as_text(said_date))
        elif said_date is None and said.birth_year not in (None, year):
            yield Difference(Differs.BIRTH, _as_text(year), _as_text(said.birth_year))

    def _plain_fields(self, said: StagedPerson) -> Iterator[Difference]:
        gender = Gender(said.gender.value) if said.gender else None
        address = ", ".join(filter(None, [said.address, said.neighbourhood])) or None
        for column, differs, value in (
            ("gender", Differs.GENDER, gender),
            ("commune_code", Differs.COMMUNE, said.ward_code),
            ("address", Differs.ADDRESS, address),
            ("paid_by", Differs.PAID_BY, said.paid_by),
        ):
            held = self.fields.get(column)
            if value is None:
                continue
            if held is None:
                self._fill(column, value)
            elif fold(held) != fold(value):
                yield Difference(differs, str(held), str(value))
        if fold(said.relation or "").endswith("giam ho") and not self.fields.get("under_guardianship"):
            self._fill("under_guardianship", True)

    def _citizen_id(self, said: StagedPerson) -> Iterator[Difference]:
        if said.citizen_id is None:
            return
        index = citizen_id_index(said.citizen_id)
        held = self.fields.get("citizen_id_index")
        if held is None:
            self._fill("citizen_id", said.citizen_id)
            self._fill("citizen_id_index", index)
        elif held != index:
            yield Difference(Differs.CITIZEN_ID, self.fields["citizen_id"], said.citizen_id)

    def _entitlements(self, said: StagedPerson) -> Iterator[Difference]:
        """The amount of a row is that of its first category."""
        for category in filter(None, (said.category, *said.further_categories)):
            amount = said.monthly_dong if category == said.category else None
            if category not in self.amounts:
                self.amounts[category] = amount
                self.new_categories.append(category)
            elif amount is not None and self.amounts[category] is None:
                self.amounts[category] = amount
                if category not in self.new_categories:
                    self.filled_amounts.append(category)
            elif amount is not None and amount != self.amounts[category]:
                yield Difference(Differs.AMOUNT, str(self.amounts[category]), str(amount))

    def _death(self, said: StagedPerson, now: datetime) -> Iterator[Difference]:
        """A new person that a list calls dead (a fallen soldier) is never written to. One known as living is paused
        until an officer has looked."""
        if not said.deceased or self.fields.get("deceased_at"):
            return
        if self.is_new:
            self._fill("deceased_at", now)
        elif not self.fields.get("paused_at"):
            self._fill("paused_at", now)
            yield Difference(Differs.DECEASED, "còn sống", "đã mất")

    def _phones(self, said: StagedPerson) -> None:
        for phone in said.phones:
            both = phone in said.relative_phones
            self._link(phone, Holder.UNKNOWN if both else Holder.SELF, None)
        for phone in said.relative_phones:
            self._link(phone, Holder.RELATIVE, said.relation)

    def _link(self, phone: str, holder: Holder, relation: str | None) -> None:
        index = phone_index(phone)
        if index not in self.phones:
            self.new_links.append(NewLink(phone, holder, relation, len(self.phones)))
            self.phones.add(index)


def _as_text(value: object) -> str:
    return "" if value is None else str(value)
