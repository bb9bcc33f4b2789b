"""The files of rehearsals: where they lie, and how they are written and read."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from conversations.rehearsal_report import Report, Summary
from core.settings import ROOT, settings

_REPORT = TypeAdapter(Report)
_SUMMARY = TypeAdapter(Summary)


class UnreadableReport(ValueError):
    """A file that is no report, or one of another version; says which file."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"no report of a rehearsal: {file.name}")


def reports_folder() -> Path:
    """Where reports are kept unless `loa rehearse --report` names another place."""
    return (settings().data_dir or ROOT / ".data") / "rehearsals"


def place_for(report: Report) -> Path:
    """The usual place for a new report, named by its time (UTC)."""
    return reports_folder() / f"{report.at:%Y-%m-%dT%H%M%S}.json"


def write_report(report: Report, file: Path) -> None:
    """Write `report` to `file`, whole or not at all: somebody may be reading the folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}.part")
    unfinished.write_bytes(_REPORT.dump_json(report, indent=1) + b"\n")
    unfinished.replace(file)


def kept_reports() -> dict[str, Path]:
    """The kept reports by their ids, the newest first. A report is found by its id in here, never by a path."""
    files = [file for file in reports_folder().glob("*.json") if file.is_file() and not file.is_symlink()]
    return {file.stem: file for file in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)}


def read_report(file: Path) -> Report:
    """The report in `file`. Raises UnreadableReport."""
    try:
        return _REPORT.validate_json(file.read_bytes())
    except (ValidationError, OSError):
        raise UnreadableReport(file) from None


def read_summary(file: Path) -> Summary:
    """The head of the report in `file`, without its conversations. Raises UnreadableReport."""
    try:
        return _SUMMARY.validate_json(file.read_bytes())
    except (ValidationError, OSError):
        raise UnreadableReport(file) from None
