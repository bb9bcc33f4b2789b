"""Reports of rehearsals, as `loa rehearse` writes them, in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from conversations.rehearsal_files import place_for, write_report
from conversations.rehearsal_report import Difference, Line, Outcome, Played, Report, Totals
from core.settings import settings

AT = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
"""09:00 in Vietnam."""
TALK = (
    Line(False, "UBND Phuong Lang kinh gui ong/ba (ma C3JM 8P4C). Nhan CO de tra loi vai cau hoi."),
    Line(True, "co"),
    Line(False, "Số tài khoản Vietcombank là gì ạ?", ("Để cán bộ ghi",), 1.2),
    Line(True, "0011 0041 23457"),
    Line(False, "Xin doc lai: so tai khoan: 0011 0041 2345 8. Dung het chua a?\n1. Dung\n2. Sua lai", (), 1.1),
    Line(True, "dung roi"),
)
CLAIM = {"state": "declared", "respondent": "self", "has_account": "own", "bank": "Vietcombank"}
WRONG_NUMBER = Difference("claim.account_number", "0011004123457", "0011004123458", wrong_value=True)
NOT_ANSWERED = Difference("answered", "faq/fees", "không có")
SAID = Difference("never_says", "không nói “đọc lại”", "đã nói", words="đọc lại")


@contextmanager
def reports_kept_in(folder: Path) -> Iterator[Path]:
    """Let the services keep their data in `folder`; gives the place of the reports in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOA_DATA_DIR", str(folder))
        settings.cache_clear()
        (folder / "rehearsals").mkdir()
        yield folder / "rehearsals"
    settings.cache_clear()


def citizen(name: str, *differences: Difference, folder: str = "straight", **changed: Any) -> Played:
    """One who talked as expected, but for `differences`."""
    wrong = sum(one.wrong_value for one in differences)
    usual: dict[str, Any] = {
        "name": name,
        "folder": folder,
        "tags": (),
        "channel": "sms",
        "exact": not differences,
        "skipped": None,
        "stop": "declared",
        "stop_words": "đã khai xong",
        "turns": 3,
        "wrong_values": wrong,
        "differences": differences,
        "transcript": TALK,
        "ending": Outcome("A", {**CLAIM, "account_number": "0011004123458"}, False, False, ("faq/fees",)),
    }
    return Played(**{**usual, **changed})


def keep(*citizens: Played, at: datetime = AT, source: str = "rehearsals") -> str:
    """Keep a report of `citizens`; its id."""
    exact = sum(one.exact for one in citizens)
    totals = Totals(len(citizens), exact, sum(one.wrong_values for one in citizens), 3.5, 9)
    report = Report(at, source, None, totals, "rehearsed", citizens, {"faq/fees": "Có mất phí không"})
    write_report(report, place_for(report))
    return place_for(report).stem
