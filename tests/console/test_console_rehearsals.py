"""Past rehearsals: the list, one report, one conversation, and nothing but what lies in the folder."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from conversations.rehearsal_files import read_report
from tests.console.conftest import Browser
from tests.console.rehearsed import (
    AT,
    NOT_ANSWERED,
    SAID,
    WRONG_NUMBER,
    citizen,
    keep,
    reports_kept_in,
)

Sit = Callable[..., Browser]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder of reports."""
    with reports_kept_in(tmp_path) as kept:
        yield kept


@pytest.fixture
def manager(sit: Sit) -> Browser:
    return sit("manager", commune=None)


def links(page: str) -> list[str]:
    """Where a page's conversations lead."""
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/dien-tap/[^"/]+/\d+[^"]*)"', page)]


def test_where_nothing_was_rehearsed_the_page_says_how(folder: Path, manager: Browser) -> None:
    assert "make rehearse FILE=rehearsals" in manager.page("/dien-tap/")


@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_past_rehearsals_are_listed_with_their_numbers(folder: Path, sit: Sit, role: str) -> None:
    keep(citizen("một"), citizen("hai", WRONG_NUMBER), citizen("ba"), source="rehearsals/corrections")
    browser = sit(role, commune=None)
    assert "/dien-tap/" in browser.page("/")
    page = browser.page("/dien-tap/")
    for shown in ("09:00 10/11/2026", "rehearsals/corrections", "66,6%", "3,5 / 9", '<span class="tag bad">1</span>'):
        assert shown in page


def test_the_newest_comes_first_and_the_list_has_pages(folder: Path, manager: Browser) -> None:
    for number in range(21):
        kept = folder / f"{keep(citizen('một'), at=AT + timedelta(hours=number))}.json"
        os.utime(kept, ns=(number, number))
    first, second = manager.page("/dien-tap/"), manager.page("/dien-tap/?trang=2")
    shown = re.findall(r"(\d\d:00) 1[01]/11/2026", first)
    assert (len(shown), shown[0], shown[-1]) == (20, "05:00", "10:00")
    assert "09:00 10/11/2026" in second and "10:00 10/11/2026" not in second


def test_only_what_went_otherwise_is_shown_when_asked_for(folder: Path, manager: Browser) -> None:
    report = keep(
        citizen("một"), citizen("hai", NOT_ANSWERED), citizen("ba", skipped="channel not available", exact=False)
    )
    assert len(links(manager.page(f"/dien-tap/{report}"))) == 3
    page = manager.page(f"/dien-tap/{report}?xem=khac")
    assert links(page) == [f"/dien-tap/{report}/2?xem=khac", f"/dien-tap/{report}/3?xem=khac"]
    assert "Khác mong đợi (2)" in page and "Không diễn" in page


def test_one_kind_of_trouble_at_a_time(folder: Path, manager: Browser) -> None:
    report = keep(citizen("một"), citizen("hai", SAID, folder="safety"), citizen("ba", folder="safety"))
    page = manager.page(f"/dien-tap/{report}?loai=safety")
    assert links(page) == [f"/dien-tap/{report}/2?loai=safety", f"/dien-tap/{report}/3?loai=safety"]
    assert "An toàn (đúng 1/2)" in page
    assert len(links(manager.page(f"/dien-tap/{report}?loai=nothing"))) == 3


def test_many_citizens_come_in_pages(folder: Path, manager: Browser) -> None:
    report = keep(*(citizen(f"người {number}") for number in range(1, 42)))
    assert len(links(manager.page(f"/dien-tap/{report}"))) == 40
    assert links(manager.page(f"/dien-tap/{report}?trang=2")) == [f"/dien-tap/{report}/41"]


def test_a_conversation_shows_what_was_expected_and_where_it_went_otherwise(folder: Path, manager: Browser) -> None:
    report = keep(citizen("đọc nhầm số", WRONG_NUMBER, NOT_ANSWERED, SAID))
    page = manager.page(f"/dien-tap/{report}/1")
    assert "Đọc nhầm số" in page
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    for shown in (
        "Số tài khoản",
        "0011 0041 2345 7",
        "0011 0041 2345 8",
        "Giá trị sai lọt vào danh sách",
        "Có mất phí không",
    ):
        assert shown in table
    lines = page.split('<div class="said ')[1:]
    assert len(lines) == 6
    noted = {number: re.findall(r'class="note (\w+)"', line) for number, line in enumerate(lines, 1)}
    assert {number: notes for number, notes in noted.items() if notes} == {4: ["expected"], 5: ["wrong", "forbidden"]}
    assert "[ Để cán bộ ghi ]" in page
    assert "A: Đã có tài khoản của mình" in page and "Chính người hưởng" in page


def test_a_conversation_that_broke_off_says_how(folder: Path, manager: Browser) -> None:
    report = keep(citizen("một", exact=False, stop="no_answer", stop_words="bot không trả lời"))
    page = manager.page(f"/dien-tap/{report}/1")
    assert "đi đến cùng" in page and "bot không trả lời" in page


def test_a_citizen_who_was_not_played_has_no_conversation(folder: Path, manager: Browser) -> None:
    report = keep(citizen("một", skipped="channel not available", exact=False, channel="zalo", stop_words=None))
    page = manager.page(f"/dien-tap/{report}/1")
    assert "Kênh này chưa diễn tập được" in page and "Để lại gì" not in page


def test_one_goes_from_conversation_to_conversation_of_what_is_looked_at(folder: Path, manager: Browser) -> None:
    report = keep(citizen("một", SAID), citizen("hai"), citizen("ba", SAID), citizen("bốn"), citizen("năm", SAID))
    assert links(manager.page(f"/dien-tap/{report}/3?xem=khac")) == [
        f"/dien-tap/{report}/1?xem=khac",
        f"/dien-tap/{report}/5?xem=khac",
    ]
    assert links(manager.page(f"/dien-tap/{report}/1")) == [f"/dien-tap/{report}/2"]


def test_what_a_citizen_says_stays_words(folder: Path, manager: Browser) -> None:
    report = keep(citizen("<b>x</b>", SAID, transcript=(), folder="<i>"))
    for path in (f"/dien-tap/{report}", f"/dien-tap/{report}/1"):
        page = manager.page(path)
        assert "<b>x" not in page.lower() and "<i>" not in page


@pytest.mark.parametrize("number", ["0", "2", "x", "-1"])
def test_a_conversation_that_is_not_there_is_not_found(folder: Path, manager: Browser, number: str) -> None:
    assert manager.get(f"/dien-tap/{keep(citizen('một'))}/{number}").status_code == 404


def test_a_report_is_found_in_its_folder_and_nowhere_else(folder: Path, manager: Browser, tmp_path: Path) -> None:
    inside = folder / f"{keep(citizen('một'))}.json"
    assert read_report(inside).citizens
    outside = inside.rename(tmp_path / "outside.json")
    (folder / "linked.json").symlink_to(outside)
    (folder / "below").mkdir()
    (folder / "below" / "deep.json").write_bytes(outside.read_bytes())
    for path in ("../outside", "..%2Foutside", "%2e%2e%2foutside", "linked", "below", "below%2Fdeep", str(outside)):
        assert manager.get(f"/dien-tap/{path}").status_code == 404, path
    assert "Chưa có buổi diễn tập nào" in manager.page("/dien-tap/")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"at": 1', "không phải"])
def test_a_file_that_is_no_report_spoils_nothing(folder: Path, manager: Browser, content: str) -> None:
    keep(citizen("một"))
    (folder / "hong.json").write_text(content)
    page = manager.page("/dien-tap/")
    assert "Không đọc được tệp này" in page and "09:00 10/11/2026" in page
    assert manager.get("/dien-tap/hong").status_code == 404
