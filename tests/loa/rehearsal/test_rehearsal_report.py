"""The report: totals, the last line, and what a page is given."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from conversations.rehearsal_files import read_report, read_summary, write_report
from conversations.rehearsal_report import Difference, Line
from loa.rehearsal.citizen import Citizen
from loa.rehearsal.ending import Ending
from loa.rehearsal.playing import Conversation, Stop
from loa.rehearsal.report import Result, last_line, lines, report_of, totals
from loa.rehearsal.transcripts import as_markdown

CITIZEN = Citizen.model_validate(
    {"name": "bà Hoa", "opens": "co", "person": {"full_name": "An"}, "expect": {}}
).from_file(Path("/rehearsals/straight/one.yml"))
WRONG = Difference("claim.bank", "BIDV", "Vietcombank", True)
OTHER = Difference("group", "A", "D")


def played(turns: int = 5, *differences: Difference, stop: Stop = Stop.DECLARED) -> Result:
    talk = Conversation([Line(True, "co"), Line(False, "Da.\nXin moi", ("Có",))], turns, stop, Ending(group="A"))
    return Result(CITIZEN, talk, list(differences))


SKIPPED = Result(CITIZEN, skipped="channel not available")


@pytest.mark.parametrize(
    ("results", "line"),
    [
        ([played(9)], "rehearsed 1: exact 100.0 %, wrong values 0, turns median 9 p95 9"),
        ([played(4), played(5)], "rehearsed 2: exact 100.0 %, wrong values 0, turns median 4.5 p95 5"),
        ([played(4), SKIPPED], "rehearsed 2: exact 50.0 %, wrong values 0, turns median 4 p95 4"),
        (
            [played(4), played(6, WRONG, OTHER), played(8, WRONG, WRONG)],
            "rehearsed 3: exact 33.3 %, wrong values 3, turns median 6 p95 8",
        ),
        (
            [played(4), played(9, stop=Stop.NO_ANSWER)],
            "rehearsed 2: exact 50.0 %, wrong values 0, turns median 6.5 p95 9",
        ),
        ([SKIPPED], "rehearsed 1: exact 0.0 %, wrong values 0, turns median 0 p95 0"),
    ],
)
def test_the_last_line(results: list[Result], line: str) -> None:
    assert last_line(totals(results)) == line


def test_p95_is_the_turns_that_19_of_20_do_not_pass() -> None:
    assert totals([played(turns) for turns in range(1, 21)]).turns_p95 == 19


def test_one_in_ten_thousand_is_not_rounded_away() -> None:
    results = [played() for _ in range(9999)] + [played(5, OTHER)]
    assert "exact 99.9 %" in last_line(totals(results))


def test_the_transcript_is_shown_where_something_differed_or_when_asked_for() -> None:
    assert "bot: Da. / Xin moi  [Có]" not in "\n".join(lines(played()))
    assert "bot: Da. / Xin moi  [Có]" in "\n".join(lines(played(), verbose=True))
    shown = "\n".join(lines(played(5, WRONG)))
    assert "claim.bank: mong “BIDV”, có “Vietcombank”  ← giá trị sai" in shown
    assert "bot: Da. / Xin moi  [Có]" in shown


def test_a_citizen_on_a_missing_channel_is_told_as_skipped() -> None:
    assert list(lines(SKIPPED)) == ["-  straight: bà Hoa: skipped: channel not available"]


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    report = report_of([played(5, WRONG), SKIPPED], datetime(2026, 11, 10, tzinfo=UTC), "x", None)
    file = tmp_path / "new" / "one.json"
    write_report(report, file)
    assert read_report(file) == report
    assert read_summary(file).totals == report.totals
    assert [one.name for one in file.parent.iterdir()] == ["one.json"]
    first, second = report.citizens
    assert (report.totals.exact, report.totals.failed, report.totals.wrong_values) == (0, 2, 1)
    assert first.transcript[1].text == "Da.\nXin moi"
    assert (first.exact, first.differences, first.stop, first.ending.group) == (False, (WRONG,), "declared", "A")
    assert second.skipped == "channel not available"


def test_conversations_are_written_for_reading_under_their_kind() -> None:
    citizens = [SKIPPED, played(5, OTHER)]
    report = report_of(citizens, datetime(2026, 11, 10, tzinfo=UTC), "x", None)
    assert as_markdown(report, "loa rehearse x").splitlines()[4:] == [
        "    loa rehearse x",
        "",
        "The people are invented. “Dân” is the citizen, “Bot” the office's side.",
        "",
        "## Straight",
        "",
        "### Bà Hoa",
        "",
        "SMS · 5 lượt · đã khai xong",
        "",
        "```text",
        "Dân: co",
        "Bot: Da.",
        "     Xin moi",
        "     [Có]",
        "```",
        "",
        "On the roster: group A.",
        "",
        "**Not as expected:** group (expected “A”, found “D”).",
    ]
