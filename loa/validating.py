"""`python -m loa.validating`: are the dialogue's files sound? Our own checks, then Rasa's in Rasa's environment.

Prints one line when all is well, else the complaints; the exit status tells the two apart.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from core.settings import ROOT
from loa.dialogue.faults import faults
from loa.dialogue.source import read_dialogue
from loa.processes import RASA_PYTHON

_COLOUR = re.compile(r"\x1b\[\d+m")
_COMPLAINT = re.compile(r"(?:UserWarning: | (?:WARNING|ERROR|CRITICAL) )(.*)")
_EXPECTED = (
    # The actions say every text; Rasa sees only what its rules say. `response_faults` does the counting.
    re.compile(r"The utterance '.*' is not used in any story or rule"),
    # Rasa finds the retrieval intent in the domain and, once more, in the domain it makes of the examples.
    re.compile(r"duplicated intents have been found across multiple domain files: faq$"),
)


def rasa_complaints() -> tuple[int, list[str]]:
    """The exit status of `rasa data validate --fail-on-warnings`, and what it complains of beside the expected."""
    command = [str(RASA_PYTHON), "-m", "rasa", "data", "validate", "--fail-on-warnings",
               "--data", "bot/data", "--domain", "domain.yml", "--config", "config.yml"]  # fmt: skip
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    ran = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True)
    return ran.returncode, complaints_in(ran.stdout + ran.stderr) or _last_words(ran)


def complaints_in(output: str) -> list[str]:
    """The complaints in Rasa's output, without colours, places and those that are expected."""
    found = (_COMPLAINT.search(_COLOUR.sub("", line)) for line in output.splitlines())
    said = [match.group(1).strip() for match in found if match]
    return [one for one in said if not any(pattern.search(one) for pattern in _EXPECTED)]


def _last_words(ran: subprocess.CompletedProcess[str]) -> list[str]:
    """The end of what a run that broke off said."""
    return ran.stderr.splitlines()[-5:] if ran.returncode else []


def main() -> int:
    """Check, print, and give the exit status."""
    dialogue = read_dialogue()
    status, complaints = rasa_complaints()
    found = [*faults(dialogue), *(f"rasa: {one}" for one in complaints)]
    for one in found:
        print(one)
    if status and not found:
        print(f"rasa data validate ended with status {status}")
    if status or found:
        return 1
    print(f"dialogue: {len(dialogue.examples)} examples, {len(dialogue.responses)} responses, nothing to complain of")
    return 0


if __name__ == "__main__":
    sys.exit(main())
