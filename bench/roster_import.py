"""How fast and in how much memory a large roster is read: `python -m bench.roster_import [ROWS]`.

Makes a workbook of invented people in a temporary directory, reads it alone, then brings it into an empty roster as an
officer does: staged row by row, merged whole. Each part runs in a process of its own, so that memory is counted apart;
prints rows a second and peak memory.
"""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

import xlsxwriter

from bench.outreach_site import ALL_BUT_STAND_INS
from bench.process_cost import peak_megabytes
from core.clock import now
from core.database import transaction
from loa.rehearsal.installation import own_installation
from roster.importing.merging import merge
from roster.importing.staging import stage
from roster.intake import IntakeSettings, read_workbook

ROWS = 100_000
HEADER = (
    "STT", "Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Số CCCD/ĐDCN", "Nhóm đối tượng", "Địa chỉ",
    "Xã/Phường", "SĐT", "Người thân", "SĐT người thân", "Mức hưởng (đồng)", "Hình thức nhận", "Ghi chú",
)  # fmt: skip
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Khuất", "Kiều")
MIDDLES = ("Thị", "Văn", "Hữu", "Đức", "Thu", "Minh", "Ngọc", "Xuân", "Bích", "Quang")
GIVEN = (
    "Hoa",
    "Lan",
    "Mai",
    "Hùng",
    "Dũng",
    "Yến",
    "Thủy",
    "Oánh",
    "Loan",
    "Quỳnh",
    "Bình",
    "Tài",
    "Lộc",
    "Sơn",
    "Huệ",
)
WARDS = ("Xã Hạ Bằng", "Xa Xuan Mai", "P.Bồ Đề", "Phường Láng", "X. Tam Hưng", "Láng Hạ, Đống Đa", "Tản Lĩnh, Ba Vì")
CATEGORIES = ("BTXH", "NCC", "Hộ nghèo", "HCN", "Thương binh", "Trường hợp khác")


def make_workbook(path: Path, rows: int) -> None:
    """An .xlsx with `rows` people, one in twenty with something wrong."""
    chance = random.Random(2026)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Danh sách")
    sheet.write(0, 0, "DANH SÁCH ĐỐI TƯỢNG HƯỞNG CHÍNH SÁCH")
    sheet.write_row(2, 0, HEADER)
    for number in range(1, rows + 1):
        sheet.write_row(number + 2, 0, _person(number, chance))
    book.close()


def _person(number: int, chance: random.Random) -> list[str | int | None]:
    year, female = chance.randint(1926, 2015), chance.random() < 0.6
    century = (2 if year >= 2000 else 0) + female
    citizen = f"001{century}{year % 100:02}{number:06}"
    name = " ".join(chance.choice(part) for part in (FAMILIES, MIDDLES, MIDDLES, GIVEN))
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    birth: str | int = year if chance.random() < 0.3 else f"{day:02}/{month:02}/{year}"
    phone: str | int = f"09{chance.randint(10_000_000, 99_999_999)}"
    return [
        number, name.upper() if chance.random() < 0.1 else name, birth, "Nữ" if female else "Nam",
        citizen[:-1] if chance.random() < 0.05 else int(citizen) if chance.random() < 0.1 else citizen,
        chance.choice(CATEGORIES), f"Số {chance.randint(1, 300)} ngõ {chance.randint(1, 99)}", chance.choice(WARDS),
        phone if chance.random() < 0.9 else None, "con gái", f"03{chance.randint(20_000_000, 99_999_999)}", 500_000,
        "Tiền mặt", None,
    ]  # fmt: skip


def read_only(path: Path) -> None:
    """Read it once, and print."""
    started = time.perf_counter()
    statuses = Counter(row.status.value for row in read_workbook(path, IntakeSettings(today=date.today())))
    print(f"  of the rows {dict(statuses)}")
    _tell("read", statuses.total(), time.perf_counter() - started)


def bring_in(path: Path) -> None:
    """Stage it and merge it, each in its transaction, and print."""
    digest = hashlib.sha256(path.read_bytes()).digest()
    started = time.perf_counter()
    with transaction() as session:
        staged = stage(session, path, path.name, digest, None, now())
        import_id, rows = staged.id, staged.rows_total
    _tell("stage", rows, time.perf_counter() - started)
    started = time.perf_counter()
    with transaction() as session:
        merged = merge(session, import_id, None, now(), skip_errors=True)
    _tell("merge", rows, time.perf_counter() - started)
    print(f"  {merged.added} people added, {merged.left_out} rows left out")


def _tell(what: str, rows: int, seconds: float) -> None:
    peak = peak_megabytes(os.getpid())
    print(f"  {what}: {rows} rows in {seconds:.1f} s, {rows / seconds:.0f} rows a second, peak memory {peak:.0f} MB")


def main() -> None:
    """Make the workbook, then each part in a process of its own."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder, own_installation(without=ALL_BUT_STAND_INS):
        path = Path(folder) / "roster.xlsx"
        _run("--make", str(path), str(rows))
        print(f"roster import: {rows} rows, {path.stat().st_size / 1_000_000:.1f} MB", flush=True)
        for part in _PARTS:
            _run(part, str(path))


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "bench.roster_import", *arguments], check=True)


_PARTS = {"--read": read_only, "--bring-in": bring_in}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        make_workbook(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] and sys.argv[1] in _PARTS:
        _PARTS[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
