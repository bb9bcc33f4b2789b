"""The same bot on Rasa's default pipeline, trained for the comparison, and how long either model takes to read."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.figures import Spread, spread
from core.settings import ROOT
from loa.processes import RASA_PYTHON

EPOCHS = 2
"""The default is 100, most of an hour on two cores. Time and memory of reading do not depend on it; how well it reads
does, which is not what is measured here."""

# What `rasa init` writes and `rasa train` suggests for a configuration without a pipeline (Rasa 3.6).
PIPELINE: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": EPOCHS, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": EPOCHS, "constrain_similarities": True, "retrieval_intent": "faq"},
]


ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""As the Rasa process sets it for itself (bot/components/launch.py): messages are too small to be shared out."""


@dataclass(frozen=True)
class Reading:
    """How a model reads: seconds to load in a fresh process, milliseconds a message, peak memory of the process."""

    seconds_to_load: float
    milliseconds: Spread
    peak_megabytes: float


def train_default(folder: Path) -> Path:
    """Train the same domain, rules and examples on the default pipeline; the model's file in `folder`."""
    config = folder / "config.yml"
    ours = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    config.write_text(yaml.safe_dump({**ours, "pipeline": PIPELINE}))
    command = ["-m", "rasa", "train", "--skip-validation", "--data", "bot/data", "--domain", "domain.yml",
               "--config", str(config), "--out", str(folder), "--fixed-model-name", "default"]  # fmt: skip
    _run(command, {"RASA_CACHE_DIRECTORY": str(folder / "cache"), "OMP_NUM_THREADS": str(os.cpu_count())})
    return folder / "default.tar.gz"


def read_with(model: Path, messages: list[dict[str, Any]], folder: Path, *, with_tensorflow: bool) -> Reading:
    """Let `model` (a file, or a folder: its newest) read every message in a process of its own."""
    texts = folder / "texts.json"
    texts.write_text(json.dumps(messages, ensure_ascii=False), encoding="utf-8")
    command = ["-m", "bench.rasa_side.parse_times", str(model), str(texts)]
    said = _run([*command, *(["--with-tensorflow"] if with_tensorflow else [])], ONE_THREAD)
    measured = json.loads(said.splitlines()[-1])
    return Reading(measured["seconds_to_load"], spread(measured["milliseconds"]), measured["peak_megabytes"])


def _run(arguments: list[str], settings: dict[str, str]) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        **settings,
    }
    command = [str(RASA_PYTHON), *arguments]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(arguments[:3])} ended with {ran.returncode}:\n{ran.stderr[-2000:]}")
    return ran.stdout
