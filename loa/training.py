"""Training the dialogue's model, only where something it depends on has changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from core.settings import ROOT
from loa.processes import RASA_PYTHON

SOURCES = ("bot/data", "bot/components", "language", "domain.yml", "config.yml")
MODEL = ROOT / "models" / "loa.tar.gz"
FINGERPRINT = ROOT / "models" / "loa.fingerprint"


def fingerprint() -> str:
    """A digest of everything the model is made from."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the trained model is of the present sources."""
    return MODEL.exists() and FINGERPRINT.exists() and FINGERPRINT.read_text() == fingerprint()


def train_if_changed(*, force: bool = False) -> bool:
    """Train where needed, its progress on standard error; True when it trained. Raises CalledProcessError."""
    if not force and is_current():
        return False
    MODEL.parent.mkdir(exist_ok=True)
    print("Đang huấn luyện bot (khoảng một phút)…", flush=True)
    command = [str(RASA_PYTHON), "-m", "rasa", "train", "--data", "bot/data", "--domain", "domain.yml",
               "--config", "config.yml", "--out", "models", "--fixed-model-name", "loa",
               "--skip-validation"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    subprocess.run(command, cwd=ROOT, check=True, env=environment)
    FINGERPRINT.write_text(fingerprint())
    return True


def _files() -> list[Path]:
    found: list[Path] = []
    for source in SOURCES:
        path = ROOT / source
        inside = path.rglob("*") if path.is_dir() else [path]
        found += [one for one in inside if one.is_file() and "__pycache__" not in one.parts]
    return sorted(found)


if __name__ == "__main__":
    train_if_changed()
