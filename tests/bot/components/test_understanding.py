"""The report over a file of utterances."""

import json
from pathlib import Path

import pytest

from bot.components.entity_scores import EntityScore, score_entities
from bot.components.understanding import (
    NotUtterances,
    Outcome,
    Report,
    Utterance,
    lines_of,
    read_utterances,
    summary_of,
)


def outcome(meant: str, *ranked: str, register: str = "marked", offered: bool = False) -> Outcome:
    return Outcome(Utterance("…", meant, register), ranked, offered, None, 2.0)


REPORT = Report(
    [
        outcome("affirm", "affirm", "deny"),
        outcome("affirm", "deny", "affirm", offered=True),
        outcome("deny", "deny", "affirm", register="plain"),
        outcome("faq/fees", "greet", "thank", register="noisy"),
    ]
)


def test_the_summary_is_one_line_of_a_fixed_form() -> None:
    expected = "understood 50.0 % (marked 50.0, plain 100.0, noisy 0.0), first-two 75.0 %, entities 100.0 %"
    assert summary_of(REPORT) == expected
    assert lines_of(REPORT)[-1] == expected


def test_classes_and_confusions_are_ordered_by_harm() -> None:
    assert REPORT.worst_classes() == [("faq/fees", 0.0, 1), ("affirm", 50.0, 2), ("deny", 100.0, 1)]
    assert ("faq/fees", "greet", 1) in REPORT.confusions()
    assert len(REPORT.confusions()) == 2


def test_offers_and_times() -> None:
    assert REPORT.offered() == 25.0
    assert REPORT.milliseconds() == (2.0, 2.0)


def test_a_file_is_read_with_its_defaults(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    rows = [
        {"text": "có", "intent": "affirm", "register": "plain"},
        {"text": "bidv", "intent": "inform", "entities": {"bank": "BIDV"}},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    assert read_utterances(file) == [
        Utterance("có", "affirm", "plain", None),
        Utterance("bidv", "inform", "marked", {"bank": "BIDV"}),
    ]


@pytest.mark.parametrize("content", ["", "\n", "not json", '{"text": "có"}', '["text"]', "3"])
def test_a_file_of_something_else_is_refused_without_quoting_it(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(NotUtterances) as told:
        read_utterances(file)
    assert "có" not in str(told.value)


@pytest.mark.parametrize(
    ("expected", "found", "score"),
    [
        ({"bank": "Vietcombank"}, [("bank", "Vietcombank")], (1, 1, 0)),
        ({"bank": "VCB"}, [("bank", "Vietcombank")], (1, 1, 0)),
        ({"bank": "BIDV"}, [("bank", "Vietcombank")], (1, 0, 1)),
        ({"phone": "+84 912 345 678"}, [("phone", "0912345678")], (1, 1, 0)),
        ({"account_number": "0011 0041 2345"}, [("account_number", "001100412345")], (1, 1, 0)),
        ({"account_number": "001100412345"}, [("phone", "0912345678")], (1, 0, 0)),
        ({"reference": "h3kr 7m2p"}, [("reference", "H3KR7M2P")], (1, 1, 0)),
        ({"person_name": "Nguyễn Thị Hoa"}, [("person_name", "nguyen thi hoa")], (1, 1, 0)),
        ({"ward": "phường láng"}, [("ward", "Phường Láng")], (1, 1, 0)),
        ({"time": "Sáng thứ 7"}, [("time", "sang thu 7")], (1, 1, 0)),
        ({"bank": ["BIDV", "MB"]}, [("bank", "BIDV")], (2, 1, 0)),
        ({"relation": "con gái"}, [], (1, 0, 0)),
    ],
)
def test_entities_are_compared_by_what_they_mean(
    expected: dict[str, str], found: list[tuple[str, str]], score: tuple[int, int, int]
) -> None:
    assert score_entities(expected, found) == EntityScore(*score)
