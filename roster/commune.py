"""Communes: the phường and xã of the province, as they stand since 2025-07-01."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.orm import Base


class Commune(Base):
    """A phường or xã. `name` carries its kind: "Phường Láng"."""

    __tablename__ = "commune"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    folded_name: Mapped[str]


def office_of(commune: Commune) -> str:
    """The commune's office, as it speaks to people: "UBND phường Láng"."""
    kind, _, name = commune.name.partition(" ")
    return f"UBND {kind.lower()} {name}"
