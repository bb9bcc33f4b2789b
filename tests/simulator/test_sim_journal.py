"""The log of a stand-in outlives its process."""

import tempfile
from pathlib import Path

import pytest

from simulator.journal import Journal, JournalInUse


def test_entries_are_read_in_order_and_after_a_number(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "log.jsonl")
    for word in ("một", "hai", "ba"):
        journal.append({"event": word})
    assert [entry["event"] for entry in journal.read()] == ["một", "hai", "ba"]
    assert [(entry["seq"], entry["event"]) for entry in journal.read(after=2)] == [(3, "ba")]


def test_an_entry_is_in_the_file_when_flush_returns(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "log.jsonl")
    journal.append({"event": "một"})
    journal.flush()
    assert "một" in (tmp_path / "log.jsonl").read_text()


def test_half_a_line_is_dropped_and_the_numbers_go_on(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    journal = Journal(path)
    journal.append({"event": "một"})
    journal.close()
    with path.open("a") as file:
        file.write('{"seq": 2, "event": "ha')
    again = Journal(path)
    assert again.append({"event": "hai"}) == 2
    assert [entry["event"] for entry in again.read()] == ["một", "hai"]


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    first = Journal(tmp_path / "log.jsonl")
    with pytest.raises(JournalInUse):
        Journal(tmp_path / "log.jsonl")
    first.close()
    Journal(tmp_path / "log.jsonl").close()


@pytest.mark.parametrize("name", ["log.jsonl", None])
def test_numbers_grow_over_a_clear(tmp_path: Path, name: str | None) -> None:
    journal = Journal(tmp_path / name if name else None)
    journal.append({"event": "một"})
    journal.clear()
    assert journal.append({"event": "hai"}) == 2
    assert [entry["event"] for entry in journal.read()] == ["hai"]


def test_a_temporary_log_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    journal = Journal(None)
    journal.append({"event": "một"})
    assert len(list(journal.read())) == 1
    assert list(tmp_path.iterdir()) == []
    journal.close()


def test_entries_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    journal = Journal(path)
    for size in (3_000_000, 1, 1_100_000):
        journal.append({"event": "ạ" * size})
    journal.close()
    assert [len(entry["event"]) for entry in Journal(path).read()] == [3_000_000, 1, 1_100_000]


def test_after_closing_nothing_is_written_anywhere(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "log.jsonl")
    journal.close()
    journal.append({"event": "một"})
    with pytest.raises(ValueError):
        journal.flush()
