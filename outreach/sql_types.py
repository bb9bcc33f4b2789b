"""Names for selects and rows of many columns, whose types nobody wants to spell out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select

type AnySelect = Select[*tuple[Any, ...]]
type AnyRow = Row[*tuple[Any, ...]]
