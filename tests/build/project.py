"""What the tests that guard the build look at: our packages and the files that git tracks."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

from core.settings import ROOT

PACKAGES = (
    "language", "core", "roster", "outreach", "conversations", "webhooks", "console", "simulator", "bot", "loa",
    "bench",
)  # fmt: skip
"""Every room that holds Python of ours."""
IN_RASA = "bot.components"
"""Runs in Rasa's environment only."""


def python_files() -> list[Path]:
    """Our Python files, tests and migrations included."""
    return sorted(file for folder in (*PACKAGES, "tests", "migrations") for file in (ROOT / folder).rglob("*.py"))


def tracked_files() -> list[Path]:
    """What is committed, or is about to be: tracked files and new ones that git does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def tracked_texts() -> dict[Path, str]:
    """The tracked files that hold text, with it."""
    texts = {}
    for file in tracked_files():
        content = file.read_bytes()
        if b"\0" not in content[:8192]:
            texts[file] = content.decode("utf-8")
    return texts


def settings_of_tools() -> dict[str, Any]:
    """pyproject.toml's [tool] table."""
    tools: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    return tools


def import_everything(*packages: str) -> None:
    """Import every module of `packages` that the services' environment can."""
    for package in packages:
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            if not module.name.startswith(IN_RASA):
                importlib.import_module(module.name)
