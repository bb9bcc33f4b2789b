"""`loa rehearse` in a machine where nothing runs: through the real stack, to the roster and back to the report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.settings import ROOT

CITIZENS = """
- name: as expected
  person: {full_name: Lê Thị Mùi, birth_year: 1940, gender: female}
  opens: "co"
  answers: &answers
    {consent: "dong y", respondent: "toi", wants_account: "tien mat", cash_reason: "quen roi", confirm: "1"}
  expect: {group: D, claim: {state: declared, cash_reason: prefers}, escalated: false}
- name: not as expected
  channel: web
  person: {full_name: Trần Văn Bình, birth_year: 1955, gender: male}
  opens: "chào cán bộ"
  answers: *answers
  expect: {group: D, claim: {state: declared, cash_reason: no_atm}}
- name: not to be played yet
  channel: zalo
  person: {full_name: Đỗ Văn Thắng}
  opens: "alo"
  expect: {group: A}
"""


@pytest.mark.stack
@pytest.mark.timeout(600)
def test_citizens_are_played_and_the_roster_is_looked_at(tmp_path: Path) -> None:
    file, report, talks = tmp_path / "citizens.yml", tmp_path / "report.json", tmp_path / "talks.md"
    file.write_text(CITIZENS, encoding="utf-8")
    command = [sys.executable, "-m", "loa.cli", "rehearse", str(file)]
    command += ["--report", str(report), "--transcripts", str(talks)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=580, check=False)
    assert done.returncode == 1, done.stderr
    last_line = done.stdout.splitlines()[-1]
    assert last_line == "rehearsed 3: exact 33.3 %, wrong values 1, turns median 6 p95 6"
    exact, differs, skipped = json.loads(report.read_text(encoding="utf-8"))["citizens"]
    assert (exact["exact"], exact["ending"]["group"]) == (True, "D")
    assert [one["what"] for one in differs["differences"]] == ["claim.cash_reason"]
    assert any("Quen tiền mặt" in line["choices"] for line in differs["transcript"])
    assert skipped["skipped"] == "channel not available"
    written = talks.read_text(encoding="utf-8")
    assert f"    loa rehearse {file} --transcripts {talks}" in written
    assert written.count("\nDân: dong y\n") == 2
    assert [line for line in written.splitlines() if line.startswith("### ")] == [
        "### As expected",
        "### Not as expected",
    ]
