"""Whatever stands in the cells, every row is staged and nothing falls over."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from roster.intake import RowKind, to_json, to_record
from tests.roster.intake.books import HEADER, HOA, read, save

STRANGE: tuple[Any, ...] = (
    None,
    0,
    -1,
    1,
    12,
    1948,
    99_999,
    10**9,
    10**11,
    10**15,
    10**300,
    0.5,
    -2.5,
    1e-7,
    1.5e308,
    True,
    False,
    "",
    " ",
    "?",
    "-",
    "x",
    "'",
    '"',
    "()",
    "(",
    ")(",
    "/",
    "//",
    ",",
    ";",
    "…",
    "\n",
    "\n\n",
    "a\nb",
    "\u200b",
    "\ufeff",
    "e\u0301" * 50,
    "😀",
    "𝟘𝟙𝟚",
    "٠١٢٣٤٥٦٧٨٩",
    "²³",
    "½",
    "Ⅳ",
    "ß",
    "İ",
    "ı",
    "ﬁ",
    "A" * 5000,
    "1" * 400,
    "1/1/1",
    "99/99/9999",
    "0/0/0",
    "1e5",
    "1E+400",
    "+84",
    "++84",
    "0" * 10,
    "12 tháng",
    "tháng năm",
    "năm",
    "P.",
    "X.",
    "TT",
    "Q.",
    "Xã",
    "Phường",
    ", Đống Đa",
    "Quận ,",
    "- - -",
    "Cộng",
    "Tổng",
    "nt",
    "#N/A",
    "NULL",
    "None",
    "[]",
    "%s",
    "{}",
    "\\",
    "_x0041_",
    "_x000",
    date(1900, 1, 1),
    datetime(9999, 12, 31),
    date(1905, 5, 5),
    time(12, 30),
    "001148000001",
    1148000001,
    "0912345678",
    "Xã Hạ Bằng",
    "BTXH",
    "Nữ",
)


@pytest.mark.parametrize("seed", range(4))
def test_strange_cells(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    header = (*HEADER, "Địa chỉ", "Quận/Huyện", "Người thân", "SĐT người thân", "Mức hưởng", "Ghi chú")
    strange = [[chance.choice(STRANGE) for _ in header] for _ in range(400)]
    rows = read(save(tmp_path, [header, HOA, *strange, HOA]))
    assert [row.row for row in rows] == list(range(2, 404))
    assert rows[0].findings == [] and rows[-1].kind is RowKind.PERSON
    for row in rows:
        assert json.loads(json.dumps(to_record(row)))["row"] == row.row
        assert (row.person is None) == (row.kind is RowKind.NOT_A_PERSON) and set(row.errors) <= set(to_json(row))
