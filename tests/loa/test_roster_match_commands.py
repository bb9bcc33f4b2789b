"""`loa roster match-out` and `match-in`: an encrypted file out, the results in, each told in plain words."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
import pyzipper
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from sqlalchemy import select

from core.database import transaction
from loa.cli import main
from roster.changes.change_request import ChangeField, ChangeRequest
from roster.matching_police.match_file import MatchRow
from roster.matching_police.results import MatchResult
from tests.environment import TestClock
from tests.roster.commune_office import ELSEWHERE, HERE, OFFICER, add_person

WHO = ["--staff", str(OFFICER)]


@pytest.fixture(autouse=True)
def office(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point, match_file, returned_file CASCADE")


@pytest.fixture
def hoa(database: str) -> UUID:
    return add_person("Nguyễn Thị Hoa")


def loa(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(main, ["roster", *arguments, *WHO], input=given)


def out(target: Path) -> str:
    """Write the file; its password."""
    said = loa("match-out", HERE, str(target))
    assert said.exit_code == 0, said.output
    found = re.search(r"([a-z2-9]{4}(?:-[a-z2-9]{4}){4})", said.output)
    assert found is not None
    return found.group(1)


def answered(target: Path, password: str, words: str, back: Path) -> None:
    with pyzipper.AESZipFile(target) as archive:
        archive.setpassword(password.encode())
        book = load_workbook(io.BytesIO(archive.read("doi-chieu.xlsx")))
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[4] if cell.value == "Kết quả đối chiếu")
    sheet.cell(5, column, words)
    book.save(back)


def results() -> list[MatchResult | None]:
    with transaction() as session:
        return list(session.scalars(select(MatchRow.result)))


def test_a_file_goes_out_and_its_results_come_in_once(hoa: UUID, tmp_path: Path) -> None:
    target, back = tmp_path / "bo-de.zip", tmp_path / "ket-qua.xlsx"
    password = out(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    answered(target, password, "Đã mất", back)
    assert loa("match-in", str(back), "--dry-run").exit_code == 0 and results() == [None]
    assert "1 dòng có điều mới" in loa("match-in", str(back)).output
    assert results() == [MatchResult.DECEASED]
    with transaction() as session:
        [asked] = session.scalars(select(ChangeRequest))
        assert (asked.person_id, asked.field, asked.asked_by) == (hoa, ChangeField.DECEASED, OFFICER)
    loa("match-in", str(back))
    with transaction() as session:
        assert len(session.scalars(select(ChangeRequest)).all()) == 1


def test_the_results_come_back_encrypted(hoa: UUID, tmp_path: Path) -> None:
    target, back, locked = tmp_path / "a.zip", tmp_path / "a.xlsx", tmp_path / "b.zip"
    password = out(target)
    answered(target, password, "Khớp", back)
    with pyzipper.AESZipFile(locked, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"khac-han")
        archive.write(back, "ket-qua.xlsx")
    wrong = loa("match-in", str(locked), "--encrypted", given="sai\n")
    assert wrong.exit_code == 1 and "mật khẩu" in wrong.output and results() == [None]
    assert loa("match-in", str(locked), "--encrypted", given="khac-han\n").exit_code == 0
    assert results() == [MatchResult.MATCHED]


def test_what_is_wrong_is_told_by_its_row(hoa: UUID, tmp_path: Path) -> None:
    target, back = tmp_path / "a.zip", tmp_path / "a.xlsx"
    answered(target, out(target), "Tốt", back)
    said = loa("match-in", str(back), "--dry-run")
    assert "dòng 5 · LỖI · Kết quả đối chiếu" in said.output and "Nguyễn" not in said.output


def test_nobody_to_match_leaves_no_file(hoa: UUID, tmp_path: Path) -> None:
    target = tmp_path / "khong.zip"
    said = loa("match-out", ELSEWHERE, str(target))
    assert said.exit_code == 1 and "Không còn ai cần đối chiếu" in said.output and not target.exists()
    target.write_text("của người khác", encoding="utf-8")
    assert "Đã có tệp" in loa("match-out", HERE, str(target)).output
    assert target.read_text(encoding="utf-8") == "của người khác"
