"""Writing a batch of people to the roster, table by table, in bulk."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, BigInteger, Uuid, func, literal, select, update
from sqlalchemy.orm import Session

from language.codes import new_code
from roster.contact import ContactKind, ContactPoint, PersonContact, is_mobile
from roster.importing.bulk import insert_rows
from roster.importing.standing import Difference, Standing
from roster.importing.values import DIFFERENCES
from roster.people import phone_index
from roster.person import Entitlement, Person
from roster.roster_import import ImportRow

_PERSON_COLUMNS = (
    "full_name", "folded_name", "birth_date", "birth_year", "gender", "citizen_id", "citizen_id_index", "commune_code",
    "address", "paid_by", "deceased_at", "paused_at",
)  # fmt: skip


@dataclass(frozen=True)
class Gain:
    """What a known person gained: `after` names the fields that were filled, never with what."""

    person_id: UUID
    commune_code: str
    after: dict[str, Any]


class RosterWriter:
    """Writes for one import. What it does to known people it gives back for the audit log, which is written last."""

    def __init__(self, session: Session, import_id: UUID, now: datetime) -> None:
        self._session = session
        self._import_id = import_id
        self._now = now

    def write(self, standings: Iterable[Standing]) -> list[Gain]:
        """Insert the new people and what the known ones gain."""
        touched = [standing for standing in standings if standing.changed]
        self._insert_people([standing for standing in touched if standing.is_new])
        self._update_people([standing for standing in touched if not standing.is_new])
        self._write_entitlements(touched)
        self._link_phones(touched)
        return [self._gain(standing) for standing in touched if not standing.is_new]

    def tie(self, rows: Sequence[tuple[int, UUID]]) -> None:
        """Note in every staged row which person it became."""
        if not rows:
            return
        pairs = (
            func.unnest(
                literal([row_id for row_id, _ in rows], ARRAY(BigInteger)),
                literal([person_id for _, person_id in rows], ARRAY(Uuid)),
            )
            .table_valued("row_id", "person_id")
            .render_derived()
        )
        self._session.execute(
            update(ImportRow)
            .where(ImportRow.id == pairs.c.row_id)
            .values(person_id=pairs.c.person_id)
            .execution_options(synchronize_session=False)
        )

    def keep_differences(self, rows: Sequence[tuple[int, list[Difference]]]) -> None:
        """Leave in the staged rows what they say otherwise than the roster."""
        found = dict(rows)
        kept = self._session.execute(
            select(ImportRow.id, ImportRow.values).where(ImportRow.id == func.any(list(found)))
        )
        updates = [
            {"id": row_id, "values": {**values, DIFFERENCES: [asdict(one) for one in found[row_id]]}}
            for row_id, values in kept
        ]
        if updates:
            self._session.execute(update(ImportRow), updates)

    def _insert_people(self, new: Sequence[Standing]) -> None:
        if not new:
            return
        codes = self._new_codes(len(new))
        rows = [self._person_row(standing, code) for standing, code in zip(new, codes, strict=True)]
        insert_rows(self._session, Person, rows)

    def _person_row(self, standing: Standing, reference: str) -> dict[str, Any]:
        return {
            **{column: standing.fields.get(column) for column in _PERSON_COLUMNS},
            "id": standing.id,
            "reference": reference,
            "under_guardianship": standing.fields.get("under_guardianship", False),
            "created_at": self._now,
            "import_id": self._import_id,
        }

    def _new_codes(self, count: int) -> list[str]:
        """Codes that nobody has: of 28.5 million some are taken."""
        codes: set[str] = set()
        while len(codes) < count:
            drawn = {new_code(secrets.randbelow) for _ in range(count - len(codes))}
            taken = select(Person.reference).where(Person.reference == func.any(list(drawn)))
            codes |= drawn - set(self._session.scalars(taken))
        return list(codes)

    def _update_people(self, known: Sequence[Standing]) -> None:
        for standing in known:
            if standing.filled:
                values = {column: standing.fields[column] for column in standing.filled}
                self._session.execute(update(Person).where(Person.id == standing.id).values(**values))

    def _gain(self, standing: Standing) -> Gain:
        after = {
            "import": str(self._import_id),
            "fields": sorted(standing.filled),
            "entitlements": sorted({*standing.new_categories, *standing.filled_amounts}),
            "phones": len(standing.new_links),
        }
        return Gain(standing.id, _commune(standing), after)

    def _write_entitlements(self, touched: Sequence[Standing]) -> None:
        rows = [
            {
                "person_id": one.id,
                "category": name,
                "monthly_dong": one.amounts[name],
                "commune_code": _commune(one),
            }
            for one in touched
            for name in one.new_categories
        ]
        insert_rows(self._session, Entitlement, rows)
        for one in touched:
            for name in one.filled_amounts:
                self._session.execute(
                    update(Entitlement)
                    .where(Entitlement.person_id == one.id, Entitlement.category == name)
                    .values(monthly_dong=one.amounts[name])
                )

    def _link_phones(self, touched: Sequence[Standing]) -> None:
        contacts = self._contacts({link.phone for one in touched for link in one.new_links})
        rows = [
            {
                "person_id": one.id,
                "contact_id": contacts[phone_index(link.phone)],
                "commune_code": _commune(one),
                "holder": link.holder,
                "relation": link.relation,
                "rank": link.rank,
            }
            for one in touched
            for link in one.new_links
        ]
        insert_rows(self._session, PersonContact, rows)

    def _contacts(self, phones: Collection[str]) -> dict[bytes, UUID]:
        """The contact point of each phone, by blind index; those not known yet are made."""
        by_index = {phone_index(phone): phone for phone in phones}
        found = self._contacts_known(list(by_index))
        missing = [index for index in by_index if index not in found]
        if missing:
            rows = [self._contact_row(index, by_index[index]) for index in missing]
            insert_rows(self._session, ContactPoint, rows, ignore_conflicts=True)
            found |= self._contacts_known(missing)
        return found

    def _contacts_known(self, indexes: list[bytes]) -> dict[bytes, UUID]:
        rows = self._session.execute(
            select(ContactPoint.address_index, ContactPoint.id).where(
                ContactPoint.kind == ContactKind.PHONE, ContactPoint.address_index == func.any(indexes)
            )
        )
        return dict(rows.all())

    def _contact_row(self, index: bytes, phone: str) -> dict[str, Any]:
        return {
            "id": uuid4(),
            "kind": ContactKind.PHONE,
            "address": phone,
            "address_index": index,
            "mobile": is_mobile(ContactKind.PHONE, phone),
            "created_at": self._now,
        }


def _commune(standing: Standing) -> str:
    return str(standing.fields["commune_code"])
