"""Invented people by the hundred thousand, for the crash test and the benchmarks: each with a file code and a phone.

Put in as the tables' owner: COPY does not go through row-level security. Never run on an installation with people.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import psycopg
from sqlalchemy.engine import make_url

from core.encryption import blind_index, encrypt
from core.postgres import admin_url
from language.codes import new_code
from language.text import fold_name

COMMUNES = ("00199", "00175", "00118", "00070")
CATEGORY = "social_protection"
_NAMES = ("Nguyễn Thị Hoa", "Trần Văn Bình", "Lê Thị Mai", "Phạm Đức Hùng", "Vũ Thị Lan", "Đỗ Văn Tài", "Bùi Thị Huệ")
_FIRST_PHONE = 900_000_000
_IDS = UUID("6f0f2a52-6f5a-4c52-9d4a-2f0b7a0d2a11")

_PERSON = "id, reference, full_name, folded_name, birth_year, gender, commune_code, under_guardianship, created_at"
_CONTACT = "id, kind, address, address_index, mobile, created_at"
_LINK = "person_id, contact_id, commune_code, holder, rank"
_ENTITLEMENT = "person_id, category, commune_code"


def phone_of(number: int) -> str:
    """The phone of the invented person with this number, in 0… form."""
    return f"0{_FIRST_PHONE + number}"


def add_people(count: int, now: datetime) -> None:
    """Put `count` people in, numbered from 0, each with a phone of its own and one entitlement."""
    address = make_url(admin_url()).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        _copy(connection, "person", _PERSON, (_person(number, now) for number in range(count)))
        _copy(connection, "contact_point", _CONTACT, (_contact(number, now) for number in range(count)))
        _copy(connection, "person_contact", _LINK, (_link(number) for number in range(count)))
        _copy(connection, "entitlement", _ENTITLEMENT, (_entitlement(number) for number in range(count)))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ANALYZE person, contact_point, person_contact, entitlement")


def _copy(connection: psycopg.Connection[Any], table: str, columns: str, rows: Iterator[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _person(number: int, now: datetime) -> tuple[object, ...]:
    name = _NAMES[number % len(_NAMES)]
    gender = "female" if "Thị" in name else "male"
    return (_person_id(number), _code(number), name, fold_name(name), 1940 + number % 40, gender,
            _commune(number), False, now)  # fmt: skip


def _contact(number: int, now: datetime) -> tuple[object, ...]:
    phone = phone_of(number)
    return _contact_id(number), "phone", encrypt(phone), blind_index("phone", phone), True, now


def _link(number: int) -> tuple[object, ...]:
    return _person_id(number), _contact_id(number), _commune(number), "unknown", 0


def _entitlement(number: int) -> tuple[object, ...]:
    return _person_id(number), CATEGORY, _commune(number)


def _code(number: int) -> str:
    """A file code of its own for each number: its digits in the code's mixed radix."""
    left = number

    def next_digit(base: int) -> int:
        nonlocal left
        left, digit = divmod(left, base)
        return digit

    return new_code(next_digit)


def _commune(number: int) -> str:
    return COMMUNES[number % len(COMMUNES)]


def _person_id(number: int) -> UUID:
    return uuid5(_IDS, f"person {number}")


def _contact_id(number: int) -> UUID:
    return uuid5(_IDS, f"contact {number}")
