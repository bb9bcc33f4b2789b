"""The base of every table, and the column types they share."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, DateTime, Enum, ForeignKey, Identity, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BigKey = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
UuidKey = Annotated[UUID, mapped_column(primary_key=True, default=uuid4)]
CommuneCode = Annotated[str, mapped_column(String(8), ForeignKey("commune.code"), index=True)]


def _values(members: type[enum.Enum]) -> list[str]:
    return [member.value for member in members]


class Base(DeclarativeBase):
    """All tables. Times are aware and stored in UTC; enums are stored by value and checked by the database."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012
        datetime: DateTime(timezone=True),
        enum.Enum: Enum(enum.Enum, native_enum=False, create_constraint=True, length=24, values_callable=_values),
    }
