"""Imports run one way through the rooms, and every room is under the rule."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.settings import ROOT
from tests.build.project import PACKAGES, settings_of_tools


def test_the_contracts_hold() -> None:
    # In a process of its own: it switches off the loggers of the one it runs in.
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_under_the_contracts_and_strictly_typed(package: str) -> None:
    tools = settings_of_tools()
    # What runs inside Rasa has no types to check against in the services' environment; its actions have.
    typed = {name.split(".")[0] for name in tools["mypy"]["packages"]}
    assert package in tools["importlinter"]["root_packages"]
    assert package in typed


def test_every_package_is_known_here() -> None:
    holding_python = {file.parent.name for file in ROOT.glob("*/__init__.py")}
    assert holding_python <= set(PACKAGES)
