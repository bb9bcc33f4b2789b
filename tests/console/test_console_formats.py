"""How pages write dates, money, waiting times and hidden numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from console import formats
from console.import_words import difference_in_words, without_numbers
from console.reading.paging import Place, place


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2027, 2, 5), "05/02/2027"),
        (datetime(2026, 12, 31, 18, 0, tzinfo=UTC), "01/01/2027"),
        (None, "—"),
    ],
)
def test_days_are_vietnams(value: date | None, written: str) -> None:
    assert formats.day(value) == written


def test_a_moment_is_in_vietnam_time() -> None:
    assert formats.moment(datetime(2026, 11, 10, 3, 5, tzinfo=UTC)) == "10:05 10/11/2026"


@pytest.mark.parametrize(("value", "written"), [(1_500_000, "1.500.000 đ"), (800, "800 đ"), (0, "0 đ"), (None, "—")])
def test_money(value: int | None, written: str) -> None:
    assert formats.dong(value) == written


@pytest.mark.parametrize(
    ("span", "written"),
    [
        (timedelta(seconds=-3), "0 phút"),
        (timedelta(seconds=59), "0 phút"),
        (timedelta(minutes=59), "59 phút"),
        (timedelta(hours=1), "1 giờ"),
        (timedelta(hours=3, minutes=20), "3 giờ 20 phút"),
        (timedelta(days=2), "2 ngày"),
        (timedelta(days=2, hours=4, minutes=50), "2 ngày 4 giờ"),
    ],
)
def test_how_long_somebody_waited(span: timedelta, written: str) -> None:
    assert formats.lasted(span) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [("0011004123457", "••••••••••457"), ("123456", "•••456"), ("12345", "•••••"), ("", "—"), (None, "—")],
)
def test_hidden_numbers(value: str | None, written: str) -> None:
    assert formats.hidden(value) == written


@pytest.mark.parametrize(
    ("total", "asked", "there"),
    [
        (0, 1, Place(1, 1, 0)),
        (40, 1, Place(1, 1, 0)),
        (41, 2, Place(2, 2, 40)),
        (41, 9, Place(2, 2, 40)),
        (41, -3, Place(1, 2, 0)),
    ],
)
def test_a_page_that_is_not_there_becomes_the_nearest(total: int, asked: int, there: Place) -> None:
    assert place(total, asked, 40) == there


def test_groups() -> None:
    assert formats.in_fours("0011004123457") == "0011 0041 2345 7"
    assert formats.in_threes("001148000001") == "001 148 000 001"
    assert formats.code("H3KR7M2P") == "H3KR 7M2P"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Trùng số 001148000001 với dòng 12", "Trùng số •••••••••001 với dòng 12"),
        ("CMND 012345678", "CMND ••••••678"),
        ("năm 1948, mức 1500000", "năm 1948, mức 1500000"),
    ],
)
def test_long_numbers_leave_a_sentence(text: str, written: str) -> None:
    assert without_numbers(text) == written


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("commune", "00118", "Phường Bồ Đề"),
        ("commune", "99999", "99999"),
        ("gender", "female", "Nữ"),
        ("amount", "750000", "750.000 đ"),
        ("citizen_id", "001148000001", "•••••••••001"),
        ("full_name", "Lê Thị Lan", "Lê Thị Lan"),
    ],
)
def test_differences_are_said_in_words(field: str, value: str, written: str) -> None:
    assert difference_in_words(field, value, {"00118": "Phường Bồ Đề"}) == written
