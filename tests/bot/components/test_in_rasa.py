"""What only Rasa's environment can run: each file of checks in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from core.settings import ROOT
from loa.processes import RASA_PYTHON

SUMMARY = re.compile(
    r"understood \d+\.\d % \(marked \d+\.\d, plain \d+\.\d, noisy \d+\.\d\), first-two \d+\.\d %, entities \d+\.\d %"
)


def in_rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        [str(RASA_PYTHON), *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240
    )


@pytest.mark.parametrize("checks", ["label_model_checks", "component_checks", "endpoint_checks"])
def test_checks_pass(checks: str) -> None:
    ran = in_rasa("-m", "unittest", f"tests.bot.components.in_rasa.{checks}")
    assert ran.returncode == 0, ran.stderr[-4000:]
    assert re.search(r"Ran [1-9]\d* tests?", ran.stderr)


def test_a_file_of_utterances_is_measured(tmp_path: Path) -> None:
    rows = [
        {"text": "Có mất phí không cháu?", "intent": "faq/fees", "register": "marked"},
        {"text": "toi muon nhan tien mat", "intent": "want_cash", "register": "plain"},
        {"text": "bidv 21510001234567", "intent": "inform", "register": "noisy",
         "entities": {"bank": "BIDV", "account_number": "2151 0001 234567"}},
    ]  # fmt: skip
    file = tmp_path / "x.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    ran = in_rasa("-m", "bot.components.understand", str(file))
    assert ran.returncode == 0, ran.stderr[-4000:]
    summary = ran.stdout.splitlines()[-1]
    assert SUMMARY.fullmatch(summary)
    assert summary.endswith("entities 100.0 %")
    assert "phí" not in ran.stderr


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text("not json")
    ran = in_rasa("-m", "bot.components.understand", str(file))
    assert ran.returncode != 0
    assert "line 1" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_rasa_is_not_served_without_its_keys_and_database() -> None:
    ran = in_rasa("-m", "bot.components.launch", "--port", "1")
    assert ran.returncode != 0
    assert "LOA_RASA_DATABASE_URL" in ran.stderr
