"""What the intake needs to know from outside: today, the province, the limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """The settings of one reading. `today` decides which birth years can be."""

    today: date
    province_code: int = 1
    """The National Statistics Office's code; 1 is Hà Nội."""
    categories_file: Path = DATA / "categories.yml"
    headers_file: Path = DATA / "headers.yml"
    max_file_bytes: int = 100 * MIB
    max_unpacked_bytes: int = 512 * MIB
    max_ratio: int = 300
    """How many times larger than packed a part over 64 MiB may be: real sheets stay below 60."""
    max_rows: int = 300_000
    """Rows with anything in them, over all sheets."""
    max_shared_text_bytes: int = 120 * MIB
    """Bound for the table of texts that a sheet refers to: it is held in memory."""
